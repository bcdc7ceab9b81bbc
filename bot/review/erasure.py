"""Forgetting the sentences of a person that wait for review."""

from __future__ import annotations

from sqlite_utils import Database

from bot.review.wordings import forget_person


class ReviewErasure:
    """The part of an erasure that belongs to this package."""

    name = "review"

    def erase(self, db: Database, person_id: str) -> int:
        """Removes the waiting sentences; gives the rows removed."""
        return forget_person(db, person_id)
