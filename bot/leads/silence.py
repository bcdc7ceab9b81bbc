"""What a long silence leads to: the owner is asked, then the Centre, then the household whether it still wants it.

Days are calendar days in Vietnam since a person last did something about a lead, or since the day of the visit that
was agreed. While the household is waited for, the clock stands still. Each rung is climbed once; a movement puts the
lead back on the ground. After a long stop of the service each lead takes the highest rung that is due, and everybody
gets one message, however many leads it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads import rows
from bot.leads.agenda import item
from bot.leads.lead import SYSTEM, CloseReason, Lead
from bot.leads.life import Event, State
from bot.leads.news import LeadEnded, LeadStillWanted
from bot.leads.notices import LeadsSilent, Moved
from bot.leads.store import LeadBook
from bot.outbox import enqueue
from bot.store import as_text


class Rung(IntEnum):
    """How far a silence has led."""

    NONE = 0
    OWNER = 1
    CENTRE = 2
    HOUSEHOLD = 3


_HIGHEST = {
    State.ESCALATED: Rung.HOUSEHOLD,
    State.CONTACTED: Rung.HOUSEHOLD,
    State.VISIT: Rung.HOUSEHOLD,
    State.DOSSIER: Rung.HOUSEHOLD,
    # The authority may take its time; nothing is closed while it decides.
    State.SUBMITTED: Rung.CENTRE,
}


@dataclass(frozen=True, slots=True)
class _Silent:
    lead: Lead
    days: int
    rung: Rung


def ask_about_silence(book: LeadBook) -> int:
    """Climbs every rung that is due; gives how many leads were asked about."""
    by_rung: dict[Rung, list[_Silent]] = defaultdict(list)
    for silent in _silent(book):
        by_rung[silent.rung].append(silent)
    by_owner: dict[int | None, list[_Silent]] = defaultdict(list)
    for silent in by_rung[Rung.OWNER]:
        by_owner[silent.lead.owner_id].append(silent)
    for owner, leads in by_owner.items():
        with book.store.transaction() as db:
            _tell_staff(book, db, owner, leads)
    if by_rung[Rung.CENTRE]:
        with book.store.transaction() as db:
            _tell_staff(book, db, None, by_rung[Rung.CENTRE])
    for silent in by_rung[Rung.HOUSEHOLD]:
        with book.store.transaction() as db:
            _ask_household(book, db, silent)
    return sum(map(len, by_rung.values()))


def _silent(book: LeadBook) -> Iterator[_Silent]:
    policy, today = book.policy, book.clock.today()
    states = ", ".join(f"'{state}'" for state in _HIGHEST)
    found = book.store.db.query(
        f"SELECT id, silence FROM leads WHERE state IN ({states}) AND moved_at < ? AND silence < ? ORDER BY id",  # noqa: S608  # own names
        [as_text(book.clock.now() - timedelta(days=policy.silence_nudge_days - 1)), int(Rung.HOUSEHOLD)],
    )
    for row in list(found):
        lead = book.get(row["id"])
        days = (today - _last_movement(lead).astimezone(VIETNAM).date()).days
        due = (policy.silence_nudge_days, policy.silence_centre_days, policy.silence_ask_days)
        rung = min(_HIGHEST[lead.state], Rung(sum(days >= limit for limit in due)))
        if rung > row["silence"]:
            yield _Silent(lead, days, rung)


def _last_movement(lead: Lead) -> datetime:
    moved = lead.moved_at or lead.state_since
    return moved if lead.visit_on is None else max(moved, datetime.combine(lead.visit_on, time.min, VIETNAM))


def _tell_staff(book: LeadBook, db: Database, owner: int | None, leads: list[_Silent]) -> None:
    """One message to the owner, or without one to the Centre."""
    to_centre = leads[0].rung is Rung.CENTRE
    notice = LeadsSilent(tuple(item(each.lead, silent_days=each.days) for each in leads), to_centre=to_centre)
    for one in book.collaborators.centre() if owner is None or to_centre else (book.collaborators.get(owner),):
        enqueue(db, now=book.clock.now(), channel=one.channel, chat=one.chat, notice=notice)
    for each in leads:
        _climb(book, db, each)


def _climb(book: LeadBook, db: Database, silent: _Silent, asked_at: datetime | None = None) -> None:
    why = f"silence:{silent.days}"
    rows.record(
        db,
        silent.lead,
        Event.REMIND,
        SYSTEM,
        book.clock.now(),
        why=why,
        silence=int(silent.rung),
        asked_household_at=asked_at,
    )


def _ask_household(book: LeadBook, db: Database, silent: _Silent) -> None:
    lead = silent.lead
    asked = book.dispatch.ask_household(db, lead, LeadStillWanted(lead.id, lead.number))
    # One who cannot be asked is not taken at its silence: the lead stays with whoever has it.
    _climb(book, db, silent, book.clock.now() if asked else None)


UNANSWERED = "SELECT id FROM leads WHERE asked_household_at <= ?"
"""Leads whose household was asked before a moment and has not answered."""


def close_unanswered(book: LeadBook, db: Database, lead_id: int) -> bool:
    """Ends a lead about which the household was asked and said nothing; a word of it opens it again."""
    lead = book.get(lead_id)
    if not lead.is_open:
        rows.update(db, lead, asked_household_at=None)
        return False
    book.end(db, lead, SYSTEM, CloseReason.NO_LONGER_WANTED, why="silence", moved=Moved.CLOSED)
    book.dispatch.tell_household(
        db, lead, LeadEnded(lead.number, CloseReason.NO_LONGER_WANTED, lead.id, by_silence=True)
    )
    return True
