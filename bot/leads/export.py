"""One row per case, from campaign to decision, without names and phone numbers of households."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.leads import rows
from bot.leads.hours import WorkingHours
from bot.leads.life import Event, State
from bot.store import as_text

_DECISIONS = {Event.APPROVE: "yes", Event.REJECT: "no"}
_ANSWERS = {None: None, 0: "no", 1: "yes"}
_HOUR = timedelta(hours=1)


def export_rows(db: Database, hours: WorkingHours | None = None) -> Iterator[dict[str, Any]]:
    """The cases in the order they came in; moments are ISO 8601 in UTC, spans are working hours of the Centre."""
    hours = hours or WorkingHours()
    for row in list(db.query(f"{rows.LEADS} ORDER BY id")):
        lead = rows.to_lead(row)
        told = rows.history(db, lead.id)
        offers = list(db.query("SELECT * FROM offers WHERE lead_id = ? ORDER BY id", [lead.id]))
        decided = next((change for change in reversed(told) if change.event in _DECISIONS), None)
        feedback = next(iter(list(db.query("SELECT * FROM lead_feedback WHERE lead_id = ?", [lead.id]))), {})
        yield {
            "number": lead.number,
            "campaign": lead.campaign,
            "channel": lead.channel,
            "created": as_text(lead.created),
            "unit": lead.place.unit,
            "district": lead.place.district,
            "province": lead.place.province,
            "needs": list(lead.needs),
            "verdicts": {result.get("programme"): result.get("verdict") for result in lead.results},
            "state": lead.state.value,
            "state_since": as_text(lead.state_since),
            "owner": lead.owner_name,
            "escalated_to": lead.escalated_to,
            "offers": len(offers),
            "declines": [offer["reason"] for offer in offers if offer["state"] == "declined"],
            "expired": sum(offer["state"] == "expired" for offer in offers),
            "first_offered": offers[0]["offered_at"] if offers else None,
            "taken": row["taken_at"],
            "contacted": row["contacted_at"],
            "submitted": _first(told, State.SUBMITTED),
            "decision": _DECISIONS[Event(decided.event)] if decided else None,
            "decided": as_text(decided.at) if decided else None,
            "closed": row["closed_at"],
            "close_reason": row["close_reason"],
            "hours_to_take": _hours(hours, lead.created, lead.taken_at),
            "hours_to_contact": _hours(hours, lead.created, lead.contacted_at),
            "hours_to_close": _hours(hours, lead.created, lead.closed_at),
            "was_contacted": _ANSWERS[feedback.get("contacted")],
            "was_useful": _ANSWERS[feedback.get("useful")],
        }


def export_jsonl(db: Database) -> Iterator[str]:
    """The cases as lines of JSON."""
    for row in export_rows(db):
        yield json.dumps(row, ensure_ascii=False)


def _first(told: tuple[rows.Change, ...], state: State) -> str | None:
    return next((as_text(change.at) for change in told if change.to_state is state), None)


def _hours(hours: WorkingHours, start: datetime, end: datetime | None) -> float | None:
    return None if end is None else round(hours.between(start, end) / _HOUR, 1)
