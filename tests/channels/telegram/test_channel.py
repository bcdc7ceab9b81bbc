"""The whole channel against the peer: by polling and by webhook."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.http import LARGEST_UPDATE
from bot.channels.telegram import State, TelegramChannel, TelegramSettings
from bot.channels.telegram.channel import PROOF_HEADER
from bot.errors import StoreError
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage, Kind
from bot.replies.reply import Reply
from tests.channels.telegram.conftest import ScriptedIntake, running
from tests.peers.telegram import TelegramPeer

SECRET = "s3cret-" + "x" * 20


async def dialogue(message: IncomingMessage, channel: TelegramChannel) -> None:
    """A tiny conversation."""
    match message.kind:
        case Kind.STARTED:
            await channel.carrier.send(
                message.chat, Reply(f"Chào anh/chị **{message.start}**"), (Button("Đồng ý", "b1"),)
            )
        case Kind.BUTTON:
            await channel.carrier.send(message.chat, Reply("Số điện thoại?", asks_contact=True), ())
        case Kind.CONTACT:
            assert message.contact
            await channel.carrier.send(message.chat, Reply("Cảm ơn" if message.contact.own else "Số của ai?"), ())
        case _:
            await channel.carrier.send(message.chat, Reply(message.text), ())


async def test_a_conversation_from_deep_link_to_shared_number(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    intake.answer = dialogue
    user = peer.user(42)
    user.starts("ref_abc")
    [hello] = await user.hears()
    assert (hello.text, hello.bold) == ("Chào anh/chị ref_abc", ["ref_abc"])
    user.taps("Đồng ý")
    assert (await user.hears())[0].text == "Số điện thoại?"
    user.shares_contact("84911111111", of=77)
    assert (await user.hears())[0].text == "Số của ai?"
    user.shares_contact("84903123456")
    assert (await user.hears())[0].text == "Cảm ơn"
    assert user.keyboard == []
    user.sends("/restart")
    assert (await user.hears())[0].text == "/restart"
    kinds = [m.kind for m in intake.messages]
    assert kinds == [Kind.STARTED, Kind.BUTTON, Kind.CONTACT, Kind.CONTACT, Kind.TEXT]
    assert intake.messages[1].button == "b1"


async def test_the_commands_menu_is_there_in_vietnamese_whatever_language_the_phone_speaks(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    told = [(call.params.get("language_code"), call.params["commands"]) for call in peer.calls("setMyCommands")]
    intake.answer = dialogue
    peer.user(42).sends("/kiemtra")
    [message] = await intake.gets(1)

    assert [language for language, _ in told] == [None, "vi"]
    assert told[0][1] == told[1][1]
    assert "Xem xưởng tôi có được hỗ trợ không" in {one["description"] for one in json.loads(told[0][1])}
    assert message.text == "kiểm tra xưởng của tôi có được hỗ trợ không"


async def test_every_press_is_answered_and_a_stale_one_too(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    user = peer.user(42)
    user.chat.started = True
    await channel.carrier.send("42", Reply("Đồng ý?"), (Button("Có", "b1"),))
    user.taps("Có")
    user.taps("Có")
    user.presses("from-last-year")
    peer.fault(
        "answerCallbackQuery",
        code=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    messages = await intake.gets(3)
    assert [m.button for m in messages] == ["b1", "b1", "from-last-year"]
    assert len({m.update_id for m in messages}) == 3
    async with asyncio.timeout(5):
        while len(peer.calls("answerCallbackQuery")) < 3:
            await asyncio.sleep(0.01)


async def test_an_update_delivered_again_after_a_restart_has_the_same_id(
    peer: TelegramPeer, intake: ScriptedIntake
) -> None:
    async def no_more_confirming(message: IncomingMessage, channel: TelegramChannel) -> None:
        peer.fault("getUpdates", cut="before", times=1000)

    intake.answer = no_more_confirming
    async with running(peer, intake):
        peer.user(42).sends("một")
        await intake.gets(1)
    peer.account().faults.clear()
    async with running(peer, intake):
        first, again = await intake.gets(2)
    assert first == again


async def test_an_update_is_confirmed_only_after_it_was_stored(peer: TelegramPeer, intake: ScriptedIntake) -> None:
    intake.trouble = [StoreError("disk full"), StoreError("disk full")]
    async with running(peer, intake):
        sent = [str(peer.user(42).sends("một")), str(peer.user(42).sends("hai"))]
        assert sent == [m.update_id for m in await intake.gets(2)]
    assert peer.account().pending() == [], "a clean stop confirms what was stored"


async def test_what_was_not_stored_comes_again_after_a_restart(peer: TelegramPeer, intake: ScriptedIntake) -> None:
    intake.trouble = [StoreError("disk full")] * 50
    async with running(peer, intake):
        peer.user(42).sends("một")
        async with asyncio.timeout(5):
            while len(intake.trouble) == 50:
                await asyncio.sleep(0.01)
    intake.trouble = []
    async with running(peer, intake):
        assert [m.text for m in await intake.gets(1)] == ["một"]


async def test_edits_and_blocking_are_told_as_what_they_are(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    user = peer.user(42)
    user.sends("8 thợ")
    user.edits("18 thợ")
    user.blocks()
    user.unblocks()
    user.sends("đây")
    assert [m.kind for m in await intake.gets(5)] == [Kind.TEXT, Kind.EDITED, Kind.LEFT, Kind.STARTED, Kind.TEXT]
    assert intake.messages[1].text == "18 thợ"


async def test_a_group_is_declined_once_and_left(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    user, group = peer.user(42), peer.group(-100)
    group.adds_bot(user)
    group.says(user, "chào bot")
    [declined] = await group.hears()
    assert "https://t.me/khuyencong_0_bot" in declined.text
    user.sends("riêng")
    await intake.gets(1)
    async with asyncio.timeout(5):
        while not group.chat.blocked:
            await asyncio.sleep(0.01)
    assert len(group.inbox) == 1
    assert [m.chat for m in intake.messages] == ["42"]


async def test_one_update_that_nobody_can_read_does_not_hold_up_the_rest(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel
) -> None:
    peer.account().add_raw_update({"message": {"message_id": "?", "date": "yesterday"}})
    intake.trouble = [ValueError("a fault of ours")]
    peer.user(42).sends("gây lỗi")
    peer.user(43).sends("vẫn tới")
    assert [m.text for m in await intake.gets(1)] == ["vẫn tới"]


@pytest.mark.parametrize(
    "fault", [{"code": 502}, {"code": 409}, {"code": 429, "retry_after": 1}, {"raw": "no json"}, {"cut": "before"}]
)
async def test_polling_goes_on_after_trouble(
    peer: TelegramPeer, intake: ScriptedIntake, channel: TelegramChannel, fault: dict[str, Any]
) -> None:
    peer.fault("getUpdates", **fault)
    peer.user(42).sends("một")
    await intake.gets(1)
    peer.user(42).sends("hai")
    assert [m.text for m in await intake.gets(2)] == ["một", "hai"]


async def test_it_connects_when_telegram_comes_back(peer: TelegramPeer, intake: ScriptedIntake) -> None:
    peer.fault("getMe", code=502)
    peer.fault("deleteWebhook", cut="before")
    async with running(peer, intake) as channel:
        meanwhile = channel.state
    assert (meanwhile, channel.state) == (State.RUNNING, State.STOPPED)
    menu = peer.account().settings["commands vi"]
    assert [c["command"] for c in menu] == ["start", "kiemtra", "hoso", "gapnguoi", "xoadulieu", "dung", "trogiup"]


async def test_logs_hold_no_token_no_text_and_no_person(
    peer: TelegramPeer, intake: ScriptedIntake, written_logs: Callable[[], str]
) -> None:
    rejected = TelegramChannel(TelegramSettings("9999:" + "z" * 35, peer.base_url), intake)
    await rejected.start()
    await rejected.settled.wait()
    assert rejected.state is State.REJECTED
    await rejected.stop()
    async with running(peer, intake) as channel:
        peer.fault("getUpdates", code=500, raw="secret answer")
        peer.fault("sendMessage", code=400, description="Bad Request: can't parse entities")
        peer.account().add_raw_update({"message": {"text": "lời riêng", "chat": 5}})
        user = peer.user(42, "Trần Thị Hoa")
        intake.trouble = [ValueError("lời riêng")]
        user.sends("lời riêng")
        user.sends("số tôi 0903123456")
        await intake.gets(1)
        await channel.carrier.send("42", Reply("chào chị Hoa"), ())
    logs = written_logs()
    assert "telegram_token_rejected" in logs
    assert "telegram_trouble" in logs
    for private in ("z" * 35, peer.token.split(":")[1], "lời riêng", "0903123456", "Hoa", "secret answer", "127.0.0.1"):
        assert private not in logs


# --- webhook ---------------------------------------------------------------------------------------------------------


def hook_client(intake: ScriptedIntake) -> TestClient:
    settings = TelegramSettings("1:a", "http://127.0.0.1:9", "https://a.vn/telegram", SECRET)
    return TestClient(Starlette(routes=TelegramChannel(settings, intake).routes()))


def an_update(**content: Any) -> dict[str, Any]:
    chat = {"id": 42, "type": "private"}
    sender = {"id": 42, "is_bot": False, "first_name": "Hoa"}
    return {"update_id": 5, "message": {"message_id": 1, "date": 1795399200, "chat": chat, "from": sender, **content}}


@pytest.mark.parametrize(
    "headers", [{}, {PROOF_HEADER: ""}, {PROOF_HEADER: SECRET + "x"}, {PROOF_HEADER: "bí mật".encode()}]
)
def test_a_webhook_call_without_the_secret_is_forbidden(intake: ScriptedIntake, headers: dict[str, Any]) -> None:
    answer = hook_client(intake).post("/telegram", json=an_update(text="giả"), headers=headers)
    assert (answer.status_code, intake.messages) == (403, [])


def test_a_webhook_call_is_stored_and_then_taken(intake: ScriptedIntake) -> None:
    answer = hook_client(intake).post("/telegram", json=an_update(text="thật"), headers={PROOF_HEADER: SECRET})
    assert (answer.status_code, [m.text for m in intake.messages]) == (200, ["thật"])


def test_a_webhook_call_that_cannot_be_stored_is_to_come_again(intake: ScriptedIntake) -> None:
    intake.trouble = [StoreError("disk full")]
    client = hook_client(intake)
    assert [
        client.post("/telegram", json=an_update(text="một"), headers={PROOF_HEADER: SECRET}).status_code
        for _ in range(2)
    ] == [503, 200]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"message":{}}', 400),
        (b'{"update_id":"1"}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id":' + b"9" * 5000 + b"}", 400),
        (b'{"update_id":1,"message":5}', 200),
        (b'{"update_id":1,"message":{"date":99999999999999999}}', 200),
        (b"\xff\xfe", 400),
        (b'{"update_id":1,"x":"' + b"a" * LARGEST_UPDATE + b'"}', 413),
        (json.dumps(an_update(text=5)).encode(), 200),
        (json.dumps(an_update(text="\ud83d")).encode(), 200),
        (json.dumps(an_update(location={"latitude": "x", "longitude": []})).encode(), 200),
        (json.dumps(an_update(contact={"phone_number": 5, "first_name": 5, "user_id": 42})).encode(), 200),
    ],
)
def test_no_webhook_body_is_an_error_of_ours(intake: ScriptedIntake, body: bytes, status: int) -> None:
    assert status == hook_client(intake).post("/telegram", content=body, headers={PROOF_HEADER: SECRET}).status_code


def test_without_a_webhook_address_there_is_no_route(intake: ScriptedIntake) -> None:
    assert TelegramChannel(TelegramSettings("1:a"), intake).routes() == []


@pytest.fixture
async def hooked(peer: TelegramPeer, intake: ScriptedIntake) -> AsyncIterator[str]:
    """The channel behind a real server; the peer pushes to it."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/telegram"
        channel = intake.channel = TelegramChannel(TelegramSettings(peer.token, peer.base_url, address, SECRET), intake)
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=channel.routes()), log_level="error", lifespan="off", ws="none")
        )
        serving = asyncio.create_task(server.serve([listener]))
        await channel.start()
        await channel.settled.wait()
        yield address
        await channel.stop()
        server.should_exit = True
        await serving


async def test_a_conversation_by_webhook_with_a_retry(peer: TelegramPeer, intake: ScriptedIntake, hooked: str) -> None:
    intake.answer = dialogue
    intake.trouble = [StoreError("busy")]
    user = peer.user(42)
    user.starts("hoi_cho")
    [hello] = await user.hears()
    assert hello.text == "Chào anh/chị hoi_cho"
    user.taps("Đồng ý")
    assert (await user.hears())[0].text == "Số điện thoại?"
    async with httpx.AsyncClient() as client:
        assert (await client.post(hooked, json=an_update(text="giả"))).status_code == 403
        assert (await client.get(hooked)).status_code == 405
    assert len(intake.messages) == 2


async def test_an_update_pushed_twice_reaches_the_intake_twice_with_one_id(
    peer: TelegramPeer, intake: ScriptedIntake, hooked: str
) -> None:
    peer.account().repeat_update(an_update(text="một"))
    peer.account().repeat_update(an_update(text="một"))
    await intake.gets(2)
    assert [m.update_id for m in intake.messages] == ["5", "5"]
