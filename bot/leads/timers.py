"""What time itself does to leads: reminders, offers that run out, silences, questions, alerts; in working time only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlite_utils import Database

from bot.errors import BotError
from bot.leads import offers, rows
from bot.leads.agenda import send_digests
from bot.leads.alerts import send_alerts
from bot.leads.feedback import TO_ASK, ask_feedback
from bot.leads.lead import SYSTEM, Lead
from bot.leads.life import Event, State
from bot.leads.news import LeadWaiting
from bot.leads.notices import Escalated, LeadEscalated, LeadReminder, Moved, Stage
from bot.leads.silence import UNANSWERED, ask_about_silence, close_unanswered
from bot.leads.store import LeadBook
from bot.outbox import Kept, about, undeliverable
from bot.store import as_text, from_text

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look at the clock did."""

    undeliverable: int = 0
    expired: int = 0
    reminded: int = 0
    escalated: int = 0
    households_told: int = 0
    silent: int = 0
    """Leads about whose silence somebody was asked."""
    closed: int = 0
    """Leads that nobody wanted any more."""
    feedback_asked: int = 0
    digests: int = 0
    alerts: int = 0
    """Concerns about collaborators and places that the Centre was told."""


def tick(book: LeadBook) -> Ticked:
    """Does everything that is due, each thing once, each lead in a transaction of its own.

    After a long stop it does the latest due step of each lead and none of those it overtook: no flood.
    Outside working time it only passes on what could not be delivered.
    """
    now = book.clock.now()
    lost = sum(_each(book, _undelivered(book.store.db), _expire_undelivered))
    lost += sum(_each(book, _unseen_at_centre(book), _show_centre_again))
    if not book.policy.hours.is_open(now):
        return Ticked(undeliverable=lost)
    due = as_text(now)
    db = book.store.db
    given = timedelta(days=book.policy.silence_close_days)
    return Ticked(
        undeliverable=lost,
        expired=sum(_each(book, _ids(db, _EXPIRED, due), _expire)),
        escalated=sum(_each(book, _ids(db, _OVERDUE, due), _escalate)),
        reminded=sum(_each(book, _ids(db, _UNANSWERED, due), _remind_to_answer))
        + sum(_each(book, _ids(db, _UNCALLED, due), _remind_to_contact)),
        households_told=sum(_each(book, _ids(db, _UNTOLD, due), _tell_household)),
        closed=sum(_each(book, _ids(db, UNANSWERED, as_text(now - given)), close_unanswered)),
        silent=_safely(ask_about_silence, book),
        feedback_asked=sum(_each(book, _ids(db, TO_ASK, due), ask_feedback)),
        digests=_safely(send_digests, book),
        alerts=_safely(send_alerts, book),
    )


_EXPIRED = "SELECT id FROM offers WHERE state = 'open' AND answer_by <= ?"
_UNANSWERED = "SELECT id FROM offers WHERE state = 'open' AND remind_at <= ?"
_OVERDUE = "SELECT id FROM leads WHERE act_by <= ?"
_UNCALLED = "SELECT id FROM leads WHERE remind_at <= ?"
_UNTOLD = "SELECT id FROM leads WHERE tell_household_at <= ?"


def _ids(db: Database, sql: str, due: str) -> list[int]:
    return [row["id"] for row in list(db.query(f"{sql} ORDER BY id", [due]))]


def _each(book: LeadBook, ids: Iterable[int], act: Callable[[LeadBook, Database, int], bool]) -> Iterable[bool]:
    for number in ids:
        try:
            with book.store.transaction() as db:
                done = act(book, db, number)
        except BotError as error:
            # One lead that cannot go on must not hold up the timers of all others.
            log.exception("lead_timer_failed", step=act.__name__.lstrip("_"), row=number, error=type(error).__name__)
            continue
        yield done


def _safely(act: Callable[[LeadBook], int], book: LeadBook) -> int:
    try:
        return act(book)
    except BotError as error:
        # What a tap changed meanwhile is looked at again next time; the other timers go on.
        log.exception("lead_timer_failed", step=act.__name__, error=type(error).__name__)
        return 0


def _open_offer(db: Database, offer_id: int) -> dict[str, Any] | None:
    return next(iter(list(db.query("SELECT * FROM offers WHERE id = ? AND state = 'open'", [offer_id]))), None)


def _undelivered(db: Database) -> list[int]:
    cards = {
        row["card_id"]: row["id"]
        for row in list(db.query("SELECT id, card_id FROM offers WHERE state = 'open' AND card_id IS NOT NULL"))
    }
    return [cards[card] for card in sorted(undeliverable(db, sorted(cards)))]


def _expire_undelivered(book: LeadBook, db: Database, offer_id: int) -> bool:
    row = _open_offer(db, offer_id)
    if row is None:
        return False
    book.collaborators.set_reachable(row["collaborator_id"], reachable=False)
    return _pass_by(book, db, row, "undeliverable", None)


def _unseen_at_centre(book: LeadBook) -> list[int]:
    """Escalated leads of which no card will arrive."""
    db = book.store.db
    cards = {lead.id: [card.id for card in _centre_cards(db, lead)] for lead in book.escalated()}
    lost = undeliverable(db, [card for of_lead in cards.values() for card in of_lead])
    return [lead for lead, of_lead in cards.items() if of_lead and lost.issuperset(of_lead)]


def _centre_cards(db: Database, lead: Lead) -> tuple[Kept, ...]:
    return about(db, rows.subject_of(lead.id), LeadEscalated.kind)


def _show_centre_again(book: LeadBook, db: Database, lead_id: int) -> bool:
    lead = rows.load(db, lead_id)
    if lead.state is not State.ESCALATED:
        return False
    for card in _centre_cards(db, lead):
        one = book.collaborators.of_chat(card.channel, card.chat)
        if one is not None:
            book.collaborators.set_reachable(one.id, reachable=False)
    book.dispatch.escalate_again(db, lead)
    return True


def _expire(book: LeadBook, db: Database, offer_id: int) -> bool:
    row = _open_offer(db, offer_id)
    return row is not None and _pass_by(book, db, row, "silence", Moved.EXPIRED)


def _pass_by(book: LeadBook, db: Database, row: dict[str, Any], why: str, moved: Moved | None) -> bool:
    lead = rows.load(db, row["lead_id"])
    book.dispatch.end_offer(db, offers.to_offer(row), "expired", moved, why)
    lead = rows.record(db, lead, Event.EXPIRE, SYSTEM, book.clock.now(), why=why)
    book.dispatch.seek(db, lead)
    return True


def _remind_to_answer(book: LeadBook, db: Database, offer_id: int) -> bool:
    row = _open_offer(db, offer_id)
    if row is None or row["remind_at"] is None:
        return False
    db.execute("UPDATE offers SET remind_at = NULL WHERE id = ?", [offer_id])
    lead = rows.load(db, row["lead_id"])
    _remind(book, db, lead, row["collaborator_id"], Stage.ANSWER, act_by=from_text(row["answer_by"]))
    return True


def _remind_to_contact(book: LeadBook, db: Database, lead_id: int) -> bool:
    lead = rows.load(db, lead_id)
    (row,) = db.query("SELECT remind_at, act_by FROM leads WHERE id = ?", [lead_id])
    if lead.state is not State.TAKEN or lead.owner_id is None or row["remind_at"] is None:
        return False
    _remind(book, db, lead, lead.owner_id, Stage.CONTACT, act_by=from_text(row["act_by"]))
    return True


def _remind(book: LeadBook, db: Database, lead: Lead, collaborator_id: int, stage: Stage, *, act_by: datetime) -> None:
    to = book.collaborators.get(collaborator_id)
    lead = rows.record(db, lead, Event.REMIND, SYSTEM, book.clock.now(), why=stage, remind_at=None)
    book.dispatch.tell(db, lead, to, LeadReminder(lead.id, lead.number, lead.place.name, stage, act_by))


def _escalate(book: LeadBook, db: Database, lead_id: int) -> bool:
    lead = rows.load(db, lead_id)
    (row,) = db.query("SELECT act_by FROM leads WHERE id = ?", [lead_id])
    if lead.state is not State.TAKEN or row["act_by"] is None or from_text(row["act_by"]) > book.clock.now():
        return False
    book.escalate(lead_id, SYSTEM, Escalated.NOT_CONTACTED)
    return True


def _tell_household(book: LeadBook, db: Database, lead_id: int) -> bool:
    lead = rows.load(db, lead_id)
    rows.update(db, lead, tell_household_at=None)
    if lead.state not in (State.OFFERED, State.ESCALATED):
        return False
    return book.dispatch.tell_household(db, lead, LeadWaiting(lead.number, with_centre=lead.state is State.ESCALATED))
