"""A channel behind a real server on a free port, for platforms that push to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette

from bot.channels.carrier import Channel

T = TypeVar("T", bound=Channel)


@asynccontextmanager
async def served(build: Callable[[str], T]) -> AsyncIterator[T]:
    """The channel that *build* makes for the address of the server, started."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        channel = build(f"http://127.0.0.1:{listener.getsockname()[1]}")
        app = Starlette(routes=channel.routes())
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        serving = asyncio.create_task(server.serve([listener]))
        await channel.start()
        try:
            yield channel
        finally:
            await channel.stop()
            server.should_exit = True
            await serving
