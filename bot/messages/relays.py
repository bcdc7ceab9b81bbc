"""The rows of conversations between a household and a person of ours: who talks to whom, since when, until when."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.leads import Collaborator, Lead
from bot.people import Account
from bot.store import as_text, from_text

_FORWARDED = "relay:"


@dataclass(frozen=True, slots=True)
class Relay:
    """One such conversation that is open."""

    id: int
    lead_id: int
    person_id: str
    channel: str
    chat: str
    """Where the household wrote last."""
    staff_id: int
    staff_channel: str
    staff_chat: str
    opened_at: datetime
    last_at: datetime
    """The last word of either side."""


def of_person(db: Database, person_id: str) -> Relay | None:
    """Who talks to this person now."""
    return _first(db, "person_id = ?", person_id)


def of_staff(db: Database, channel: str, chat: str) -> Relay | None:
    """Whom the person of ours in this chat talks to now."""
    return _first(db, "staff_channel = ? AND staff_chat = ?", channel, chat)


def talks(db: Database, person_id: str | None, channel: str, chat: str) -> bool:
    """Whether what is typed in this chat is for a person: of ours, or of a household."""
    return of_staff(db, channel, chat) is not None or (person_id is not None and of_person(db, person_id) is not None)


def all_open(db: Database) -> tuple[Relay, ...]:
    """All that are open, oldest first."""
    return tuple(_relay(row) for row in list(db.query(f"{_OPEN} ORDER BY id")))


def begin(db: Database, lead: Lead, to: Account, one: Collaborator, *, at_desk: tuple[str, str], at: datetime) -> None:
    """Notes that *one*, in its chat *at_desk*, talks from now on to the household of *lead*."""
    db.execute(
        "INSERT INTO relays (lead_id, person_id, channel, chat, staff_id, staff_channel, staff_chat, opened_at, last_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [lead.id, lead.person_id, to.channel, to.chat, one.id, *at_desk, as_text(at), as_text(at)],
    )


@dataclass(frozen=True, slots=True)
class Talked:
    """A conversation that was had, or is, with one person."""

    lead_id: int
    with_whom: int
    """The collaborator's id."""
    opened_at: datetime
    ended_at: datetime | None


def had_by(db: Database, person_id: str) -> tuple[Talked, ...]:
    """Every conversation of ours with this person that is kept, oldest first."""
    rows = db.query("SELECT * FROM relays WHERE person_id = ? ORDER BY id", [person_id])
    return tuple(
        Talked(
            row["lead_id"],
            row["staff_id"],
            from_text(row["opened_at"]),
            from_text(row["ended_at"]) if row["ended_at"] else None,
        )
        for row in rows
    )


def touch(db: Database, relay: Relay, household_chat: tuple[str, str], at: datetime) -> None:
    """Notes a word, and where the household reads."""
    db.execute(
        "UPDATE relays SET last_at = ?, channel = ?, chat = ? WHERE id = ?", [as_text(at), *household_chat, relay.id]
    )


def end(db: Database, relay: Relay, by: str, at: datetime) -> None:
    """Ends it."""
    db.execute("UPDATE relays SET ended_at = ?, ended_by = ? WHERE id = ?", [as_text(at), by, relay.id])


def forwarding_key(relay: Relay) -> str:
    """Marks an outbox message as the household's words."""
    return f"{_FORWARDED}{relay.id}:{secrets.token_hex(8)}"


def forwarded(db: Database, channel: str, chat: str, external_id: str) -> int | None:
    """The lead whose household said what stands under this id in a chat; None when that was something else."""
    row = db.conn.execute(
        "SELECT subject FROM outbox WHERE channel = ? AND chat = ? AND external_id = ? AND dedupe_key LIKE ? || '%'",
        (channel, chat, external_id, _FORWARDED),
    ).fetchone()
    return int(row[0].removeprefix("lead:")) if row else None


_OPEN = "SELECT * FROM relays WHERE ended_at IS NULL"


def _first(db: Database, condition: str, *values: str) -> Relay | None:
    return next((_relay(row) for row in list(db.query(f"{_OPEN} AND {condition}", list(values)))), None)


def _relay(row: Mapping[str, Any]) -> Relay:
    return Relay(
        row["id"], row["lead_id"], row["person_id"], row["channel"], row["chat"], row["staff_id"],
        row["staff_channel"], row["staff_chat"], from_text(row["opened_at"]), from_text(row["last_at"]),
    )  # fmt: skip
