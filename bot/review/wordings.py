"""The sentences that wait: each person's own rows, put together when somebody looks at them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bot.store import as_text, from_text

KEPT_FOR = timedelta(days=180)
"""A sentence that nobody looked at in half a year is forgotten."""
MOST_OF_ONE_PERSON = 100
"""Further sentences of the same person push their oldest out, so that nobody can fill the list."""
GUESSES = 3


class Reason(StrEnum):
    """Why a sentence waits."""

    NOT_SURE = "not_sure"
    """No reading was sure; some were offered, or a person."""
    OUTSIDE = "outside"
    """Taken for something outside khuyến công, without being sure."""
    UNREAD = "unread"
    """Said in reply to a question, and not read as an answer."""
    CORRECTED = "corrected"
    """The person said what was meant, by choosing among the readings offered."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of one person, redacted."""

    text: str
    same: str
    """What it has in common with other typings of the same sentence."""
    reason: Reason
    guesses: tuple[str, ...] = ()
    """The nearest readings, best first: topics, or for `corrected` the one that was meant."""
    question: str | None = None
    """The question that was open."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence as it is put to who reviews: the typings of all persons together."""

    same: str
    text: str
    """As typed last."""
    reasons: tuple[Reason, ...]
    guesses: tuple[str, ...]
    question: str | None
    times: int
    people: int
    seen_at: datetime


def keep(db: Database, person: str, wording: Wording, at: datetime) -> None:
    """Keeps *wording*, once per person however often it comes; what is too old or too much goes."""
    db.conn.execute(
        "INSERT INTO wordings (person, same, text, reason, question, guesses, times, seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT (person, same) DO UPDATE SET text = excluded.text,"
        " reason = excluded.reason, guesses = excluded.guesses, question = excluded.question,"
        " times = times + 1, seen_at = excluded.seen_at",
        (
            person,
            wording.same,
            wording.text,
            wording.reason,
            wording.question,
            json.dumps(wording.guesses[:GUESSES]),
            as_text(at),
        ),
    )
    db.conn.execute("DELETE FROM wordings WHERE seen_at < ?", (as_text(at - KEPT_FOR),))
    db.conn.execute(
        "DELETE FROM wordings WHERE person = ? AND id NOT IN"
        " (SELECT id FROM wordings WHERE person = ? ORDER BY seen_at DESC, id DESC LIMIT ?)",
        (person, person, MOST_OF_ONE_PERSON),
    )


def waiting(db: Database, at: datetime) -> tuple[Waiting, ...]:
    """Everything young enough, what most people typed first."""
    rows = db.query(
        "SELECT * FROM wordings WHERE seen_at >= ? ORDER BY seen_at DESC, id DESC", [as_text(at - KEPT_FOR)]
    )
    typed: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        typed.setdefault(row["same"], []).append(row)
    together = [_together(same, found) for same, found in typed.items()]
    return tuple(sorted(together, key=lambda one: (-one.people, -one.times)))


def of_person(db: Database, person: str) -> tuple[tuple[Wording, datetime], ...]:
    """What waits of one person, with when it was said last, oldest first: for that person to have."""
    rows = db.query("SELECT * FROM wordings WHERE person = ? ORDER BY seen_at, id", [person])
    return tuple(
        (
            Wording(
                row["text"], row["same"], Reason(row["reason"]), tuple(json.loads(row["guesses"])), row["question"]
            ),
            from_text(row["seen_at"]),
        )
        for row in rows
    )


def settle(db: Database, same: str) -> int:
    """Forgets every typing of a sentence that has been looked at; gives the rows removed."""
    return int(db.conn.execute("DELETE FROM wordings WHERE same = ?", (same,)).rowcount)


def forget_person(db: Database, person: str) -> int:
    """Forgets all that *person* typed; gives the rows removed."""
    return int(db.conn.execute("DELETE FROM wordings WHERE person = ?", (person,)).rowcount)


def _together(same: str, rows: list[dict[str, Any]]) -> Waiting:
    latest = rows[0]
    # What a person chose says more than what was guessed.
    by_worth = sorted(rows, key=lambda row: row["reason"] != Reason.CORRECTED)
    return Waiting(
        same=same,
        text=latest["text"],
        reasons=tuple(Reason(name) for name in _distinct(row["reason"] for row in rows)),
        guesses=_distinct(guess for row in by_worth for guess in json.loads(row["guesses"]))[:GUESSES],
        question=latest["question"],
        times=sum(row["times"] for row in rows),
        people=len(rows),
        seen_at=from_text(latest["seen_at"]),
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
