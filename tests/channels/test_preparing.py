"""The sign that an answer is being prepared, with real turns that take their time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.channels import preparing
from bot.channels.installed import ChannelSettings, open_channels
from bot.channels.preparing import ShowsTyping
from bot.channels.telegram import TelegramSettings
from bot.dialogue import Utterance
from bot.errors import StoreError
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage, Kind
from bot.replies.reply import Reply
from tests.messages.office import Intake, text
from tests.peers.telegram import TelegramPeer


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


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(preparing, "SHOWN_SECONDS", 0.1)


@pytest.fixture
def inner(tmp_path: Path) -> Iterator[Intake]:
    inner = Intake(tmp_path / "typing.sqlite")
    yield inner
    inner.close()


def takes(seconds: float, inner: Intake) -> None:
    async def slowly(_: Utterance, __: Database) -> list[Reply]:
        await asyncio.sleep(seconds)
        return [Reply("đây")]

    inner.dialogue.script = slowly


async def answered(inner: Intake, rows: int = 1) -> None:
    async with asyncio.timeout(5):
        while len(inner.rows("SELECT 1 FROM inbox WHERE state = 'done'")) < rows:
            await asyncio.sleep(0.01)


async def test_a_long_turn_shows_the_sign_until_it_is_answered(inner: Intake) -> None:
    takes(0.6, inner)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen})
    await intake.accept(text("mua máy"))
    await intake.accept(text("mua máy", number=2))
    await answered(inner, 1)
    shown = len(screen.shown)
    await answered(inner, 2)
    await asyncio.sleep(0.25)
    after = len(screen.shown)
    await asyncio.sleep(0.25)

    assert 2 <= shown <= 6, "renewed while it takes, and once for two messages of one chat"
    assert set(screen.shown) == {"1"}
    assert len(screen.shown) == after, "gone once there is an answer"


async def test_a_quick_turn_shows_nothing(inner: Intake) -> None:
    screen = Screen()
    await ShowsTyping(inner.turns, inner.store, {"telegram": screen}).accept(text("chào"))
    await asyncio.sleep(0.3)

    assert inner.inbox() == [("done", None)]
    assert screen.shown == []


@pytest.mark.parametrize(("channel", "kind"), [("telegram", Kind.LEFT), ("zalo_oa", Kind.TEXT)])
async def test_who_left_and_channels_without_such_a_sign_are_passed_over(
    inner: Intake, channel: str, kind: Kind
) -> None:
    takes(0.3, inner)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen, "zalo_oa": screen})
    await intake.accept(IncomingMessage(channel, "1", "1", kind, text="chào"))
    await answered(inner)

    assert screen.shown == []


async def test_in_a_rush_only_some_chats_are_shown_it(inner: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "MOST_CHATS", 2)
    takes(0.2, inner)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen})
    await asyncio.gather(*(intake.accept(text("chào", chat=chat)) for chat in "12345"))
    await answered(inner, 5)

    assert set(screen.shown) == {"1", "2"}


async def test_what_could_not_be_stored_is_not_promised_an_answer(
    inner: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(inner.turns, "receive", full)
    screen = Screen()
    intake = ShowsTyping(inner.turns, inner.store, {"telegram": screen})
    with pytest.raises(StoreError):
        await intake.accept(text("chào"))
    await asyncio.sleep(0.2)

    assert screen.shown == []


async def test_an_installations_own_channels_show_it(inner: Intake) -> None:
    takes(0.5, inner)
    async with TelegramPeer() as peer:
        chosen = ChannelSettings(TelegramSettings(peer.token, peer.base_url, poll_seconds=1), None, None)
        [channel] = open_channels(chosen, inner.turns, store=inner.store, clock=inner.clock, people=inner.people)
        await channel.start()
        peer.user(42).sends("mua máy được hỗ trợ bao nhiêu")
        await answered(inner)
        await channel.stop()
        actions = {call.params["action"] for call in peer.calls("sendChatAction")}

    assert actions == {"typing"}
