"""A server on 127.0.0.1 that also pushes to a webhook of ours: the life that the Zalo peers share."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web


class LoopbackPeer:
    """An async context manager that listens on a free port while it is entered."""

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._pusher: asyncio.Task[None] | None = None
        self._port = 0

    def application(self) -> web.Application:
        """What it answers."""
        raise NotImplementedError

    async def _push(self) -> None:
        """Brings what happens to the webhook, as long as the peer lives."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
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
        return f"http://127.0.0.1:{self._port}"
