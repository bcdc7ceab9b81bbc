"""What became of messages, and taking back those that nobody has begun to send: for whoever put many in."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.outbox.outbox import INTERRUPTED, State
from bot.store import from_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a message stands."""

    state: State
    reason: str | None
    sent_at: datetime | None


def outcomes(db: Database, message_ids: Collection[int]) -> dict[int, Outcome]:
    """How each of *message_ids* stands; one that was erased is not in the answer."""
    rows = db.query(
        "SELECT id, state, reason, sent_at FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(message_ids))],
    )
    return {
        row["id"]: Outcome(
            State(row["state"]), row["reason"], from_text(row["sent_at"]) if row["sent_at"] is not None else None
        )
        for row in list(rows)
    }


def take_back(db: Database, message_ids: Collection[int]) -> frozenset[int]:
    """Removes those of *message_ids* that are queued or held back, and gives them; the others left, or may have."""
    waiting = (State.QUEUED, State.PARKED)
    taken = [
        number
        for number, outcome in outcomes(db, message_ids).items()
        if outcome.state in waiting and outcome.reason != INTERRUPTED
    ]
    db.execute("DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(taken)])
    return frozenset(taken)
