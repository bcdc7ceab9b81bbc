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


def last_words(db: Database) -> dict[tuple[str, str], datetime]:
    """When each person last said something that was answered, by person and channel."""
    rows = db.query("SELECT conversation, updated_at FROM memories")
    return {_whose(row["conversation"]): from_text(row["updated_at"]) for row in list(rows)}


def _whose(conversation: str) -> tuple[str, str]:
    person, _, channel = conversation.partition(".")
    return person, channel


def last_words_of(db: Database, person: str, channel: str) -> datetime | None:
    """When a person last said something on a channel that was answered; None when it never did."""
    rows = db.query("SELECT updated_at FROM memories WHERE conversation = ?", [f"{person}.{channel}"])
    return next((from_text(row["updated_at"]) for row in list(rows)), None)
