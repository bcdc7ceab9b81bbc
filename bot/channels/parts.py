"""A message that takes several calls: when it stops between two, the next attempt goes on after the last one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.errors import RetryLater

Step = Callable[[], Awaitable[str]]
"""One call; gives the channel's id of what it sent."""

_FORGET_SECONDS = 3600.0


@dataclass(slots=True)
class _Progress:
    begun: float
    sent: list[str] = field(default_factory=list)


class Parts:
    """How far messages got; kept in memory, so that a restart at worst sends a part twice."""

    def __init__(self, apart: float = 0.0) -> None:
        """*apart*: seconds between two calls, for channels that bear so many messages a second in a chat."""
        self._apart = apart
        self._progress: dict[tuple[str, str], _Progress] = {}

    async def send(self, chat: str, text: str, steps: Sequence[Step]) -> list[str]:
        """Takes those *steps* of the message *text* that were not taken by an earlier attempt; gives all ids."""
        now = time.monotonic()
        self._progress = {key: one for key, one in self._progress.items() if one.begun > now - _FORGET_SECONDS}
        progress = self._progress.pop((chat, text), None) or _Progress(now)
        try:
            for place, step in enumerate(steps[len(progress.sent) :]):
                if place:
                    await asyncio.sleep(self._apart)
                progress.sent.append(await step())
        except RetryLater:
            if progress.sent:
                self._progress[(chat, text)] = progress
            raise
        return progress.sent
