"""Somebody else of the same household: another account with the same phone number shares the case.

A number that was typed proves nothing, so the second account adds its wish to the case and learns how that goes, but
neither reads nor changes what the first one told; the collaborator is asked to find out whether it is one household.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from bot.leads import rows
from bot.leads.lead import HOUSEHOLD, Lead, NewLead, Place
from bot.leads.life import Event
from bot.store import as_text


def join(db: Database, lead: Lead, new: NewLead, at: datetime) -> None:
    """Notes that the person of *new* shares *lead*, and what it asked for."""
    earlier = _needs(db, lead.id, new.person_id)
    needs = (*earlier, *(need for need in new.needs if need not in earlier))
    db.execute(
        "INSERT INTO lead_parties (lead_id, person_id, channel, chat, needs, joined_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (lead_id, person_id) DO UPDATE SET needs = excluded.needs",
        [lead.id, new.person_id, new.channel, new.chat, json.dumps(needs), as_text(at)],
    )


def people_of(db: Database, lead_id: int) -> tuple[str, ...]:
    """Who shares a lead, first come first."""
    found = db.query("SELECT person_id FROM lead_parties WHERE lead_id = ? ORDER BY joined_at, person_id", [lead_id])
    return tuple(row["person_id"] for row in list(found))


def as_seen_by(db: Database, lead: Lead, person_id: str) -> Lead:
    """The lead as *person_id* may see it: its own as it is; of one that it shares, what it asked for and how it goes.

    Who began it, where that one writes and works, and whatever it told stay hidden.
    """
    if lead.person_id == person_id:
        return lead
    return replace(
        lead,
        person_id=None,
        channel=None,
        chat=None,
        place=Place(),
        needs=_needs(db, lead.id, person_id),
        facts={},
        results=(),
        call_after=None,
        transcript_ok=False,
        campaign=None,
    )


def promote(db: Database, lead: Lead, at: datetime) -> Lead | None:
    """Makes the lead that of the first who shares it, when who began it goes; None when nobody shares it.

    Nothing that the first one told stays.
    """
    found = db.query("SELECT * FROM lead_parties WHERE lead_id = ? ORDER BY joined_at, person_id LIMIT 1", [lead.id])
    for row in list(found):
        leave(db, [row["person_id"]])
        return rows.record(
            db,
            lead,
            Event.NOTE,
            HOUSEHOLD,
            at,
            why="another_account",
            person_id=row["person_id"],
            channel=row["channel"],
            chat=row["chat"],
            needs=tuple(json.loads(row["needs"])),
            facts={},
            results=(),
            call_after=None,
            transcript_ok=False,
        )
    return None


def leave(db: Database, person_ids: Iterable[str]) -> int:
    """These persons share nothing any more; gives the rows removed."""
    return sum(db.execute("DELETE FROM lead_parties WHERE person_id = ?", [one]).rowcount for one in person_ids)


def _needs(db: Database, lead_id: int, person_id: str) -> tuple[str, ...]:
    found = db.query("SELECT needs FROM lead_parties WHERE lead_id = ? AND person_id = ?", [lead_id, person_id])
    return next((tuple(json.loads(row["needs"])) for row in list(found)), ())
