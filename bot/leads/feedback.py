"""Afterwards: two questions to the household, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.leads.lead import Lead
from bot.leads.life import State
from bot.leads.news import Feedback, LeadFeedbackAsked
from bot.leads.rows import update
from bot.leads.store import LeadBook
from bot.store import as_text, from_text

TO_ASK = "SELECT id FROM leads WHERE feedback_at <= ?"
"""Leads whose household is due to be asked at a moment."""

_OVER = frozenset({State.CLOSED, State.APPROVED, State.REJECTED})


def ask_feedback(book: LeadBook, db: Database, lead_id: int) -> bool:
    """Asks the household of a lead that is over; False when it cannot be asked or has come back."""
    lead = update(db, book.get(lead_id), feedback_at=None)
    if lead.state not in _OVER or not book.dispatch.ask_household(db, lead, LeadFeedbackAsked(lead.id, lead.number)):
        return False
    db.execute(
        "INSERT OR REPLACE INTO lead_feedback (lead_id, asked_at) VALUES (?, ?)", [lead.id, as_text(book.clock.now())]
    )
    return True


@dataclass(frozen=True, slots=True)
class Answers:
    """What a household was asked afterwards, and said; None while it has not."""

    asked_at: datetime
    contacted: bool | None
    useful: bool | None


def answers_about(db: Database, lead_id: int) -> Answers | None:
    """What the household of a lead said; None when it was not asked."""
    for row in list(db.query("SELECT * FROM lead_feedback WHERE lead_id = ?", [lead_id])):
        contacted, useful = (None if row[name] is None else bool(row[name]) for name in ("contacted", "useful"))
        return Answers(from_text(row["asked_at"]), contacted, useful)
    return None


def answer_feedback(book: LeadBook, lead: Lead, question: Feedback, *, answer: bool) -> bool:
    """Keeps an answer, the last one counts; False when the household was not asked."""
    with book.store.transaction() as db:
        kept = db.execute(
            f"UPDATE lead_feedback SET {question.value} = ?, answered_at = ? WHERE lead_id = ?",  # noqa: S608  # own names
            [int(answer), as_text(book.clock.now()), lead.id],
        )
        return bool(kept.rowcount)
