"""Forgetting a person everywhere at once, and the ledger of whom was forgotten, which holds nobody's data."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlite_utils import Database

from bot.store import as_text, from_text, owe_scrub

RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No letters or digits that are mistaken for another when read aloud."""

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """The proof of an erasure; holds nothing about the person."""

    number: str
    at: datetime
    counts: Mapping[str, int]
    """Rows removed or emptied, by the package that did it."""


class Erasure(Protocol):
    """How one package forgets a person; registered where the packages are put together."""

    @property
    def name(self) -> str:
        """Name of the package, for the receipt."""
        ...

    def erase(self, db: Database, person_id: str) -> int:
        """Removes or anonymises all it holds about the person, in the caller's transaction; gives the rows touched.

        Accounts and contact details are still there when it is called. Calling it twice is harmless.
        """
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure in the ledger: enough to know the person again in a restored backup, and nothing else."""

    receipt: str
    at: datetime
    salt: str
    marks: tuple[str, ...]
    """One salted hash for each of our own ids that the person ever had."""

    def names(self, person_id: str) -> bool:
        """Whether this is the erasure of *person_id*."""
        return mark_of(self.salt, person_id) in self.marks


def erase(
    db: Database, person_id: str, erasures: Iterable[Erasure], at: datetime, *, again: Entry | None = None
) -> ErasureReceipt:
    """Forgets a person in the caller's transaction; *again* is the ledger's entry when a restored backup had it back."""
    ids = former_ids(db, person_id)
    counts = {erasure.name: erasure.erase(db, person_id) for erasure in erasures}
    counts["people"] = _erase_own_rows(db, person_id)
    if again is None:
        salt = secrets.token_hex(_SALT_BYTES)
        number = "XD-" + "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(6))
        again = Entry(number, at, salt, tuple(mark_of(salt, one) for one in ids))
    enter(db, again, counts)
    owe_scrub(db)
    return ErasureReceipt(again.receipt, at, counts)


def former_ids(db: Database, person_id: str) -> tuple[str, ...]:
    """The person's id, and those of the persons that were joined to it: an older backup still knows it by them."""
    rows = db.query("SELECT former_id FROM former_ids WHERE person_id = ? ORDER BY former_id", [person_id])
    return (person_id, *(row["former_id"] for row in rows))


def entries(db: Database) -> tuple[Entry, ...]:
    """The ledger, oldest first."""
    rows = db.query("SELECT receipt, at, salt, marks FROM erasures ORDER BY at, receipt")
    return tuple(
        Entry(row["receipt"], from_text(row["at"]), row["salt"], tuple(json.loads(row["marks"]))) for row in rows
    )


def enter(db: Database, entry: Entry, counts: Mapping[str, int]) -> None:
    """Writes *entry* into the ledger, unless it is there."""
    db.execute(
        "INSERT INTO erasures (receipt, at, salt, marks, counts) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [entry.receipt, as_text(entry.at), entry.salt, json.dumps(entry.marks), json.dumps(counts)],
    )


def replay(db: Database, ledger: Iterable[Entry], erasures: Iterable[Erasure], at: datetime) -> int:
    """After a restore from a backup, in the caller's transaction: erases again whom the ledger names; gives how many."""
    hooks, back = tuple(erasures), 0
    persons = [row["id"] for row in db.query("SELECT id FROM persons")]
    for entry in ledger:
        enter(db, entry, {})
        for person_id in [one for one in persons if entry.names(one)]:
            erase(db, person_id, hooks, at, again=entry)
            persons.remove(person_id)
            back += 1
    return back


def mark_of(salt: str, person_id: str) -> str:
    """The salted hash under which the ledger knows *person_id*."""
    return hashlib.sha256(f"{salt} {person_id}".encode()).hexdigest()


def _erase_own_rows(db: Database, person_id: str) -> int:
    removed = 0
    for table, column in (
        ("former_ids", "person_id"),
        ("consents", "person_id"),
        ("contacts", "person_id"),
        ("accounts", "person_id"),
        ("persons", "id"),
    ):
        removed += db.execute(f"DELETE FROM {table} WHERE {column} = ?", [person_id]).rowcount  # noqa: S608  # own names
    return removed
