"""Forgetting a person's draft and what is remembered of their conversations."""

from __future__ import annotations

from sqlite_utils import Database


class ScreeningErasure:
    """The part of an erasure that belongs to this package."""

    name = "screening"

    def erase(self, db: Database, person_id: str) -> int:
        """Removes the draft and the memories; gives the rows removed."""
        drafts = db.conn.execute("DELETE FROM drafts WHERE person = ?", (person_id,)).rowcount
        memories = db.conn.execute("DELETE FROM memories WHERE conversation LIKE ? || '.%'", (person_id,)).rowcount
        return int(drafts + memories)
