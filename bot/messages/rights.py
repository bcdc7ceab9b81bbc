"""What a person may do about what it agreed to: see it, and take each consent back on its own."""

from __future__ import annotations

from sqlite_utils import Database

from bot.language import fold
from bot.leads import LeadBook
from bot.messages.incoming import Kind
from bot.messages.reception import Heard, Served
from bot.people import People, Purpose
from bot.replies import consents

_ASKS = frozenset(
    {
        "quyen cua toi",
        "du lieu cua toi",
        "xem du lieu cua toi",
        "dong y cua toi",
        "toi da dong y gi",
        "toi da dong y nhung gi",
        "rut dong y",
        "rut lai dong y",
        "rut su dong y",
    }
)
_LONGEST = 40


class RightsDesk:
    """Shows and withdraws consents; works on every channel and needs no dialogue engine."""

    def __init__(self, people: People, leads: LeadBook) -> None:
        self._people = people
        self._leads = leads

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The answer; None when the message is about something else."""
        choice = heard.choice
        if choice is not None and choice.intent == consents.WITHDRAW:
            return Served([consents.withdrawn(self._withdraw(db, heard.person, Purpose(choice.data["purpose"])))])
        asks = heard.message.kind is Kind.TEXT and choice is None
        if asks and fold(heard.message.text[:_LONGEST]).strip(" ?.!") in _ASKS:
            return Served([consents.overview(self._people.consents(heard.person))])
        return None

    def _withdraw(self, db: Database, person: str, purpose: Purpose) -> Purpose:
        self._people.withdraw_consent(person, purpose)
        lead = self._leads.open_lead_of(person)
        if lead is not None and lead.person_id == person:
            if purpose is Purpose.CONTACT:
                self._leads.withdraw(lead.id)
            elif purpose is Purpose.TRANSCRIPT:
                db.execute("UPDATE leads SET transcript_ok = 0 WHERE id = ?", [lead.id])
        return purpose
