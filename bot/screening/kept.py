"""All that is kept of everybody's screenings, for those who look at many people at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from bot.screening.draft import Draft
from bot.store import from_text


def kept_drafts(db: Database) -> Iterator[tuple[Draft, datetime]]:
    """Every draft with the moment it last changed."""
    for row in list(db.query("SELECT person, facts, asked, partial_shown, updated_at FROM drafts ORDER BY person")):
        draft = Draft(row["person"], json.loads(row["facts"]), tuple(json.loads(row["asked"])), row["partial_shown"])
        yield draft, from_text(row["updated_at"])


def last_words(db: Database) -> dict[str, datetime]:
    """When each person last said something that was answered."""
    rows = db.query(
        "SELECT substr(conversation, 1, instr(conversation, '.') - 1) AS person, max(updated_at) AS at"
        " FROM memories GROUP BY person"
    )
    return {row["person"]: from_text(row["at"]) for row in list(rows)}


def last_words_of(db: Database, person: str) -> datetime | None:
    """When a person last said something that was answered; None when it never did."""
    (row,) = db.query("SELECT max(updated_at) AS at FROM memories WHERE conversation LIKE ? || '.%'", [person])
    return from_text(row["at"]) if row["at"] else None
