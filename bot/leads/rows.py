"""Reading and writing leads; `record` is the one door through which a lead changes its state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from bot.errors import TransitionRefused
from bot.leads.lead import HOUSEHOLD, Actor, ActorKind, CloseReason, Lead, NewLead, Place
from bot.leads.life import Event, State, advance
from bot.store import as_text, from_text

PASSED = "pass"
"""The first row of every history: the household passed it on."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a lead's history."""

    at: datetime
    actor: Actor
    event: str
    """An `Event`, or `pass` for the beginning."""
    why: str | None
    from_state: State | None
    to_state: State


LEADS = """
    SELECT *, (SELECT name FROM collaborators WHERE collaborators.id = owner_id) AS owner_name,
           (SELECT phone FROM collaborators WHERE collaborators.id = owner_id) AS owner_phone
    FROM leads
"""
"""What `to_lead` reads; a WHERE follows."""


def number_of(lead_id: int) -> str:
    """What people call the lead."""
    return f"KC-{lead_id:04d}"


def subject_of(lead_id: int) -> str:
    """What the outbox calls the lead."""
    return f"lead:{lead_id}"


def insert(db: Database, new: NewLead, at: datetime, tell_household_at: datetime) -> Lead:
    """Keeps a new lead, nobody asked yet."""
    cursor = db.execute(
        """
        INSERT INTO leads (person_id, channel, chat, unit, district, province, needs, facts, results, call_after,
                           transcript_ok, campaign, state, state_since, created, moved_at, tell_household_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            new.person_id,
            new.channel,
            new.chat,
            new.place.unit,
            new.place.district,
            new.place.province,
            _json(list(new.needs)),
            _json(dict(new.facts)),
            _json(list(new.results)),
            new.call_after,
            int(new.transcript_ok),
            new.campaign,
            State.SEEKING,
            as_text(at),
            as_text(at),
            as_text(at),
            as_text(tell_household_at),
        ],
    )
    lead_id = int(cursor.lastrowid or 0)
    _write_change(db, lead_id, Change(at, HOUSEHOLD, PASSED, None, None, State.SEEKING))
    return load(db, lead_id)


def load(db: Database, lead_id: int) -> Lead:
    """One by id; KeyError when there is none."""
    for row in list(db.query(f"{LEADS} WHERE id = ?", [lead_id])):
        return to_lead(row)
    raise KeyError(lead_id)


_MOVED: Mapping[str, Any] = {"silence": 0, "asked_household_at": None}
"""Whatever silence had led to begins anew."""


def record(
    db: Database, lead: Lead, event: Event, actor: Actor, at: datetime, *, why: str | None = None, **values: Any
) -> Lead:
    """Lets *event* happen to *lead*, with *values* for other columns, and writes it down.

    TransitionRefused, and nothing written, when the table does not allow it or the row is no longer as *lead* says.
    """
    to_state = advance(lead.state, event)
    if to_state is not lead.state:
        # A new state has its own timers, or none.
        values = {"remind_at": None, "act_by": None, "visit_on": None, **values, "state": to_state, "state_since": at}
    if actor.kind is not ActorKind.SYSTEM or to_state is not lead.state:
        values = {**values, **_MOVED, "moved_at": at}
    if values and _update(db, lead, values) != 1:
        raise TransitionRefused(f"lead {lead.id} is no longer {lead.state}")
    _write_change(db, lead.id, Change(at, actor, event, why, lead.state, to_state))
    return load(db, lead.id)


def update(db: Database, lead: Lead, **values: Any) -> Lead:
    """Writes columns that are no part of the lead's life."""
    _update(db, lead, values)
    return load(db, lead.id)


def _update(db: Database, lead: Lead, values: Mapping[str, Any]) -> int:
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    return int(
        db.execute(
            f"UPDATE leads SET {assignments} WHERE id = :lead_id AND state = :was",  # noqa: S608  # own names
            {"lead_id": lead.id, "was": lead.state, **{name: _column(value) for name, value in values.items()}},
        ).rowcount
    )


def _column(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | Mapping):
        return _json(value)
    return int(value) if isinstance(value, bool) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_change(db: Database, lead_id: int, change: Change) -> None:
    db.execute(
        "INSERT INTO lead_events (lead_id, at, actor, actor_id, event, why, from_state, to_state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            lead_id,
            as_text(change.at),
            change.actor.kind,
            change.actor.id,
            change.event,
            change.why,
            change.from_state,
            change.to_state,
        ],
    )


def history(db: Database, lead_id: int) -> tuple[Change, ...]:
    """All that happened to a lead, in order."""
    rows = db.query("SELECT * FROM lead_events WHERE lead_id = ? ORDER BY id", [lead_id])
    return tuple(
        Change(
            at=from_text(row["at"]),
            actor=Actor(ActorKind(row["actor"]), row["actor_id"]),
            event=row["event"],
            why=row["why"],
            from_state=State(row["from_state"]) if row["from_state"] else None,
            to_state=State(row["to_state"]),
        )
        for row in list(rows)
    )


def to_lead(row: Mapping[str, Any]) -> Lead:
    """A lead out of its row."""
    return Lead(
        id=row["id"],
        number=number_of(row["id"]),
        person_id=row["person_id"],
        channel=row["channel"],
        chat=row["chat"],
        place=Place(row["unit"], row["district"], row["province"]),
        needs=tuple(json.loads(row["needs"])),
        facts=json.loads(row["facts"]),
        results=tuple(json.loads(row["results"])),
        call_after=row["call_after"],
        transcript_ok=bool(row["transcript_ok"]),
        campaign=row["campaign"],
        state=State(row["state"]),
        state_since=from_text(row["state_since"]),
        created=from_text(row["created"]),
        round=row["round"],
        owner_id=row["owner_id"],
        owner_name=row["owner_name"],
        owner_phone=row["owner_phone"],
        escalated_to=row["escalated_to"],
        taken_at=_moment(row["taken_at"]),
        contacted_at=_moment(row["contacted_at"]),
        closed_at=_moment(row["closed_at"]),
        close_reason=CloseReason(row["close_reason"]) if row["close_reason"] else None,
        act_by=_moment(row["act_by"]),
        moved_at=from_text(row["moved_at"]),
        visit_on=date.fromisoformat(row["visit_on"]) if row["visit_on"] else None,
    )


def _moment(text: str | None) -> datetime | None:
    return from_text(text) if text else None
