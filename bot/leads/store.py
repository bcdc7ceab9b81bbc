"""Everything that can be done with leads, from every side."""

from __future__ import annotations

from bot.leads import rows
from bot.leads.household import HouseholdSide
from bot.leads.lead import Actor, Lead
from bot.leads.life import TRANSITIONS, WORKING, Event
from bot.leads.notices import Escalated, LeadHandedOn, Moved
from bot.leads.work import CollaboratorSide


class LeadBook(HouseholdSide, CollaboratorSide):
    """All leads; each call is one transaction, or joins the caller's, and does nothing when done a second time."""

    def hand_over(self, lead_id: int, to_id: int, actor: Actor) -> Lead:
        """Puts a lead to a named collaborator: by its owner, or by the Centre."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            offer = rows.open_offer(db, lead.id)
            if lead.owner_id == to_id or (offer is not None and offer.collaborator_id == to_id):
                return lead
            if offer is not None:
                lead = self._let_go(db, lead, actor, "hand_over")
            else:
                self._clear_cards(db, lead, Moved.RELEASED, "released")
            return self.dispatch.offer(db, lead, self.collaborators.get(to_id), actor, "named")

    def escalate(self, lead_id: int, actor: Actor, why: Escalated = Escalated.ASKED) -> Lead:
        """Passes a lead to the Centre; harmless when it is there or over."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if Event.ESCALATE not in TRANSITIONS[lead.state]:
                return lead
            was_taken = lead.state in WORKING
            self._clear_cards(db, lead, Moved.CENTRE)
            lead = self.dispatch.escalate(db, lead, actor, why)
            if was_taken:
                self.dispatch.tell_household(db, lead, LeadHandedOn(lead.number, with_centre=True))
            return lead
