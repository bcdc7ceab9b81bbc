"""What waits for one person, ordered by what is due, and the morning message about it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads import offers
from bot.leads.collaborator import Collaborator, Role
from bot.leads.lead import Lead
from bot.leads.life import State
from bot.leads.notices import Item, LeadDigest
from bot.leads.store import LeadBook
from bot.outbox import enqueue
from bot.store import as_text


def item(lead: Lead, due: datetime | None = None, silent_days: int = 0) -> Item:
    """A lead as one line of a list."""
    return Item(
        lead_id=lead.id,
        number=lead.number,
        place=lead.place.name,
        state=lead.state,
        since=lead.state_since,
        due=due,
        visit_on=lead.visit_on,
        silent_days=silent_days,
        owner=lead.owner_name,
    )


def agenda(book: LeadBook, one: Collaborator) -> tuple[Item, ...]:
    """Everything that waits for *one*, what is due first; what waits for the household comes last."""
    leads = [*book.offered_to(one.id), *book.work_of(one.id)]
    if one.role is Role.CENTRE:
        leads += book.escalated()
    found = [item(lead, _due(book, lead)) for lead in leads]
    return tuple(sorted(found, key=lambda each: (each.due is None, each.due or book.clock.now(), each.lead_id)))


def _due(book: LeadBook, lead: Lead) -> datetime | None:
    if lead.state is State.WAITING:
        return None
    if lead.state is State.OFFERED:
        offer = offers.open_offer(book.store.db, lead.id)
        return offer.answer_by if offer else None
    if lead.state is State.ESCALATED:
        return book.policy.hours.add(lead.state_since, book.policy.answer_in)
    if lead.act_by is not None:
        return lead.act_by
    if lead.visit_on is not None:
        return datetime.combine(lead.visit_on, time.min, VIETNAM)
    # Silence is counted in days: no hour of that day is later than another.
    moved = (lead.moved_at or lead.state_since).astimezone(VIETNAM).date()
    return datetime.combine(moved + timedelta(days=book.policy.silence_nudge_days), time.min, VIETNAM)


def send_digests(book: LeadBook) -> int:
    """Tells everybody in service, once a morning, what is due today and what is new; gives how many were told.

    Nobody hears anything who is away, cannot be reached, or has nothing due and nothing new.
    """
    now = book.clock.now()
    today = now.astimezone(VIETNAM).date()
    morning = book.policy.hours.morning(now)
    if morning is None or not morning[0] <= now < morning[1]:
        return 0
    due = [
        row["id"]
        for row in list(
            book.store.db.query(
                "SELECT id FROM collaborators WHERE active = 1 AND reachable = 1"
                " AND coalesce(digest_on, '') < ? ORDER BY id",
                [today.isoformat()],
            )
        )
    ]
    told = 0
    for number in due:
        with book.store.transaction() as db:
            db.execute("UPDATE collaborators SET digest_on = ? WHERE id = ?", [today.isoformat(), number])
            one = book.collaborators.get(number)
            told += not book.collaborators.is_away(number, today) and _send(book, db, one, since=morning[0])
    return told


def _send(book: LeadBook, db: Database, one: Collaborator, since: datetime) -> bool:
    """What came after *since* has been seen this morning; a list of it would only repeat it."""
    now = book.clock.now()
    evening = datetime.combine(now.astimezone(VIETNAM).date(), time.max, VIETNAM)
    everything = [each for each in agenda(book, one) if each.since < since]
    new = tuple(each for each in everything if each.state in (State.OFFERED, State.ESCALATED))
    due = tuple(each for each in everything if each not in new and each.due is not None and each.due <= evening)
    if not new and not due:
        return False
    enqueue(
        db,
        now=now,
        channel=one.channel,
        chat=one.chat,
        notice=LeadDigest(due, new),
        dedupe_key=f"digest:{one.id}:{as_text(now)[:10]}",
    )
    return True
