"""Shows "đang nhập…" to a person whose answer takes longer than a second, on channels that can show it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping

from bot.channels.capabilities import CAPABILITIES
from bot.channels.carrier import Carrier, Intake
from bot.messages import inbox
from bot.messages.incoming import IncomingMessage, Kind
from bot.store import Store

PATIENCE_SECONDS = 1.0
"""Turns that are quicker show nothing: a sign that comes and goes only unsettles."""
SHOWN_SECONDS = 4.5
"""How long the sign stays: Telegram takes it away after five seconds."""
MOST_TIMES = 8
"""How often it is renewed; after half a minute it would promise what may not come."""
MOST_CHATS = 20
"""Chats that it is shown to at once: it counts against the channel's rate, and answers come first."""


class ShowsTyping:
    """An intake that passes everything on, and shows in the chats of `carriers` that an answer is being prepared."""

    def __init__(
        self,
        intake: Intake,
        store: Store,
        carriers: Mapping[str, Carrier],
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """*pause* lets some seconds pass."""
        self._intake = intake
        self._store = store
        self._carriers = carriers
        self._pause = pause
        self._waiting: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message*; StoreError when that cannot be done now."""
        where = (message.channel, message.chat)
        shows = CAPABILITIES[message.channel].typing and message.kind is not Kind.LEFT
        if not shows or where in self._waiting or len(self._waiting) >= MOST_CHATS:
            await self._intake.accept(message)
            return
        # From the moment it came: to be stored it waits for the turn that is being answered.
        stored = asyncio.Event()
        task = self._waiting[where] = asyncio.create_task(self._show(message, stored))
        task.add_done_callback(lambda _: self._waiting.pop(where, None))
        try:
            await self._intake.accept(message)
        except BaseException:
            task.cancel()
            raise
        stored.set()

    async def _show(self, message: IncomingMessage, stored: asyncio.Event) -> None:
        await self._pause(PATIENCE_SECONDS)
        for _ in range(MOST_TIMES):
            carrier = self._carriers.get(message.channel)
            answered = stored.is_set() and await asyncio.to_thread(self._is_answered, message)
            if carrier is None or answered:
                return
            await carrier.typing(message.chat)
            await self._pause(SHOWN_SECONDS)

    def _is_answered(self, message: IncomingMessage) -> bool:
        try:
            return not inbox.is_waiting(self._store.db, message)
        except sqlite3.Error:
            return True  # nothing depends on the sign
