"""The sign that an answer is being prepared, with real turns that take as long as the test wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels import preparing
from bot.channels.installed import ChannelSettings, open_channels
from bot.channels.preparing import ShowsTyping
from bot.channels.telegram import TelegramSettings
from bot.dialogue import Reading, Utterance
from bot.errors import StoreError
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage, Kind
from bot.replies.reply import Reply
from tests.messages.office import Intake, text
from tests.peers.telegram import TelegramPeer

LONG = 5.0
"""Seconds after which a test has failed."""


class Screen:
    """A carrier that only notes where the sign was shown."""

    name = "telegram"

    def __init__(self) -> None:
        self.shown: list[str] = []

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        raise NotImplementedError

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        raise NotImplementedError

    async def typing(self, chat: str) -> None:
        self.shown.append(chat)


class Pauses:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    async def __call__(self, _: float) -> None:
        pause = asyncio.get_running_loop().create_future()
        self._waiting.append(pause)
        try:
            await pause
        finally:
            self._waiting.remove(pause)

    async def pass_by(self) -> None:
        """Ends the pause of everybody who makes one; afterwards each makes the next, or has come to its end."""
        await self._settled()
        for pause in self._waiting:
            pause.set_result(None)
        await self._settled()

    async def _settled(self) -> None:
        async with asyncio.timeout(LONG):
            while any(pause.done() for pause in self._waiting) or at_work() > len(self._waiting):
                await asyncio.sleep(0.001)


def at_work() -> int:
    """Tasks besides the test."""
    return len(asyncio.all_tasks()) - 1


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def inner(tmp_path: Path) -> Iterator[Intake]:
    inner = Intake(tmp_path / "typing.sqlite")
    yield inner
    inner.close()


@pytest.fixture
def read(inner: Intake) -> Iterator[threading.Event]:
    """Texts are read until it is set: outside the transaction, so that other messages can be stored meanwhile."""
    read = threading.Event()

    async def slowly(_: Utterance) -> Reading:
        read.wait(LONG)
        return {}

    inner.dialogue.reader = slowly
    yield read
    read.set()


async def answered(inner: Intake, rows: int = 1) -> None:
    async with asyncio.timeout(LONG):
        while len(inner.rows("SELECT 1 FROM inbox WHERE state = 'done'")) < rows:
            await asyncio.sleep(0.01)


async def test_a_long_turn_shows_the_sign_until_it_is_answered(
    inner: Intake, read: threading.Event, pauses: Pauses
) -> None:
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen}, pause=pauses)
    await intake.accept(text("mua máy"))
    await intake.accept(text("mua máy", number=2))
    at_first = list(screen.shown)
    await pauses.pass_by()
    shown = list(screen.shown)
    await pauses.pass_by()
    renewed = list(screen.shown)
    read.set()
    await answered(inner, 2)
    await pauses.pass_by()

    assert (at_first, shown, renewed) == ([], ["1"], ["1", "1"]), "once for two messages of one chat"
    assert (screen.shown, at_work()) == (renewed, 0), "gone once there is an answer"


async def test_the_sign_does_not_promise_for_ever(inner: Intake, read: threading.Event, pauses: Pauses) -> None:
    screen = Screen()
    await ShowsTyping(inner.turns, inner.store, {"telegram": screen}, pause=pauses).accept(text("mua máy"))
    for _ in range(preparing.MOST_TIMES + 2):
        await pauses.pass_by()

    assert (len(screen.shown), at_work()) == (preparing.MOST_TIMES, 0)


async def test_a_quick_turn_shows_nothing(inner: Intake, pauses: Pauses) -> None:
    screen = Screen()
    await ShowsTyping(inner.turns, inner.store, {"telegram": screen}, pause=pauses).accept(text("chào"))
    await answered(inner)
    waits = at_work()
    await pauses.pass_by()

    assert (waits, at_work(), screen.shown) == (1, 0, [])


@pytest.mark.parametrize(("channel", "kind"), [("telegram", Kind.LEFT), ("zalo_oa", Kind.TEXT)])
async def test_who_left_and_channels_without_such_a_sign_are_passed_over(
    inner: Intake, read: threading.Event, pauses: Pauses, channel: str, kind: Kind
) -> None:
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen, "zalo_oa": screen}, pause=pauses)
    await intake.accept(IncomingMessage(channel, "1", "1", kind, text="chào"))
    await pauses.pass_by()

    assert screen.shown == []


async def test_in_a_rush_only_some_chats_are_shown_it(
    inner: Intake, read: threading.Event, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "MOST_CHATS", 2)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen}, pause=pauses)
    await asyncio.gather(*(intake.accept(text("chào", chat=chat)) for chat in "12345"))
    await pauses.pass_by()

    assert sorted(screen.shown) == ["1", "2"]


async def test_what_could_not_be_stored_is_not_promised_an_answer(
    inner: Intake, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(inner.turns, "receive", full)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen}, pause=pauses)
    with pytest.raises(StoreError):
        await intake.accept(text("chào"))
    await pauses.pass_by()

    assert (screen.shown, at_work()) == ([], 0)


async def test_an_installations_own_channels_show_it(
    inner: Intake, read: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(preparing, "SHOWN_SECONDS", 0.01)
    async with TelegramPeer() as peer:
        chosen = ChannelSettings(TelegramSettings(peer.token, peer.base_url, poll_seconds=1), None, None)
        [channel] = open_channels(chosen, inner.turns, store=inner.store, clock=inner.clock, people=inner.people)
        await channel.start()
        peer.user(42).sends("mua máy được hỗ trợ bao nhiêu")
        async with asyncio.timeout(LONG):
            while not peer.calls("sendChatAction"):
                await asyncio.sleep(0.01)
        read.set()
        await answered(inner)
        await channel.stop()
        actions = {call.params["action"] for call in peer.calls("sendChatAction")}

    assert actions == {"typing"}
