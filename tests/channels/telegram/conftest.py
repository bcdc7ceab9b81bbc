"""A peer, and an intake that answers by a small script: the real store is not needed here."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.messages.incoming import IncomingMessage
from tests.peers.telegram import TelegramPeer

Script = Callable[[IncomingMessage, TelegramChannel], Awaitable[None]]


class ScriptedIntake:
    """Keeps what it was given and answers as the test says."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.answer: Script | None = None
        self.channel: TelegramChannel | None = None
        self.trouble: list[Exception] = []
        self._arrived = asyncio.Event()

    async def accept(self, message: IncomingMessage) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
        self.messages.append(message)
        self._arrived.set()
        if self.answer is not None and self.channel is not None:
            await self.answer(message, self.channel)

    async def gets(self, count: int, seconds: float = 5.0) -> list[IncomingMessage]:
        async with asyncio.timeout(seconds):
            while len(self.messages) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.messages


@asynccontextmanager
async def running(peer: TelegramPeer, intake: ScriptedIntake) -> AsyncIterator[TelegramChannel]:
    """The channel, polling the peer."""
    channel = intake.channel = TelegramChannel(TelegramSettings(peer.token, peer.base_url, poll_seconds=2), intake)
    await channel.start()
    try:
        async with asyncio.timeout(5):
            await channel.settled.wait()
        yield channel
    finally:
        await channel.stop()


@pytest.fixture
async def peer() -> AsyncIterator[TelegramPeer]:
    async with TelegramPeer() as peer:
        yield peer


@pytest.fixture
def intake() -> ScriptedIntake:
    return ScriptedIntake()


@pytest.fixture
async def channel(peer: TelegramPeer, intake: ScriptedIntake) -> AsyncIterator[TelegramChannel]:
    async with running(peer, intake) as channel:
        yield channel


@pytest.fixture
def written_logs(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything that was logged, by us or by a library."""
    caplog.set_level(logging.INFO)

    def read() -> str:
        out, err = capsys.readouterr()
        records = [json.dumps(str(record.__dict__), ensure_ascii=False) for record in caplog.records]
        return "\n".join([out, err, *records])

    return read
