"""What every channel over HTTP needs: whom to trust, bodies of a bearable size, growing pauses, logs without what people write."""

from __future__ import annotations

import asyncio
import logging
import ssl
from functools import cache

import httpx
import structlog
from starlette.requests import Request

log = structlog.get_logger(__name__)

LARGEST_UPDATE = 1 << 20
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 60.0


@cache
def trusted() -> ssl.SSLContext:
    """Whom all calls trust: the list of authorities, which takes longer to read than most calls, is read once."""
    return httpx.create_ssl_context()


def silence_library_logs() -> None:
    """Keeps addresses (they hold tokens) and message texts of the HTTP and Telegram libraries out of the logs."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)


async def limited_body(request: Request) -> bytes | None:
    """The whole body; None when it is larger than any update."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            return None
    return body


class GrowingPause:
    """Waits longer after each failure in a row, and as long as the other side asks."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self._next = SHORTEST_PAUSE

    def over(self) -> None:
        """Something went well: the next pause is the shortest again."""
        self._next = SHORTEST_PAUSE

    async def after(self, error: Exception, at_least: float = 0.0) -> None:
        """Logs the kind of *error*, never its text, and waits, *at_least* as many seconds as were asked for."""
        wait = max(self._next, at_least)
        self._next = min(LONGEST_PAUSE, self._next * 2)
        log.warning(f"{self._channel}_trouble", error=type(error).__name__, again_in_seconds=wait)
        await asyncio.sleep(wait)
