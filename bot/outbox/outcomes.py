"""What became of messages, and taking back those that nobody has begun to send: for whoever put many in."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.outbox.outbox import INTERRUPTED, State
from bot.store import as_text, from_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a message stands."""

    state: State
    reason: str | None
    sent_at: datetime | None
    delivered: bool = False
    """It arrived, as the channel told; False too where the channel tells nothing."""


def outcomes(db: Database, message_ids: Collection[int]) -> dict[int, Outcome]:
    """How each of *message_ids* stands; one that was erased is not in the answer."""
    rows = db.query(
        "SELECT id, state, reason, sent_at, delivered_at FROM outbox WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(message_ids))],
    )
    return {
        row["id"]: Outcome(
            State(row["state"]),
            row["reason"],
            from_text(row["sent_at"]) if row["sent_at"] is not None else None,
            row["delivered_at"] is not None,
        )
        for row in list(rows)
    }


def sent_on(db: Database, channel: str, since: datetime) -> int:
    """How many messages a channel took since then."""
    sql = "SELECT count(*) FROM outbox WHERE channel = ? AND sent_at >= ?"
    return int(db.conn.execute(sql, [channel, as_text(since)]).fetchone()[0])


def mark_delivered(db: Database, channel: str, chat: str, external_ids: Collection[str], at: datetime) -> int:
    """Notes that messages arrived which the channel knows by these ids, in the caller's transaction; gives how many."""
    return db.execute(
        "UPDATE outbox SET delivered_at = ? WHERE channel = ? AND chat = ? AND delivered_at IS NULL"
        " AND external_id IN (SELECT value FROM json_each(?))",
        [as_text(at), channel, chat, json.dumps(list(external_ids))],
    ).rowcount


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
