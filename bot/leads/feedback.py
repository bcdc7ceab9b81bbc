"""Afterwards: two questions to the household, and its answers."""

from __future__ import annotations

from sqlite_utils import Database

from bot.leads.lead import Lead
from bot.leads.life import State
from bot.leads.news import Feedback, LeadFeedbackAsked
from bot.leads.rows import update
from bot.leads.store import LeadBook
from bot.store import as_text

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


def answer_feedback(book: LeadBook, lead: Lead, question: Feedback, *, answer: bool) -> bool:
    """Keeps an answer, the last one counts; False when the household was not asked."""
    with book.store.transaction() as db:
        kept = db.execute(
            f"UPDATE lead_feedback SET {question.value} = ?, answered_at = ? WHERE lead_id = ?",  # noqa: S608  # own names
            [int(answer), as_text(book.clock.now()), lead.id],
        )
        return bool(kept.rowcount)
