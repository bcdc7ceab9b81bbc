"""The Telegram peer, judged by python-telegram-bot, which is strict about what a server may answer."""

import asyncio
import json
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from bot.channels.http import trusted
from tests.peers.telegram import DEFAULT_TOKEN, TelegramPeer


@asynccontextmanager
async def bot_on(peer: TelegramPeer, token: str | None = None, read_timeout: float = 5.0) -> AsyncIterator[Bot]:
    bot = Bot(
        token or peer.token,
        base_url=peer.base_url + "/bot",
        request=HTTPXRequest(read_timeout=read_timeout, pool_timeout=5, httpx_kwargs={"verify": trusted()}),
        get_updates_request=HTTPXRequest(connection_pool_size=1, httpx_kwargs={"verify": trusted()}),
    )
    async with bot:
        yield bot


@pytest.fixture
async def peer() -> AsyncIterator[TelegramPeer]:
    async with TelegramPeer() as peer:
        yield peer


@pytest.fixture
async def bot(peer: TelegramPeer) -> AsyncIterator[Bot]:
    async with bot_on(peer) as bot:
        yield bot


async def test_a_bot_learns_who_it_is(peer: TelegramPeer, bot: Bot) -> None:
    assert (await bot.get_me()).id == 700000001


async def test_wrong_tokens_are_refused(peer: TelegramPeer) -> None:
    with pytest.raises(InvalidToken, match="rejected"):
        async with bot_on(peer, "123:wrong"):
            pass
    with pytest.raises(InvalidToken):
        async with bot_on(peer, "not-a-token"):
            pass


async def test_an_application_of_the_library_talks_through_the_peer(peer: TelegramPeer) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="1")]])
        await update.message.reply_html(f"<b>{context.args}</b>", reply_markup=keyboard)

    async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Đã chọn 1")

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        await update.message.reply_text(update.message.text)

    app = Application.builder().token(peer.token).base_url(peer.base_url + "/bot").build()
    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(tap), MessageHandler(filters.TEXT, echo)])
    user = peer.user(42)
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=1)
        user.starts("ref_abc123")
        [hello] = await user.hears()
        assert (hello.text, hello.bold, hello.buttons) == ("['ref_abc123']", ["['ref_abc123']"], [["Có"]])
        user.taps("Có")
        await user.until(lambda inbox: inbox[0].edited)
        assert (user.inbox[0].text, user.inbox[0].buttons, user.spinning) == ("Đã chọn 1", [], 0)
        user.sends("xin chào 🙏")
        assert (await user.hears())[0].text == "xin chào 🙏"
        await app.updater.stop()
        await app.stop()


async def test_updates_come_again_until_a_higher_offset_confirms_them(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    first, second = user.sends("một"), user.sends("hai")
    assert [first, second] == [u.update_id for u in await bot.get_updates()]
    assert [first, second] == [u.update_id for u in await bot.get_updates()]
    assert first is not None
    assert [second] == [u.update_id for u in await bot.get_updates(offset=first + 1)]
    assert [second] == [u.update_id for u in await bot.get_updates()]
    assert [first + 1] == [second], "ids rise by one"


async def test_a_cut_connection_loses_no_update(peer: TelegramPeer, bot: Bot) -> None:
    sent = peer.user().sends("một")
    peer.fault("getUpdates", cut="after")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert [sent] == [u.update_id for u in await bot.get_updates()]


async def test_a_long_poll_ends_when_something_arrives(peer: TelegramPeer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    assert not poll.done()
    peer.user().sends("đây")
    assert len(await asyncio.wait_for(poll, 2)) == 1


async def test_an_update_is_kept_for_a_day(peer: TelegramPeer, bot: Bot) -> None:
    peer.user().sends("cũ")
    peer.clock.turn(24 * 3600 + 1)
    assert await bot.get_updates() == ()


async def test_the_second_of_two_pollers_ends_the_first(peer: TelegramPeer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    async with bot_on(peer) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match="terminated by other"):
            await first
        assert await second == ()


async def test_polling_is_refused_while_a_webhook_is_set(peer: TelegramPeer, bot: Bot) -> None:
    await bot.set_webhook("https://example.vn/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_the_kinds_asked_for_arrive(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    await bot.get_updates(allowed_updates=["callback_query"])
    assert user.sends("không ai nghe") is None
    assert await bot.get_updates() == ()


async def test_the_webhook_gets_the_secret_and_again_what_it_did_not_take(peer: TelegramPeer, bot: Bot) -> None:
    answers = [500, 200, 200]
    got: list[tuple[str, int]] = []

    async def hook(request: web.Request) -> web.Response:
        got.append((request.headers["X-Telegram-Bot-Api-Secret-Token"], (await request.json())["update_id"]))
        return web.Response(status=answers[len(got) - 1])

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret_")
    user = peer.user()
    first, second = user.sends("một"), user.sends("hai")
    async with asyncio.timeout(5):
        while (await bot.get_webhook_info()).pending_update_count:
            await asyncio.sleep(0.02)
    assert [("s3cret_", first), ("s3cret_", first), ("s3cret_", second)] == got
    assert (await bot.get_webhook_info()).last_error_message == "Wrong response from the webhook: 500"
    await runner.cleanup()


async def test_who_never_started_or_blocked_the_bot_cannot_be_written_to(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(user.id, "chào")
    user.starts()
    await bot.send_message(user.id, "chào")
    user.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(user.id, "chào")
    user.unblocks()
    await bot.send_message(user.id, "chào")
    statuses = [u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member]
    assert statuses == ["kicked", "member"]
    user.deactivates()
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_message(user.id, "chào")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(999, "chào")


@pytest.mark.parametrize(
    ("text", "parse_mode", "error"),
    [
        ("a" * 4097, None, "Message is too long"),
        ("🙏" * 2049, None, "Message is too long"),
        ("  \n ", None, "Text must be non-empty"),
        ("<b></b>", "HTML", "Text must be non-empty"),
        ("giá < 5 <i", "HTML", "Can't parse entities"),
        ("<b>hở", "HTML", "Can't parse entities"),
        ("<b><i>chéo</b></i>", "HTML", "Can't parse entities"),
        ("<ba>lạ</ba>", "HTML", "Can't parse entities"),
    ],
)
async def test_text_that_telegram_refuses(
    peer: TelegramPeer, bot: Bot, text: str, parse_mode: str | None, error: str
) -> None:
    user = peer.user()
    user.starts()
    with pytest.raises(BadRequest, match=error):
        await bot.send_message(user.id, text, parse_mode=parse_mode)


async def test_text_at_the_limits_passes_and_entities_are_counted_in_utf16(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.starts()
    sent = await bot.send_message(user.id, "🙏 <b>50% &lt; &amp;</b>", parse_mode="HTML")
    assert (sent.text, sent.entities[0].offset, sent.entities[0].length) == ("🙏 50% < &", 3, 7)
    await bot.send_message(user.id, "a" * 4096)
    await bot.send_message(user.id, "<b>" + "a" * 4096 + "</b>", parse_mode="HTML")
    assert [len(seen.text) for seen in user.inbox] == [9, 4096, 4096]


async def test_button_data_has_64_bytes(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.starts()

    def keyboard(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton("Nút", callback_data=data)]])

    await bot.send_message(user.id, "vừa", reply_markup=keyboard("đ" * 32))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(user.id, "quá", reply_markup=keyboard("đ" * 33))


async def test_edits_and_deletions_that_telegram_refuses(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.starts()
    sent = await bot.send_message(user.id, "một")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("một", user.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("hai", user.id, 999)
    await bot.edit_message_text("hai", user.id, sent.message_id)
    assert [(seen.text, seen.edited) for seen in user.inbox] == [("hai", True)]
    await bot.delete_message(user.id, sent.message_id)
    assert user.inbox == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(user.id, sent.message_id)


async def test_a_press_is_answered_once_and_in_time(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.starts()
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="1")]])
    await bot.send_message(user.id, "Đồng ý?", reply_markup=keyboard)
    user.taps("Có")
    user.taps("Có")
    first, second = [u.callback_query for u in await bot.get_updates() if u.callback_query]
    assert first is not None
    assert second is not None
    await first.answer()
    with pytest.raises(BadRequest, match="too old"):
        await first.answer()
    peer.clock.turn(120)
    with pytest.raises(BadRequest, match="too old"):
        await second.answer()


async def test_flood_control_by_the_clock(peer: TelegramPeer, bot: Bot) -> None:
    account = peer.account()
    account.limits.on = True
    one, group = peer.user(1), peer.group(-5)
    one.starts()
    group.adds_bot(one)
    await bot.send_message(one.id, "một")
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(one.id, "hai")
    assert int(caught.value.retry_after) == 1  # type: ignore[arg-type]
    for _ in range(20):
        await bot.send_message(group.id, "nhóm")
        peer.clock.turn(1.1)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(group.id, "nhóm")
    assert 30 < int(caught.value.retry_after) < 40  # type: ignore[arg-type]
    many = [peer.user(100 + n) for n in range(31)]
    for user in many:
        user.starts()
    account.limits.overall_per_second = 30
    peer.clock.turn(10)
    results = await asyncio.gather(*(bot.send_message(u.id, "chào") for u in many), return_exceptions=True)
    assert sum(isinstance(r, RetryAfter) for r in results) == 1


async def test_faults_are_told_apart(peer: TelegramPeer) -> None:
    user = peer.user()
    user.starts()
    async with bot_on(peer, read_timeout=0.3) as bot:
        peer.fault("sendMessage", code=429, retry_after=7)
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "429")
        peer.fault("sendMessage", code=502, raw="<html>bad gateway</html>")
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(user.id, "502")
        peer.fault("sendMessage", code=500, chat=12345)
        await bot.send_message(user.id, "another chat's fault")
        peer.fault("sendMessage", cut="before")
        with pytest.raises(NetworkError):
            await bot.send_message(user.id, "cut before")
        peer.fault("sendMessage", cut="after")
        with pytest.raises(NetworkError):
            await bot.send_message(user.id, "cut after")
        peer.fault("sendMessage", hang=0.6)
        with pytest.raises(TimedOut):
            await bot.send_message(user.id, "hung")
    assert [seen.text for seen in user.inbox] == ["another chat's fault", "cut after", "hung"]
    assert [call.stored for call in peer.calls("sendMessage")] == [False, False, True, False, True, True]


async def test_reply_keyboards_share_contact_and_location(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user(42)
    user.starts()
    keys: list[list[KeyboardButton | str]] = [
        [KeyboardButton("Gửi số", request_contact=True)],
        [KeyboardButton("Gửi chỗ", request_location=True)],
        ["Thôi"],
    ]
    await bot.send_message(user.id, "Số?", reply_markup=ReplyKeyboardMarkup(keys))
    assert user.keyboard == ["Gửi số", "Gửi chỗ", "Thôi"]
    user.taps("Gửi số")
    user.taps("Gửi chỗ")
    user.taps("Thôi")
    user.shares_contact("0911", of=77)
    _, contact, place, text, other = [u.message for u in await bot.get_updates()]
    assert contact
    assert contact.contact
    assert contact.contact.user_id == 42
    assert place
    assert place.location
    assert place.location.latitude == 11.0
    assert text
    assert text.text == "Thôi"
    assert other
    assert other.contact
    assert other.contact.user_id == 77
    await bot.send_message(user.id, "Cảm ơn", reply_markup=ReplyKeyboardRemove())
    assert user.keyboard == []
    group = peer.group()
    group.adds_bot(user)
    with pytest.raises(BadRequest, match="private chats only"):
        await bot.send_message(group.id, "Số?", reply_markup=ReplyKeyboardMarkup(keys))


async def test_edited_messages_and_media_parse(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.sends("8 thợ")
    user.edits("18 thợ")
    user.sends_photo("xưởng")
    user.sends_voice()
    user.sends_sticker()
    updates = await bot.get_updates()
    assert updates[1].edited_message
    assert updates[1].edited_message.text == "18 thợ"
    photo, voice, sticker = [u.message for u in updates[2:]]
    assert photo
    assert photo.photo
    assert photo.caption == "xưởng"
    assert voice
    assert voice.voice
    assert sticker
    assert sticker.sticker


async def test_bodies_as_form_json_and_multipart(peer: TelegramPeer, bot: Bot) -> None:
    user = peer.user()
    user.starts()
    await bot.send_document(user.id, InputFile(b"%PDF", filename="a.pdf"), caption="Phiếu")  # multipart
    async with aiohttp.ClientSession() as session:
        url = f"{peer.base_url}/bot{peer.token}/sendMessage"
        for body in ({"json": {"chat_id": user.id, "text": "json"}}, {"data": {"chat_id": user.id, "text": "form"}}):
            async with session.post(url, **body) as answer:
                assert answer.status == 200
        async with session.get(url, params={"chat_id": user.id, "text": "get"}) as answer:
            assert answer.status == 200
        async with session.post(f"{peer.base_url}/bot{peer.token}/makeCoffee") as answer:
            assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
            assert answer.status == 404
    assert [seen.text for seen in user.inbox] == ["Phiếu", "json", "form", "get"]


async def test_commands_are_kept_per_language(peer: TelegramPeer, bot: Bot) -> None:
    await bot.set_my_commands([("kiemtra", "Kiểm tra xưởng")], language_code="vi")
    assert [c.command for c in await bot.get_my_commands(language_code="vi")] == ["kiemtra"]
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Kiểm", "chữ có dấu")])


async def test_tokens_do_not_see_each_other() -> None:
    tokens = ("1:aaa", "2:bbb")
    async with TelegramPeer(tokens) as peer, bot_on(peer, "2:bbb") as second:
        peer.user(7, token="1:aaa").starts()
        assert await second.get_updates() == ()
        with pytest.raises(BadRequest, match="Chat not found"):
            await second.send_message(7, "chào")


def test_the_peer_runs_as_a_process_and_is_driven_over_http() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.peers.telegram", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        address = process.stdout.readline().strip()

        def call(path: str, body: object = None) -> dict[str, object]:
            data = None if body is None else json.dumps(body).encode()
            request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=5) as answer:
                loaded: dict[str, object] = json.loads(answer.read())
                return loaded

        call("/sim/do", {"user": 42, "act": "starts", "args": ["ref_1"]})
        call("/sim/do", {"user": 42, "act": "shares_contact", "args": ["84903123456"]})
        updates = call(f"/bot{DEFAULT_TOKEN}/getUpdates")
        assert [u["message"].get("text") for u in updates["result"]] == ["/start ref_1", None]  # type: ignore[attr-defined]
        call("/sim/fault", {"method": "sendMessage", "cut": "after"})
        with pytest.raises(OSError, match=r"closed|reset"):
            call(f"/bot{DEFAULT_TOKEN}/sendMessage", {"chat_id": 42, "text": "một"})
        inbox = call("/sim/inbox?user=42")
        assert [m["text"] for m in inbox["messages"]] == ["một"]  # type: ignore[attr-defined]
    finally:
        process.terminate()
        process.wait(5)
