"""What this package needs of the one that knows places."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.answers.answer import Answer


class PlaceReader(Protocol):
    """Reads places; implemented by `bot.places`."""

    def read(self, text: str, day: date) -> Answer:
        """The place that *text* names on *day*, in the shape of the `parse` contract."""
        ...
