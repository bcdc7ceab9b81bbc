"""Reading offers: a lead put to one collaborator until a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.store import from_text


@dataclass(frozen=True, slots=True)
class Offer:
    """A lead put to one collaborator."""

    id: int
    lead_id: int
    collaborator_id: int
    round: int
    state: str
    """`open`, `taken`, `declined`, `expired`, `released`, `ended`."""
    answer_by: datetime
    card_id: int | None
    """The outbox id of its card."""


def open_offer(db: Database, lead_id: int) -> Offer | None:
    """The offer that waits for an answer; None when nobody is being asked."""
    return _first_offer(db, "lead_id = ? AND state = 'open'", lead_id)


def last_offer(db: Database, lead_id: int, collaborator_id: int) -> Offer | None:
    """The latest offer of a lead to somebody, whatever became of it."""
    return _first_offer(db, "lead_id = ? AND collaborator_id = ?", lead_id, collaborator_id)


def _first_offer(db: Database, condition: str, *values: int) -> Offer | None:
    sql = f"SELECT * FROM offers WHERE {condition} ORDER BY id DESC LIMIT 1"  # noqa: S608  # own text
    return next((to_offer(row) for row in list(db.query(sql, list(values)))), None)


def to_offer(row: Mapping[str, Any]) -> Offer:
    """An offer out of its row."""
    return Offer(
        id=row["id"],
        lead_id=row["lead_id"],
        collaborator_id=row["collaborator_id"],
        round=row["round"],
        state=row["state"],
        answer_by=from_text(row["answer_by"]),
        card_id=row["card_id"],
    )
