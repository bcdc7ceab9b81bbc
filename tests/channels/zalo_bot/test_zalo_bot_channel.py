"""The whole channel against the peer: by polling and by webhook, with the real inbox behind it."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.carrier import State
from bot.channels.http import LARGEST_UPDATE
from bot.channels.replays import OnceOnly
from bot.channels.zalo_bot import ZaloBotChannel, ZaloBotSettings
from bot.channels.zalo_bot.channel import PROOF_HEADER
from bot.errors import StoreError
from bot.messages.incoming import Kind
from bot.messages.turns import Turns
from bot.replies.reply import Choice, Reply
from tests.channels.served import served
from tests.channels.zalo_bot.conftest import running
from tests.messages.office import Intake, text
from tests.peers.zalo_bot import ZaloBotPeer

SECRET = "s3cret-" + "x" * 20
_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)


async def test_a_conversation_by_number(peer, intake: Intake) -> None:
    async def script(said, _db):
        if said.choice is not None:
            return [Reply(f"Đã chọn {said.choice.title}.")]
        return [Reply("Đồng ý không?", (Choice("Có", "yes"), Choice("Không", "no")))]

    intake.dialogue.script = script
    turns = Turns(intake.store, intake.clock, intake.people, intake.dialogue, intake.desk, numbered=["zalo_bot"])
    async with running(peer, OnceOnly(turns, intake.store, intake.clock)) as channel:
        sender = intake.sender(channel.carrier)
        hoa = peer.user()
        hoa.sends("xin chào")
        await _answered(intake, 1)
        await sender.send_due()
        assert hoa.inbox == ["Đồng ý không?\n\n1. Có\n2. Không\nTrả lời 1 hoặc 2."]
        intake.clock.turn(_SECOND)
        hoa.sends("2")
        await _answered(intake, 2)
        await sender.send_due()
    turns.close()

    assert hoa.inbox[1:] == ["Đã chọn Không."]


async def test_replays_are_one_message_even_after_an_erasure(intake: Intake) -> None:
    async with ZaloBotPeer(replays=True) as peer:
        once = OnceOnly(intake.turns, intake.store, intake.clock)
        async with running(peer, once):
            peer.user().sends("xóa hết dữ liệu của tôi")
            await _answered(intake, 1)
            intake.rows("DELETE FROM inbox")
            polls = len(peer.called("getUpdates"))
            async with asyncio.timeout(5):
                while len(peer.called("getUpdates")) < polls + 5:
                    await asyncio.sleep(0.01)
        held = intake.rows("SELECT count(*) FROM inbox")

    assert held == [(0,)]
    assert len(intake.dialogue.heard) == 1


async def test_what_was_seen_is_forgotten_after_a_week(intake: Intake) -> None:
    once = OnceOnly(intake.turns, intake.store, intake.clock)
    await once.accept(text("một", 1))
    intake.clock.turn(_DAY * 7)
    await once.accept(text("hai", 2))

    assert intake.rows("SELECT count(*) FROM seen_updates") == [(1,)]


async def test_one_poll_a_second_at_most(scripted) -> None:
    async with ZaloBotPeer(replays=True) as peer:
        begun = time.monotonic()
        async with running(peer, scripted, poll_interval=0.1):
            peer.user().sends("một")
            async with asyncio.timeout(5):
                while len(peer.called("getUpdates")) < 4:
                    await asyncio.sleep(0.01)
            polls, took = len(peer.called("getUpdates")), time.monotonic() - begun

    # A busy machine makes it slower, never quicker.
    assert polls <= took / 0.1 + 1
    assert ZaloBotSettings("x").poll_interval == 1.0


async def test_an_update_is_kept_until_it_could_be_stored(peer, scripted) -> None:
    scripted.trouble = [StoreError("disk full")]
    async with running(peer, scripted):
        peer.user().sends("một")
        peer.user().sends("hai")
        messages = await scripted.gets(2)

    assert [message.text for message in messages] == ["một", "hai"]


async def test_trouble_on_the_way_in_passes(peer, scripted) -> None:
    async with running(peer, scripted):
        peer.fault("getUpdates", code=502, raw="<html>Bad Gateway</html>")
        peer.fault("getUpdates", cut="before")
        peer.happens({"event_name": "message.text.received", "message": [1, 2]})
        peer.user().sends("vẫn nghe")
        [message] = await scripted.gets(1)

    assert message.text == "vẫn nghe"


async def test_own_messages_and_groups_are_no_turns(scripted) -> None:
    async with ZaloBotPeer(echoes=True) as peer, running(peer, scripted) as channel:
        hoa = peer.user()
        hoa.sends_in_a_group("cả nhóm ơi")
        hoa.started = True
        await _until(lambda: channel.state is State.RUNNING)
        await channel.carrier.send(hoa.id, Reply("của bot"), ())
        hoa.sends_photo("lò cũ")
        messages = await scripted.gets(1)

    assert [(message.kind, message.media) for message in messages] == [(Kind.MEDIA, "photo")]


async def test_a_token_that_is_refused_ends_the_tries_with_one_line(peer, scripted, capsys) -> None:
    peer.token = "another"
    channel = ZaloBotChannel(ZaloBotSettings("1:secret-token", peer.base_url), scripted)
    await channel.start()
    async with asyncio.timeout(5):
        await channel.settled.wait()
    state = channel.state
    await channel.stop()
    out, err = capsys.readouterr()

    assert state is State.REJECTED
    assert "zalo_bot_token_rejected" in out + err
    assert "secret-token" not in out + err


@pytest.mark.parametrize("wrapped", [False, True])
async def test_by_webhook_each_update_once_and_again_while_the_database_is_busy(scripted, wrapped) -> None:
    scripted.trouble = [StoreError("busy"), StoreError("busy")]
    async with ZaloBotPeer(wrapped=wrapped) as peer:

        def channel(address: str) -> ZaloBotChannel:
            return ZaloBotChannel(ZaloBotSettings(peer.token, peer.base_url, f"{address}/zalo", SECRET), scripted)

        async with served(channel):
            peer.user().sends("một")
            peer.user().sends_sticker()
            messages = await scripted.gets(2)

    assert [message.kind for message in messages] == [Kind.TEXT, Kind.MEDIA]
    assert peer.webhook_answers[:3] == [503, 503, 200]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, b"{}", 403),
        ({PROOF_HEADER: "wrong"}, b"{}", 403),
        ({PROOF_HEADER: "s\u00e9cret".encode("latin-1")}, b"{}", 403),
        ({PROOF_HEADER: SECRET}, b"{}", 200),
        ({PROOF_HEADER: SECRET}, b"[]", 200),
        ({PROOF_HEADER: SECRET}, b"null", 200),
        ({PROOF_HEADER: SECRET}, b"\xff{", 400),
        ({PROOF_HEADER: SECRET}, b"[" * 100_000, 400),
        ({PROOF_HEADER: SECRET}, b'{"x":"' + b"a" * LARGEST_UPDATE + b'"}', 413),
        ({PROOF_HEADER: SECRET}, json.dumps({"message": {"chat": {"id": "a"}, "text": 5}}).encode(), 200),
    ],
)
async def test_nothing_gets_past_a_wrong_secret_and_nothing_odd_breaks_it(
    peer, scripted, headers, body, status
) -> None:
    settings = ZaloBotSettings(peer.token, peer.base_url, "http://127.0.0.1/zalo", SECRET)
    app = Starlette(routes=ZaloBotChannel(settings, scripted).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        answer = await http.post("/zalo", content=body, headers=headers)

    assert answer.status_code == status
    assert scripted.messages == []


async def test_an_intake_that_cannot_reach_the_database_says_so(intake: Intake, monkeypatch) -> None:
    intake.rows("DROP TABLE seen_updates")
    with pytest.raises(StoreError):
        await OnceOnly(intake.turns, intake.store, intake.clock).accept(text("một"))


async def _answered(intake: Intake, count: int) -> None:
    await _until(lambda: intake.rows("SELECT count(*) FROM inbox WHERE state = 'done'")[0][0] >= count)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)
