"""What the peers share: a server on 127.0.0.1 that also pushes to a webhook of ours, and people who wait for words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

from aiohttp import web

Seen = TypeVar("Seen")


class Listener(Generic[Seen]):
    """Somebody to whom the bot writes."""

    def __init__(self, something_sent: asyncio.Event) -> None:
        self._something_sent = something_sent
        self._heard = 0

    def received(self) -> list[Seen]:
        """What the bot wrote, oldest first."""
        raise NotImplementedError

    async def until(self, holds: Callable[[list[Seen]], bool], seconds: float = 5.0) -> list[Seen]:
        """Waits until what was received is as wanted, and gives it."""
        async with asyncio.timeout(seconds):
            while not holds(self.received()):
                self._something_sent.clear()
                await self._something_sent.wait()
        return self.received()

    async def hears(self, count: int = 1, seconds: float = 5.0) -> list[Seen]:
        """The next *count* messages that were not given by an earlier call."""
        start = self._heard
        received = await self.until(lambda seen: len(seen) >= start + count, seconds)
        self._heard = start + count
        return received[start : start + count]


class LoopbackPeer:
    """An async context manager that listens on 127.0.0.1 while it is entered; on a free port unless told one."""

    def __init__(self, port: int = 0) -> None:
        self._runner: web.AppRunner | None = None
        self._pusher: asyncio.Task[None] | None = None
        self._port = port

    def application(self) -> web.Application:
        """What it answers."""
        raise NotImplementedError

    async def _push(self) -> None:
        """Brings what happens to the webhook, as long as the peer lives."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self._pusher = asyncio.create_task(self._push())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._pusher is not None
        assert self._runner is not None
        self._pusher.cancel()
        await asyncio.gather(self._pusher, return_exceptions=True)
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """As `http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._port}"
