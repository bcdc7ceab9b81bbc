"""One person's side of each channel, with the same few things to do, and what they see put into one shape."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import httpx
from rich.console import Console
from starlette.applications import Starlette

from bot.channels.capabilities import NUMBERED
from bot.channels.markup import visible
from bot.channels.replays import OnceOnly
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.terminal import Shown, converse
from bot.channels.web.api import ChatApi
from bot.channels.zalo_bot import ZaloBotChannel, ZaloBotSettings
from bot.channels.zalo_oa import ZaloOaChannel
from bot.clock import TurnedClock
from bot.messages.fetching import Mailbox
from bot.messages.incoming import IncomingMessage
from bot.messages.reception import Counter
from bot.messages.turns import Turns
from tests.channels.served import served
from tests.channels.zalo_oa.conftest import account_settings
from tests.messages.office import Intake
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import ZaloOaPeer

PHONE, PLACE, PAYLOAD = "0903123456", "xã Phú Giáo", "ma_moi-1"
_NUMBERED = re.compile(r"(?:\n\n|^)((?:\d+\. .+\n)+)Trả lời [^\n]+$")
_WORDED = re.compile(r"\n\nHoặc nhắn: (.+)$")


@dataclass(frozen=True)
class Seen:
    """What a person reads and can choose, however the channel shows it."""

    text: str
    titles: tuple[str, ...] = ()

    @classmethod
    def plain(cls, text: str, titles: tuple[str, ...] = ()) -> Seen:
        """A message of a channel that may have put its choices into the text."""
        if numbered := _NUMBERED.search(text):
            lines = re.findall(r"^\d+\. (.+)$", numbered[1], re.MULTILINE)
            return cls(text[: numbered.start()], tuple(lines))
        if worded := _WORDED.search(text):
            return cls(text[: worded.start()], tuple(re.findall("“(.+?)”", worded[1])))
        return cls(text, titles)


class Side(Protocol):
    """A person who does something and gives what they then see; None where the channel has no such thing."""

    async def says(self, text: str) -> list[Seen]: ...

    async def picks(self, title: str) -> list[Seen]: ...

    async def starts(self, payload: str | None) -> list[Seen] | None: ...

    async def shares_contact(self) -> list[Seen]: ...

    async def shares_location(self) -> list[Seen]: ...

    async def sends(self, media: str) -> list[Seen] | None: ...


class _Pushed:
    """A channel whose messages come to the person: acts, waits until all is answered and sent, and looks."""

    def __init__(self, inner: Intake, channel: Any, look: Callable[[], list[Seen]]) -> None:
        self._inner = inner
        self._sender = inner.sender(channel.carrier)
        self._look = look
        self._seen = 0

    async def after(self, act: Callable[[], Any]) -> list[Seen]:
        _later(self._inner)
        before = self._count()
        act()
        async with asyncio.timeout(10):
            while self._count() == before or self._inner.rows("SELECT 1 FROM inbox WHERE state = 'new'"):
                await asyncio.sleep(0.005)
        return await self.sent()

    async def sent(self) -> list[Seen]:
        """Sends what waits, and gives what is new on the screen."""
        await self._sender.send_due()
        new = self._look()[self._seen :]
        self._seen += len(new)
        return new

    def _count(self) -> int:
        return int(self._inner.rows("SELECT count(*) FROM inbox")[0][0])


def _later(inner: Intake) -> None:
    assert isinstance(inner.clock, TurnedClock)
    inner.clock.turn(timedelta(seconds=1))


class TelegramSide(_Pushed):
    def __init__(self, inner: Intake, channel: TelegramChannel, peer: TelegramPeer) -> None:
        self.user = peer.user(42)
        super().__init__(inner, channel, lambda: [Seen(one.text, tuple(one.titles)) for one in self.user.inbox])

    async def says(self, text: str) -> list[Seen]:
        return await self.after(lambda: self.user.sends(text))

    async def picks(self, title: str) -> list[Seen]:
        return await self.after(lambda: self.user.taps(title))

    async def starts(self, payload: str | None) -> list[Seen]:
        return await self.after(lambda: self.user.starts(payload))

    async def shares_contact(self) -> list[Seen]:
        return await self.after(lambda: self.user.shares_contact("84903123456"))

    async def shares_location(self) -> list[Seen]:
        return await self.after(lambda: self.user.shares_location(11.3, 106.7))

    async def sends(self, media: str) -> list[Seen]:
        return await self.after(getattr(self.user, f"sends_{media}"))


class _TypedNumbers(_Pushed):
    """A channel on which a choice is picked by the number, or the words, that stand beside it."""

    texts: Callable[[], list[str]]

    async def says(self, text: str) -> list[Seen]:
        raise NotImplementedError

    async def picks(self, title: str) -> list[Seen]:
        shown = "\n".join(reversed([line for text in self.texts() for line in text.splitlines()]))
        number = re.search(rf"^(\d+)\. {re.escape(title)}$", shown, re.MULTILINE)
        return await self.says(number[1] if number else title)


class ZaloBotSide(_TypedNumbers):
    def __init__(self, inner: Intake, channel: ZaloBotChannel, peer: ZaloBotPeer) -> None:
        self.user = peer.user("42")
        self.texts = lambda: self.user.inbox
        super().__init__(inner, channel, lambda: [Seen.plain(text) for text in self.user.inbox])

    async def says(self, text: str) -> list[Seen]:
        return await self.after(lambda: self.user.sends(text))

    async def starts(self, payload: str | None) -> list[Seen]:
        return await self.says(f"/start {payload}" if payload else "/start")

    async def shares_contact(self) -> list[Seen]:
        return await self.says(PHONE)

    async def shares_location(self) -> list[Seen]:
        return await self.says(PLACE)

    async def sends(self, media: str) -> list[Seen]:
        return await self.after(getattr(self.user, f"sends_{media}"))


class ZaloOaSide(_TypedNumbers):
    def __init__(self, inner: Intake, channel: ZaloOaChannel, peer: ZaloOaPeer) -> None:
        self.user = peer.user("42")
        self.texts = lambda: [seen.text for seen in self.user.inbox]
        super().__init__(
            inner,
            channel,
            lambda: [Seen.plain(one.text, tuple(one.titles)) for one in self.user.inbox if not one.form],
        )

    async def says(self, text: str) -> list[Seen]:
        return await self.after(lambda: self.user.sends(text))

    async def picks(self, title: str) -> list[Seen]:
        if any(title in seen.titles for seen in self.user.inbox):
            return await self.after(lambda: self.user.taps(title))
        return await super().picks(title)

    async def starts(self, payload: str | None) -> list[Seen]:
        if payload is None:
            return await self.after(self.user.follows)
        return await self.says(f"/start {payload}")

    async def shares_contact(self) -> list[Seen]:
        return await self.after(lambda: self.user.submits_info("84903123456"))

    async def shares_location(self) -> list[Seen]:
        return await self.after(lambda: self.user.shares_location(11.3, 106.7))

    async def sends(self, media: str) -> list[Seen]:
        return await self.after(getattr(self.user, f"sends_{media}"))


class WebSide:
    def __init__(self, inner: Intake, http: httpx.AsyncClient) -> None:
        self._inner = inner
        self._http = http
        self._conversation: dict[str, str] = {}
        self._buttons: dict[str, str] = {}

    async def _posts(self, **body: str) -> list[Seen]:
        _later(self._inner)
        answer = await self._http.post("/api/chat", json={**self._conversation, **body})
        told = answer.json()
        assert answer.status_code == 200, told
        self._conversation = {"conversation": told["conversation"]}
        for message in told["messages"]:
            self._buttons |= {button["title"]: button["payload"] for button in message["buttons"]}
        return [Seen(visible(m["text"]), tuple(b["title"] for b in m["buttons"])) for m in told["messages"]]

    async def says(self, text: str) -> list[Seen]:
        return await self._posts(text=text)

    async def picks(self, title: str) -> list[Seen]:
        return await self._posts(payload=self._buttons[title])

    async def starts(self, payload: str | None) -> None:
        """The page greets by itself; it has no way to bring a payload."""

    async def shares_contact(self) -> list[Seen]:
        return await self.says(PHONE)

    async def shares_location(self) -> list[Seen]:
        return await self.says(PLACE)

    async def sends(self, media: str) -> None:
        """The page takes words only."""


class TerminalSide:
    def __init__(self, inner: Intake, turns: Turns) -> None:
        self._inner = inner
        self._turns = turns
        self._mailbox = Mailbox(inner.store, inner.clock, "terminal")
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._answers: asyncio.Queue[Shown] = asyncio.Queue()
        self._out = io.StringIO()
        self._talk: asyncio.Task[None] | None = None

    async def _ask(self, message: IncomingMessage) -> Shown:
        await self._turns.ask(message)
        shown = [(one.reply, one.buttons) for one in self._mailbox.waiting(message.chat)]
        self._answers.put_nowait(shown)
        return shown

    async def says(self, text: str) -> list[Seen]:
        if self._talk is None:
            console = Console(file=self._out, width=10_000)
            self._talk = asyncio.create_task(converse(self._ask, self._lines.get, console, greet=False))
        _later(self._inner)
        self._lines.put_nowait(text)
        shown = await asyncio.wait_for(self._answers.get(), 5)
        while self._lines.qsize() or not self._out.getvalue().endswith("\n\n"):
            await asyncio.sleep(0)
        return [Seen(visible(reply.text), tuple(button.title for button in buttons)) for reply, buttons in shown]

    async def picks(self, title: str) -> list[Seen]:
        numbers = re.findall(rf"\[(#?\d+)\] {re.escape(title)}$", self._out.getvalue(), re.MULTILINE)
        return await self.says(numbers[-1])

    async def starts(self, payload: str | None) -> None:
        """Begins by itself."""

    async def shares_contact(self) -> list[Seen]:
        return await self.says(PHONE)

    async def shares_location(self) -> list[Seen]:
        return await self.says(PLACE)

    async def sends(self, media: str) -> None:
        """Takes words only."""


@asynccontextmanager
async def side_of(channel: str, inner: Intake, *counters: Counter) -> AsyncIterator[Any]:
    """The side of a person on *channel*, with the real channel between them and *inner*."""
    turns = Turns(
        inner.store, inner.clock, inner.people, inner.dialogue, inner.desk, counters=counters, numbered=NUMBERED
    )
    try:
        async with _OPENED[channel](inner, turns) as side:
            yield side
    finally:
        turns.close()


@asynccontextmanager
async def _telegram(inner: Intake, turns: Turns) -> AsyncIterator[TelegramSide]:
    async with TelegramPeer() as peer:
        channel = TelegramChannel(TelegramSettings(peer.token, peer.base_url, poll_seconds=1), turns)
        await channel.start()
        yield TelegramSide(inner, channel, peer)
        await channel.stop()


@asynccontextmanager
async def _zalo_bot(inner: Intake, turns: Turns) -> AsyncIterator[ZaloBotSide]:
    async with ZaloBotPeer() as peer:
        settings = ZaloBotSettings(peer.token, peer.base_url, poll_seconds=1, poll_interval=0.0)
        channel = ZaloBotChannel(settings, OnceOnly(turns, inner.store, inner.clock))
        await channel.start()
        yield ZaloBotSide(inner, channel, peer)
        await channel.stop()


@asynccontextmanager
async def _zalo_oa(inner: Intake, turns: Turns) -> AsyncIterator[ZaloOaSide]:
    async with ZaloOaPeer() as peer:
        peer.clock.turn(inner.clock.now().timestamp() - peer.clock.now())

        def build(address: str) -> ZaloOaChannel:
            peer.webhook = f"{address}/zalo-oa"
            intake = OnceOnly(turns, inner.store, inner.clock)
            return ZaloOaChannel(
                account_settings(peer), intake, store=inner.store, clock=inner.clock, people=inner.people
            )

        async with served(build) as channel:
            await channel.settled.wait()
            yield ZaloOaSide(inner, channel, peer)


@asynccontextmanager
async def _web(inner: Intake, turns: Turns) -> AsyncIterator[WebSide]:
    api = ChatApi(inner.store, inner.clock, inner.people, turns, rate_limit=False)
    transport = httpx.ASGITransport(Starlette(routes=api.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://web") as http:
        yield WebSide(inner, http)


@asynccontextmanager
async def _terminal(inner: Intake, turns: Turns) -> AsyncIterator[TerminalSide]:
    side = TerminalSide(inner, turns)
    yield side
    side._lines.put_nowait(None)
    if side._talk is not None:
        await side._talk


_OPENED: dict[str, Callable[[Intake, Turns], Any]] = {
    "telegram": _telegram,
    "zalo_bot": _zalo_bot,
    "zalo_oa": _zalo_oa,
    "web": _web,
    "terminal": _terminal,
}
