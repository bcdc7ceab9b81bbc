"""Remembers for a week which updates were taken, for channels that deliver an update again long after it was taken.

The inbox knows them too, but forgets a person who asks for it; a replay must not bring that person back.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from datetime import timedelta

from bot.channels.carrier import Intake
from bot.clock import Clock
from bot.errors import StoreError
from bot.messages.incoming import IncomingMessage
from bot.store import Store, as_text

REMEMBERED = timedelta(days=7)


class OnceOnly:
    """An intake that passes each update on once a week at most."""

    def __init__(self, intake: Intake, store: Store, clock: Clock) -> None:
        self._intake = intake
        self._store = store
        self._clock = clock

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message* unless it was taken before; StoreError when that cannot be done now."""
        if await asyncio.to_thread(self._seen, message):
            return
        await self._intake.accept(message)
        # After the message: a crash between the two lets it come again, and the inbox knows it.
        await asyncio.to_thread(self._note, message)

    def _seen(self, message: IncomingMessage) -> bool:
        try:
            found = self._store.db.conn.execute(
                "SELECT 1 FROM seen_updates WHERE channel = ? AND fingerprint = ? AND seen_at > ?",
                (message.channel, fingerprint(message), as_text(self._clock.now() - REMEMBERED)),
            ).fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"seen updates cannot be read: {error}") from error
        return found is not None

    def _note(self, message: IncomingMessage) -> None:
        now = self._clock.now()
        try:
            with self._store.transaction() as db:
                db.conn.execute(
                    "INSERT OR REPLACE INTO seen_updates (channel, fingerprint, seen_at) VALUES (?, ?, ?)",
                    (message.channel, fingerprint(message), as_text(now)),
                )
                db.conn.execute("DELETE FROM seen_updates WHERE seen_at <= ?", (as_text(now - REMEMBERED),))
        except sqlite3.Error as error:
            raise StoreError(f"an update could not be noted: {error}") from error


def fingerprint(message: IncomingMessage) -> bytes:
    """A digest of chat and update, from which neither can be read."""
    return hashlib.sha256(f"{message.chat}\0{message.update_id}".encode()).digest()[:16]
