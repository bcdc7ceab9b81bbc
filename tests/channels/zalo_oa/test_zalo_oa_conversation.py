"""The Official Account from webhook to answer: what people do, what they see, and what goes wrong between."""

import asyncio

import httpx
import pytest

from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.errors import StoreError
from bot.replies.reply import Attachment, Choice, Reply
from tests.channels.zalo_oa.conftest import account_settings, running
from tests.messages.office import Intake
from tests.peers.zalo_oa import OA_ID, ZaloOaPeer

YES_NO = (Choice("Có", "yes"), Choice("Không", "no"))


async def asks(said, _db):
    if said.choice is not None:
        return [Reply(f"Đã chọn {said.choice.intent}.")]
    return [Reply("Đồng ý **không**?", YES_NO)]


async def test_a_press_is_the_button_and_a_number_too(office) -> None:
    office.inner.dialogue.script = asks
    hoa = office.peer.user()
    [question] = await office.hears(hoa, lambda: hoa.sends("xin chào"))
    [pressed] = await office.hears(hoa, lambda: hoa.taps("Không"))
    [again] = await office.hears(hoa, lambda: hoa.sends("xin chào"))
    [typed] = await office.hears(hoa, lambda: hoa.sends("1"))

    assert (question.text, question.titles) == ("Đồng ý không?", ["Có", "Không"])
    assert (pressed.text, typed.text) == ("Đã chọn no.", "Đã chọn yes.")
    assert again.titles == ["Có", "Không"]


async def test_more_choices_than_buttons_are_a_numbered_menu(office) -> None:
    async def many(said, _db):
        if said.choice is not None:
            return [Reply(said.choice.intent)]
        return [Reply("Cần gì?", tuple(Choice(f"Việc {n}", f"need_{n}") for n in range(1, 9)))]

    office.inner.dialogue.script = many
    hoa = office.peer.user()
    [menu] = await office.hears(hoa, lambda: hoa.sends("xin chào"))
    [picked] = await office.hears(hoa, lambda: hoa.sends("7"))

    assert menu.titles == []
    assert menu.text.endswith("8. Việc 8\nTrả lời một số từ 1 đến 8.")
    assert picked.text == "need_7"


async def test_each_sort_of_event_reaches_the_dialogue_as_on_every_channel(office) -> None:
    hoa = office.peer.user()
    acts = [
        lambda: hoa.submits_info("84903123456"),
        lambda: hoa.shares_location(11.3, 106.7),
        hoa.sends_photo,
        hoa.sends_voice,
        hoa.sends_sticker,
        hoa.follows,
        lambda: hoa.sends("/start ma_moi"),
        lambda: hoa.sends("#kc:khong-co"),
    ]
    for act in acts:
        await office.hears(hoa, act)
    heard = [(said.choice.intent, said.choice.data) for said in office.inner.dialogue.heard]

    assert heard == [
        ("share_contact", {"phone": "+84903123456", "own": False}),
        ("share_location", {"latitude": 11.3, "longitude": 106.7}),
        ("share_media", {"media": "photo"}),
        ("share_media", {"media": "voice"}),
        ("share_media", {"media": "sticker"}),
        ("greet", {"start": None}),
        ("greet", {"start": "ma_moi"}),
    ]
    assert "không còn" in hoa.inbox[-1].text.lower() or "nút" in hoa.inbox[-1].text.lower()


async def test_who_unfollows_is_unreachable_until_they_write_again(office) -> None:
    hoa = office.peer.user()
    await office.hears(hoa, lambda: hoa.sends("xin chào"))
    reachable = "SELECT reachable FROM accounts WHERE channel = 'zalo_oa'"
    await office.hears(hoa, hoa.unfollows)
    gone = office.inner.rows(reachable)
    hoa.following = True
    await office.hears(hoa, lambda: hoa.sends("còn đó không"))

    assert (gone, office.inner.rows(reachable)) == ([(0,)], [(1,)])


async def test_somebody_who_left_unnoticed_is_found_out_by_the_first_message(office) -> None:
    hoa = office.peer.user()
    await office.hears(hoa, lambda: hoa.sends("xin chào"))
    hoa.following = False
    office.inner.put_out(hoa.id, "tin báo", channel="zalo_oa")
    await office.sender.send_due()

    assert office.inner.rows("SELECT reachable, unreachable_reason FROM accounts") == [(0, "Zalo OA -213")]


@pytest.mark.parametrize("signs_with", ["body", "header"])
async def test_either_timestamp_may_sign_and_each_event_is_one_message(intake: Intake, signs_with: str) -> None:
    async with ZaloOaPeer(signs_with=signs_with, echoes=True) as peer, running(peer, intake) as office:
        peer.repeats = 3
        hoa = peer.user()
        await office.hears(hoa, lambda: hoa.sends("một"))
        await office.hears(hoa, hoa.follows)
        async with asyncio.timeout(5):
            while len(peer.webhook_answers) < 3 * 4:
                await asyncio.sleep(0.01)

        assert set(peer.webhook_answers) == {200}
        assert max(peer.webhook_seconds) < 2
        assert intake.rows("SELECT count(*) FROM inbox") == [(2,)]
        assert [said.text for said in intake.dialogue.heard] == ["một", "/start"]


async def test_a_wrong_signature_gets_nothing_in(intake: Intake) -> None:
    async with ZaloOaPeer(signs_with="wrong") as peer, running(peer, intake):
        peer.user().sends("giả")
        async with asyncio.timeout(5):
            while len(peer.webhook_answers) < 2:
                await asyncio.sleep(0.01)

    assert set(peer.webhook_answers) == {403}
    assert intake.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_while_the_database_is_busy_zalo_is_asked_to_come_again(intake: Intake, peer, monkeypatch) -> None:
    trouble = [StoreError("busy"), StoreError("busy")]
    async with running(peer, intake) as office:
        real = office.channel._intake.accept

        async def accept(message):
            if trouble:
                raise trouble.pop()
            await real(message)

        monkeypatch.setattr(office.channel._intake, "accept", accept)
        hoa = peer.user()
        await office.hears(hoa, lambda: hoa.sends("một"))

    assert peer.webhook_answers[:3] == [503, 503, 200]
    assert intake.rows("SELECT count(*) FROM inbox") == [(1,)]


async def test_a_slow_database_does_not_cost_the_two_seconds(intake: Intake, peer, monkeypatch) -> None:
    monkeypatch.setattr("bot.channels.zalo_oa.channel.ANSWER_SECONDS", 0.05)
    async with running(peer, intake) as office:
        real, slow = office.channel._intake.accept, [0.3]

        async def accept(message):
            await asyncio.sleep(slow.pop() if slow else 0)
            await real(message)

        monkeypatch.setattr(office.channel._intake, "accept", accept)
        hoa = peer.user()
        await office.hears(hoa, lambda: hoa.sends("một"))

    assert peer.webhook_answers[0] == 503
    assert intake.rows("SELECT count(*) FROM inbox") == [(1,)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 403),
        (b"{", 403),
        (b"[]", 403),
        (b"{}", 403),
        (b'{"timestamp":"1"}', 403),
        (b"[" * 100_000, 403),
        (b"x" * (2**20 + 1), 413),
    ],
)
async def test_unsigned_bodies(intake: Intake, peer, body: bytes, status: int) -> None:
    async with running(peer, intake), httpx.AsyncClient() as http:
        answer = await http.post(peer.webhook, content=body, headers={"X-ZEvent-Signature": "mac=đ".encode()})

    assert answer.status_code == status


async def test_an_address_can_be_saved_at_zalo_while_the_secret_is_set(intake: Intake, peer) -> None:
    async with running(peer, intake) as office, httpx.AsyncClient() as http:
        address, peer.webhook = peer.webhook, None
        saved = await peer.saves(address)
        smuggled = await http.post(address, content=b'{"event_name":"user_send_text"}')
        seen = await office.hears(peer.user(), lambda: peer.user().sends("một"))

    assert (saved, smuggled.status_code, [one.text for one in seen]) == (True, 403, ["nghe: một"])
    assert intake.rows("SELECT count(*) FROM inbox") == [(1,)]


async def test_odd_events_with_a_right_signature_are_taken_and_change_nothing(office) -> None:
    odd = [
        {"event_name": "user_seen_message"},
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": {"id": OA_ID}, "message": {"text": "của mình"}},
        {"event_name": "user_send_text", "sender": {"id": "5"}, "message": {"text": 5}},
        {"event_name": "user_send_location", "sender": {"id": "5"}, "message": {"attachments": [{"payload": "x"}]}},
        {"event_name": "user_submit_info", "sender": {"id": "5"}, "info": {"phone": []}},
        {"event_name": "anonymous_send_text", "sender": {"id": "5"}, "message": {"text": "ai đó"}},
        {"event_name": ["follow"]},
        {"event_name": "follow", "follower": "x"},
        {"event_name": None, "sender": {"id": {}}},
    ]
    for event in odd:
        office.peer.happens(event)
    async with asyncio.timeout(5):
        while len(office.peer.webhook_answers) < len(odd):
            await asyncio.sleep(0.01)

    assert set(office.peer.webhook_answers) == {200}
    assert office.inner.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_what_zalo_says_has_arrived_is_noted_and_is_no_message(office) -> None:
    hoa = office.peer.user("hoa")
    await office.hears(hoa, lambda: hoa.sends("một"))
    [(external,)] = office.inner.rows("SELECT external_id FROM outbox")
    answered = len(office.peer.webhook_answers)
    office.peer.happens(
        {"event_name": "user_received_message", "sender": {"id": "hoa"}, "message": {"msg_ids": [external, "other"]}}
    )
    async with asyncio.timeout(5):
        while len(office.peer.webhook_answers) == answered:
            await asyncio.sleep(0.01)

    assert office.inner.rows("SELECT count(*) FROM outbox WHERE delivered_at IS NOT NULL") == [(1,)]
    assert office.inner.rows("SELECT count(*) FROM inbox") == [(1,)]


async def test_without_the_secret_the_webhook_says_yes_and_takes_nothing(intake: Intake, peer) -> None:
    async with running(peer, intake, oa_secret=None):
        peer.user().sends("xin chào")
        async with httpx.AsyncClient() as http:
            seen = await http.get(peer.webhook)
        async with asyncio.timeout(5):
            while not peer.webhook_answers:
                await asyncio.sleep(0.01)

    assert (peer.webhook_answers, seen.status_code) == ([200], 200)
    assert intake.rows("SELECT count(*) FROM inbox") == [(0,)]


async def test_a_number_is_asked_by_the_form_and_an_account_without_it_loses_nothing(office) -> None:
    async def phone(_said, _db):
        return [Reply("Số điện thoại nào tiện liên hệ?", asks_contact=True)]

    office.inner.dialogue.script = phone
    hoa = office.peer.user()
    with_form = await office.hears(hoa, lambda: hoa.sends("một"))
    office.peer.forms = False
    without = await office.hears(hoa, lambda: hoa.sends("hai"))

    assert [seen.form for seen in with_form] == [False, True]
    assert [seen.text for seen in without] == ["Số điện thoại nào tiện liên hệ?"]
    assert office.states() == [("sent", None)] * 2


async def test_a_long_answer_has_its_buttons_under_the_last_part_and_a_document_after(office) -> None:
    paper = Attachment(
        "x" * 20, "summary", "tom-tat.pdf", "application/pdf",
        {"title": "Tóm tắt", "made_on": "23/11/2026", "sections": [], "notes": []},
    )  # fmt: skip
    long = "\n".join(f"dòng {n} {'chữ ' * 20}" for n in range(60))

    async def answers(_said, _db):
        return [Reply(long, YES_NO, document=paper)]

    office.inner.dialogue.script = answers
    office.channel.carrier._document = _without_making_it(office.channel)
    hoa = office.peer.user()
    seen = await office.hears(hoa, lambda: hoa.sends("tóm tắt"))

    assert [bool(one.titles) for one in seen] == [False] * (len(seen) - 2) + [True, False]
    assert seen[-1].file == "tom-tat.pdf"
    assert "dòng 59" in seen[-2].text


def _without_making_it(channel: ZaloOaChannel):
    """The upload of a document as it is, with bytes that cost nothing to make."""

    async def document(chat: str, attachment: Attachment) -> str:
        carrier = channel.carrier
        token = await carrier._call(
            lambda token: carrier._client.upload(token, attachment.filename, b"%PDF", attachment.media_type)
        )
        return await carrier._message(chat, {"attachment": {"type": "file", "payload": {"token": token}}})

    return document


async def test_secrets_and_words_stay_out_of_the_log(intake: Intake, peer, capsys) -> None:
    async with running(peer, intake) as office:
        hoa = peer.user()
        await office.hears(hoa, lambda: hoa.sends("điều riêng tư"))
        peer.fault("message/cs", code=-216, times=5)
        await office.hears(hoa, lambda: hoa.sends("điều riêng tư nữa"))
    out, err = capsys.readouterr()
    secrets = ("riêng tư", "refresh-", "access-", "app-secret", "oa-secret-key", hoa.id)

    assert [secret for secret in secrets if secret in out + err] == []
    assert account_settings(peer).app_secret not in repr(account_settings(peer))
