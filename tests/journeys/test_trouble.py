"""Telegram at its worst, while the service goes on: floods, blocks, cut connections, the same update twice."""

import asyncio

import pytest

from tests.journeys.people import PATIENCE, collaborator, passed_on, texts

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


async def test_a_429_is_waited_out_in_its_chat_while_others_are_answered(peer, household):
    slow, quick = household(2001, "Chậm"), household(2002, "Nhanh")
    peer.fault("sendMessage", code=429, retry_after=3, chat=2001)
    waiting = asyncio.create_task(slow.says("xin chào"))
    [first] = await quick.says("xin chào")
    still_waiting = not waiting.done()
    [second] = await waiting
    calls = [call for call in peer.calls("sendMessage") if str(call.params["chat_id"]) == "2001"]

    assert (first.text, still_waiting) == (second.text, True)
    assert [call.stored for call in calls] == [False, True]
    assert calls[1].at - calls[0].at >= 3


async def test_a_cut_before_the_message_arrived_loses_nothing(peer, household):
    one = household(2003, "Đứt")
    peer.fault("sendMessage", cut="before", chat=2003)
    messages = await one.says("xin chào")

    assert len(messages) == 1


async def test_the_same_update_twice_is_answered_once(service, peer, household):
    one = household(2004, "Lặp")
    update = {"message": one.user.account.store(one.user.chat, one.user.json, text="xin chào").json()}
    one.user.chat.started = True
    number = one.user.account.add_raw_update(update)
    [hello] = await one.answer_to(number)
    one.user.account.repeat_update({"update_id": number, **update})
    await one.says("cảm ơn")

    assert service.rows("SELECT count(*) FROM inbox WHERE chat = '2004'") == [(2,)]
    assert [seen.text for seen in one.user.inbox].count(hello.text) == 1


async def test_updates_that_nobody_can_read_do_not_stop_the_others(peer, household):
    account, one = peer.account(), household(2005, "Lạ")
    for odd in (
        {},
        {"message": {}},
        {"message": None},
        {"callback_query": {"id": "1"}},
        {"poll": {"id": "1"}},
        {"message": 5},
    ):
        account.add_raw_update(odd)

    assert len(await one.says("xin chào")) == 1


async def test_who_blocked_the_bot_is_left_in_peace_and_served_again_when_back(service, household):
    one = household(2006, "Chặn")
    await one.says("xin chào")
    left = one.user.blocks()
    await one.answer_to(left)
    blocked = service.rows("SELECT reachable FROM accounts WHERE chat = '2006'")
    await one.answer_to(one.user.unblocks())
    messages = await one.says("mua máy được hỗ trợ bao nhiêu")

    assert blocked == [(0,)]
    assert "50%" in texts(messages)
    assert service.rows("SELECT reachable FROM accounts WHERE chat = '2006'") == [(1,)]


async def test_a_collaborator_who_blocked_the_bot_is_passed_over_and_the_lead_goes_on(service, peer, household):
    # Bàu Bàng has one collaborator of its own; whoever comes next is near.
    gone = await collaborator(service, peer, "Phạm Thị Thử", 904)
    gone.user.chat.blocked = True  # without the update by which Telegram tells it
    owner = household(2007, "Bàu Bàng")
    number = await passed_on(owner, "xã Bàu Bàng")
    lead = "SELECT state FROM offers WHERE lead_id = ? ORDER BY id"
    async with asyncio.timeout(2 * PATIENCE):
        while len(service.rows(lead, number)) < 2:
            await asyncio.sleep(0.1)

    assert service.rows(lead, number) == [("expired",), ("open",)]
    assert service.rows("SELECT reachable FROM collaborators WHERE name = 'Phạm Thị Thử'") == [(0,)]


async def test_what_arrives_besides_words_gets_a_kind_answer(household):
    one = household(2008, "Hình")
    for act, verb in ((one.user.sends_photo, "xem"), (one.user.sends_voice, "nghe"), (one.user.sends_sticker, "xem")):
        [answer] = await one.answer_to(act())
        assert f"chưa {verb} được" in answer.text
    [old] = await one.answer_to(one.user.presses("not-a-button-of-ours"))
    await one.says("xin chào")
    [changed] = await one.answer_to(one.user.edits("xóa hết dữ liệu của tôi"))

    assert "Nút này đã cũ" in old.text
    assert "nhắn thành tin mới" in changed.text
