"""Messages that must not go twice and may have arrived: which ids a channel may have given them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlite_utils import Database

from bot.outbox.outbox import INTERRUPTED, Outgoing
from bot.store import as_text

AROUND = timedelta(minutes=2)
"""How long after it was written a message's own attempts can lie, other messages' ids being known."""
BEYOND = 40
"""Ids above the last known one that may have been given: what is on its way at once, and what people write meanwhile."""
_GOING_AGAIN = (
    "UPDATE outbox SET state = 'queued', reason = ? WHERE state = 'sending' AND at_most_once = 1 AND channel IN"
)
MOST = 120
"""More candidates than this are not looked through."""


def await_search(db: Database, channels: Collection[str]) -> int:
    """After a crash: what was on its way on *channels* that can be searched goes back to be looked for; gives how many."""
    marks = ", ".join("?" * len(channels))
    return int(
        db.execute(
            f"{_GOING_AGAIN} ({marks})",
            [INTERRUPTED, *channels],
        ).rowcount
    )


def possible_ids(db: Database, message: Outgoing) -> tuple[int, ...] | None:
    """The ids that *message* may bear where a channel numbers all its messages in one row; None when too many.

    Between the ids of what was sent before it and after it, only those are left that no other message of ours bears.
    """
    (row,) = db.query(
        "SELECT (SELECT max(CAST(external_id AS INTEGER)) FROM outbox WHERE channel = :channel AND sent_at <= :made) AS low,"
        " (SELECT max(CAST(external_id AS INTEGER)) FROM outbox WHERE channel = :channel) AS last,"
        " (SELECT min(CAST(external_id AS INTEGER)) FROM outbox WHERE channel = :channel AND sent_at > :over) AS high",
        {
            "channel": message.channel,
            "made": as_text(message.created),
            "over": as_text(message.created + AROUND),
        },
    )
    low, high = row["low"] or 0, row["high"] or (row["last"] or 0) + BEYOND
    taken = {
        other["id"]
        for other in db.query(
            "SELECT CAST(external_id AS INTEGER) AS id FROM outbox WHERE channel = ? AND sent_at > ?",
            [message.channel, as_text(message.created)],
        )
    }
    free = tuple(number for number in range(low + 1, high) if number not in taken)
    return free if len(free) <= MOST else None
