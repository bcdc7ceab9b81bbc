"""Forgetting a household's leads: what happened is still counted, to whom it happened is gone."""

from __future__ import annotations

from sqlite_utils import Database

from bot.clock import Clock
from bot.leads import parties, rows
from bot.leads.lead import HOUSEHOLD, Lead
from bot.leads.life import Event
from bot.leads.notices import LeadMoved, Moved
from bot.leads.store import LeadBook
from bot.outbox import enqueue, erase_subject, shown_about
from bot.people import People
from bot.store import Store, as_text


class LeadErasure:
    """Anonymises a person's leads and replaces their cards in the collaborators' chats."""

    name = "leads"

    def __init__(self, store: Store, clock: Clock) -> None:
        self._clock = clock
        self._book = LeadBook(store, clock, People(store, clock))

    def erase(self, db: Database, person_id: str) -> int:
        """Empties every lead of the person; gives the rows touched. A case that another shares stays the other's."""
        touched = parties.leave(db, [person_id])
        for row in list(db.query(f"{rows.LEADS} WHERE person_id = ?", [person_id])):
            lead = rows.to_lead(row)
            shown = shown_about(db, rows.subject_of(lead.id))
            touched += 1 + erase_subject(db, rows.subject_of(lead.id))
            shared = parties.promote(db, lead, self._clock.now()) if lead.is_open else None
            # A note is in people's own words; the code of a reason, in `offers`, is not.
            db.execute("UPDATE lead_events SET why = NULL WHERE lead_id = ?", [lead.id])
            if shared is None:
                self._empty(db, lead)
            staff = {(one.channel, one.chat) for one in self._book.collaborators.all()}
            for card in shown:
                if (card.channel, card.chat) in staff:
                    enqueue(
                        db,
                        now=self._clock.now(),
                        channel=card.channel,
                        chat=card.chat,
                        notice=LeadMoved(lead.number, Moved.ERASED),
                        edits=card.id,
                    )
            if shared is not None:
                self._book.show_again(db, shared)
        return touched

    def _empty(self, db: Database, lead: Lead) -> None:
        now = self._clock.now()
        db.execute(
            "UPDATE offers SET state = 'ended', answered_at = ? WHERE lead_id = ? AND state = 'open'",
            [as_text(now), lead.id],
        )
        rows.record(
            db,
            lead,
            Event.ERASE,
            HOUSEHOLD,
            now,
            person_id=None,
            channel=None,
            chat=None,
            facts={},
            results=(),
            call_after=None,
            transcript_ok=False,
            tell_household_at=None,
        )
