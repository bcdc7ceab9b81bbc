"""What every channel over the network has in common: it begins in the background, and tells where it stands."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from bot.channels.carrier import State
from bot.channels.http import silence_library_logs


class BackgroundChannel(ABC):
    """One task that runs from `start` until it is halted; a `bot.channels.carrier.Channel` builds on it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.state = State.STOPPED
        self.settled = asyncio.Event()
        """Set once the platform has accepted or rejected us."""
        self._runner: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins in the background, so that a platform that cannot be reached does not hold up the rest."""
        silence_library_logs()
        self.state = State.CONNECTING
        self._runner = asyncio.create_task(self._run(), name=self._name)

    @abstractmethod
    async def _run(self) -> None:
        """Runs until it is cancelled, or until the platform rejects us."""

    async def _halt(self) -> None:
        """Ends the task, wherever it stands."""
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)

    def _settle(self, state: State) -> None:
        self.state = state
        self.settled.set()

    def figures(self) -> dict[str, float]:
        """Whether it runs."""
        return {"running": float(self.state is State.RUNNING)}
