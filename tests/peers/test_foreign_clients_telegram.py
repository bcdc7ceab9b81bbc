"""The Telegram peer, judged by aiogram 3, which reads every answer into strict models; python-telegram-bot: test_telegram_peer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.peers.foreign import ClientAtPeer, ForeignClient
from tests.peers.telegram import TelegramPeer

pytestmark = pytest.mark.clients

KEYBOARD = {"inline_keyboard": [[{"text": "Có", "callback_data": "1"}, {"text": "Không", "callback_data": "2"}]]}


@pytest.fixture
def bot(aiogram: ForeignClient, telegram: TelegramPeer) -> ClientAtPeer:
    """aiogram's `Bot` before the Telegram peer."""
    return aiogram.at(telegram.base_url, telegram.token)


async def test_aiogram_learns_who_the_bot_is_and_that_a_wrong_token_is_refused(aiogram, telegram, bot) -> None:
    me = await bot.gives("get_me")
    refused = await aiogram.at(telegram.base_url, "123:wrong")("get_me")

    assert (me["id"], me["is_bot"], me["username"]) == (700000001, True, "khuyencong_0_bot")
    assert refused.error == "TelegramUnauthorizedError"


async def test_aiogram_gets_updates_again_until_a_higher_offset_confirms_them(telegram, bot) -> None:
    user = telegram.user()
    first, second = user.sends("một"), user.sends("hai")
    given = [[update["update_id"] for update in await bot.gives("get_updates")] for _ in range(2)]
    confirmed = await bot.gives("get_updates", offset=first + 1)
    still = await bot.gives("get_updates")

    assert given == [[first, second]] * 2
    assert [update["update_id"] for update in confirmed] == [second]
    assert still == confirmed


async def test_a_long_poll_of_aiogram_ends_when_something_arrives(telegram, bot) -> None:
    poll = asyncio.create_task(bot.gives("get_updates", timeout=20))
    await asyncio.sleep(0.2)
    waited = not poll.done()
    sent = telegram.user().sends("đây")

    assert waited
    assert [update["update_id"] for update in await asyncio.wait_for(poll, 3)] == [sent]


async def test_aiogram_sends_a_keyboard_and_is_told_of_the_press(telegram, bot) -> None:
    user = telegram.user(42)
    user.starts("ref_abc")
    sent = await bot.gives("send_message", chat_id=42, text="🙏 <b>Có</b>?", parse_mode="HTML", reply_markup=KEYBOARD)
    user.taps("Có")
    start, press = await bot.gives("get_updates")
    query = press["callback_query"]
    await bot.gives("answer_callback_query", callback_query_id=query["id"])
    late = await bot("answer_callback_query", callback_query_id=query["id"])
    same = await bot("edit_message_reply_markup", chat_id=42, message_id=sent["message_id"], reply_markup=KEYBOARD)
    edited = await bot.gives("edit_message_text", chat_id=42, message_id=sent["message_id"], text="Đã chọn")
    too_much = {"inline_keyboard": [[{"text": "a", "callback_data": "đ" * 33}]]}
    refused = await bot("send_message", chat_id=42, text="a", reply_markup=too_much)

    assert start["message"]["text"] == "/start ref_abc"
    assert (sent["text"], sent["entities"][0]["offset"], sent["reply_markup"]) == ("🙏 Có?", 3, KEYBOARD)
    assert (query["data"], query["message"]["message_id"]) == ("1", sent["message_id"])
    assert (late.error, same.error, refused.error) == ("TelegramBadRequest",) * 3
    assert ("too old" in late.says, "not modified" in same.says, "BUTTON_DATA" in refused.says) == (True,) * 3
    assert edited["edit_date"] >= sent["date"]


async def test_aiogram_reads_every_kind_of_update(telegram, bot) -> None:
    user, group = telegram.user(42), telegram.group()
    keys = {
        "keyboard": [[{"text": "Gửi số", "request_contact": True}], [{"text": "Gửi chỗ", "request_location": True}]]
    }
    user.sends("8 thợ")
    user.edits("18 thợ")
    await bot.gives("send_message", chat_id=42, text="Số?", reply_markup=keys)
    user.taps("Gửi số")
    user.taps("Gửi chỗ")
    user.sends_photo("xưởng")
    user.sends_voice()
    user.sends_sticker()
    user.blocks()
    user.unblocks()
    group.adds_bot(user)
    group.says(user, "chào")
    updates = await bot.gives("get_updates")
    messages = [update["message"] for update in updates if "message" in update]
    members = [
        update["my_chat_member"]["new_chat_member"]["status"] for update in updates if "my_chat_member" in update
    ]

    assert updates[1]["edited_message"]["text"] == "18 thợ"
    assert [next(k for k in ("contact", "location", "photo", "voice", "sticker", "text") if k in m) for m in messages] == [
        "text", "contact", "location", "photo", "voice", "sticker", "text",
    ]  # fmt: skip
    assert messages[1]["contact"]["user_id"] == 42
    assert members == ["kicked", "member", "member"]


async def test_aiogram_uploads_a_file_and_sets_the_menu(telegram, bot) -> None:
    user = telegram.user(42)
    user.starts()
    sent = await bot.gives("send_document", chat_id=42, document="%PDF", caption="Phiếu")
    commands = [{"command": "kiemtra", "description": "Kiểm tra xưởng"}]
    await bot.gives("set_my_commands", commands=commands, language_code="vi")

    assert (sent["caption"], [seen.text for seen in user.inbox]) == ("Phiếu", ["Phiếu"])
    assert await bot.gives("get_my_commands", language_code="vi") == commands
    assert (await bot.gives("get_chat", chat_id=42))["type"] == "private"


async def test_aiogram_sees_a_conflict_with_another_poller_and_with_a_webhook(telegram, bot) -> None:
    first = asyncio.create_task(bot("get_updates", timeout=20))
    await asyncio.sleep(0.2)
    second = await bot("get_updates", timeout=1)
    await bot.gives("set_webhook", url="https://example.vn/hook")
    hooked = await bot("get_updates")

    assert ((await first).error, second.error, hooked.error) == ("TelegramConflictError", None, "TelegramConflictError")


async def test_aiogram_is_told_how_long_to_wait(telegram, bot) -> None:
    telegram.user(1).starts()
    telegram.fault("sendMessage", code=429, retry_after=7)
    wanted = await bot("send_message", chat_id=1, text="a")
    telegram.account().limits.on = True
    await bot.gives("send_message", chat_id=1, text="a")
    by_the_clock = await bot("send_message", chat_id=1, text="a")

    assert (wanted.error, wanted.retry_after) == ("TelegramRetryAfter", 7)
    assert (by_the_clock.error, by_the_clock.retry_after) == ("TelegramRetryAfter", 1)


async def test_aiogram_cannot_write_to_who_never_started_blocked_or_left(telegram, bot) -> None:
    user = telegram.user(1)
    never = await bot("send_message", chat_id=1, text="a")
    user.starts()
    user.blocks()
    blocked = await bot("send_message", chat_id=1, text="a")
    user.deactivates()
    left = await bot("send_message", chat_id=1, text="a")
    unknown = await bot("send_message", chat_id=99, text="a")

    assert [answer.error for answer in (never, blocked, left)] == ["TelegramForbiddenError"] * 3
    assert (unknown.error, "chat not found" in unknown.says) == ("TelegramBadRequest", True)


async def test_aiogram_tells_the_faults_of_a_server_and_of_a_line_apart(telegram, bot) -> None:
    user = telegram.user(1)
    user.starts()
    faults: list[dict[str, Any]] = [
        {"code": 500}, {"code": 502, "raw": "<html>bad gateway</html>"}, {"cut": "before"}, {"cut": "after"}, {"hang": 1.0},
    ]  # fmt: skip
    errors = []
    for number, fault in enumerate(faults):
        telegram.fault("sendMessage", **fault)
        errors.append((await bot("send_message", chat_id=1, text=str(number), session_timeout=0.4)).error)

    assert errors == ["TelegramServerError", "ClientDecodeError", *["TelegramNetworkError"] * 3]
    assert [seen.text for seen in user.inbox] == ["3", "4"], "cut after, and hung: the server had taken them"


async def test_a_bot_made_with_aiogram_lives_through_an_outage(telegram, bot) -> None:
    user = telegram.user(42)
    polling = asyncio.create_task(bot.gives("poll"))
    user.starts("ref_1")
    [hello] = await user.hears()
    telegram.fault("getUpdates", code=502, times=2)
    telegram.fault("getUpdates", cut="after")
    user.taps("Có")
    await user.until(lambda inbox: inbox[0].edited)
    user.sends("xin chào 🙏")
    echo = (await user.hears())[0].text
    await bot.gives("stop_polling")
    await polling

    assert (hello.text, hello.bold, hello.titles) == ("ref_1", ["ref_1"], ["Có"])
    assert (user.inbox[0].text, user.spinning, echo) == ("Đã chọn 1", 0, "xin chào 🙏")


async def test_a_bot_made_with_aiogram_takes_the_webhook_with_its_secret_only(telegram, bot) -> None:
    user = telegram.user(42)
    address = await bot.gives("listen", secret="dung_bi_mat")
    await bot.gives("set_webhook", url=address, secret_token="sai_bi_mat")
    user.sends("một")
    async with asyncio.timeout(5):
        while not (await bot.gives("get_webhook_info")).get("last_error_message"):
            await asyncio.sleep(0.05)
    trouble = (await bot.gives("get_webhook_info"))["last_error_message"]
    unheard = list(user.inbox)
    await bot.gives("set_webhook", url=address, secret_token="dung_bi_mat")

    assert (trouble, unheard) == ("Wrong response from the webhook: 401", [])
    assert (await user.hears())[0].text == "một"
