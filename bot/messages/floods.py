"""Slows down a chat that sends far more than anybody types, so that it holds nobody else up."""

from __future__ import annotations

from datetime import timedelta

from sqlite_utils import Database

from bot.clock import Clock
from bot.messages.incoming import Kind
from bot.messages.reception import Heard, Served
from bot.replies import smalltalk
from bot.store import as_text

MOST = 60
"""Messages of one chat within `SPAN` that are answered: one a second, as on the web page."""
SPAN = timedelta(minutes=1)
_LIMITED_AT_THE_DOOR = frozenset({"web", "terminal", "ask"})
"""The web page answers 429 by itself; the other two have one person in front of them."""
_TYPED = frozenset({Kind.TEXT, Kind.MEDIA, Kind.EDITED})


class FloodCounter:
    """Answers the first message that is too many with one line, and those after it with nothing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The line, or silence, while the flood lasts; None when the message is one of few."""
        if heard.message.kind not in _TYPED or heard.message.channel in _LIMITED_AT_THE_DOOR:
            return None
        since = as_text(self._clock.now() - SPAN)
        (lately,) = db.conn.execute(
            "SELECT count(*) FROM inbox WHERE channel = ? AND chat = ? AND received_at > ? AND state != 'new'",
            (heard.message.channel, heard.message.chat, since),
        ).fetchone()
        if lately < MOST:
            return None
        return Served([smalltalk.slow_down()] if lately == MOST else [])
