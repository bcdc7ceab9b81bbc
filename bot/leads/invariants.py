"""Finds leads that somebody dropped: each open one must have an owner, an open offer, or a named escalation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from bot.leads import offers, rows
from bot.leads.lead import Lead
from bot.leads.life import OPEN, WORKING, State


@dataclass(frozen=True, slots=True)
class Orphan:
    """A lead that nobody has, and what is wrong with it."""

    number: str
    problem: str


def orphans(db: Database) -> tuple[Orphan, ...]:
    """Every open lead that nobody has; must be empty outside a transaction."""
    found = []
    for row in list(db.query(f"{rows.LEADS} ORDER BY id")):
        lead = rows.to_lead(row)
        found += [Orphan(lead.number, problem) for problem in _problems(db, lead)]
    return tuple(found)


def _problems(db: Database, lead: Lead) -> Iterator[str]:
    offer = offers.open_offer(db, lead.id)
    if lead.state is State.SEEKING:
        yield "nobody is asked"
    if lead.state is State.OFFERED and offer is None:
        yield "offered to nobody"
    if lead.state is not State.OFFERED and offer is not None:
        yield f"an offer is open though it is {lead.state}"
    if lead.state is State.ESCALATED and not lead.escalated_to:
        yield "escalated to nobody by name"
    if lead.state in WORKING and lead.owner_id is None:
        yield f"{lead.state} without an owner"
    if lead.state in OPEN and lead.state not in WORKING and lead.owner_id is not None:
        yield f"{lead.state} with an owner"
    told = rows.history(db, lead.id)
    if not told or told[-1].to_state is not lead.state:
        yield "its history ends elsewhere"
