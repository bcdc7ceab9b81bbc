"""Takes a double tap as the one press that was meant: the second would answer what is not asked any more."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.channels.carrier import Intake
from bot.messages.incoming import IncomingMessage, Kind

SAME_PRESS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Press:
    button: str | None
    update_id: str
    at: float


class OneTap:
    """An intake that passes a press on once, however often a button is tapped within two seconds."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._last: dict[tuple[str, str], _Press] = {}

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message* unless it is a tap too many; StoreError when it cannot be stored now."""
        if message.kind is not Kind.BUTTON:
            await self._intake.accept(message)
            return
        now = time.monotonic()
        self._last = {chat: one for chat, one in self._last.items() if one.at > now - SAME_PRESS_SECONDS}
        chat = (message.channel, message.chat)
        last = self._last.get(chat)
        if last is not None and last.button == message.button and last.update_id != message.update_id:
            return
        self._last[chat] = _Press(message.button, message.update_id, now)
        try:
            await self._intake.accept(message)
        except BaseException:
            # It comes again, perhaps beside a second tap: whichever is stored first counts.
            self._last.pop(chat, None)
            raise
