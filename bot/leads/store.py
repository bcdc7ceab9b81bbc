"""Everything that can be done with leads, from every side."""

from __future__ import annotations

from bot.leads import offers, rows
from bot.leads.collaborator import Collaborator, Role
from bot.leads.core import outside_view
from bot.leads.household import HouseholdSide
from bot.leads.lead import Actor, ActorKind, Lead, Tap, TapResult
from bot.leads.life import TRANSITIONS, WORKING, Event, State
from bot.leads.news import LeadHandedOn
from bot.leads.notices import Escalated, Moved
from bot.leads.routing import area_key
from bot.leads.work import CollaboratorSide


class LeadBook(HouseholdSide, CollaboratorSide):
    """All leads; each call is one transaction, or joins the caller's, and does nothing when done a second time."""

    def hand_over(self, lead_id: int, to_id: int, actor: Actor) -> Lead:
        """Puts a lead to a named collaborator: by its owner, or by the Centre."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            was_taken = lead.state in WORKING
            offer = offers.open_offer(db, lead.id)
            if lead.owner_id == to_id or (offer is not None and offer.collaborator_id == to_id):
                return lead
            if offer is not None:
                lead = self._let_go(db, lead, actor, "hand_over")
            else:
                self._clear_cards(db, lead, Moved.RELEASED, "released")
            lead = self.dispatch.offer(db, lead, self.collaborators.get(to_id), actor, "named")
            if was_taken:
                self.dispatch.tell_household(db, lead, LeadHandedOn(lead.number, with_centre=False))
            return lead

    def pass_to(self, lead_id: int, from_id: int, to_id: int) -> TapResult:
        """Puts a lead to a named colleague: by its owner, or by the Centre whoever has it."""
        with self.store.transaction() as db:
            lead, giver = self._find(db, lead_id), self.collaborators.get(from_id)
            if lead is None or not lead.is_open:
                return TapResult(Tap.GONE, outside_view(lead) if lead else None)
            of_centre = giver.role is Role.CENTRE
            if lead.owner_id != from_id and not of_centre:
                known = offers.last_offer(db, lead_id, from_id) is not None
                return TapResult(Tap.MOVED, outside_view(lead)) if known else TapResult(Tap.GONE)
            kind = ActorKind.CENTRE if of_centre else ActorKind.COLLABORATOR
            lead = self.hand_over(lead_id, to_id, Actor(kind, str(from_id)))
            return TapResult(Tap.DONE, outside_view(lead))

    def colleagues_for(self, lead_id: int, giver_id: int, most: int = 8) -> tuple[Collaborator, ...]:
        """To whom a lead may be handed over: those of its place first, then who has least to do, then the Centre.

        Who declined it, or did not answer, comes after the others.
        """
        lead = self.get(lead_id)
        here = {area_key(name) for name in (lead.place.unit, lead.place.district) if name}
        refused = self.dispatch.refused_by(self.store.db, lead)
        candidates = [one for one in self.collaborators.candidates(self.clock.today()) if one.id != lead.owner_id]
        order = sorted(
            candidates, key=lambda one: (one.id in refused, not one.areas & here, one.load / one.capacity, one.id)
        )
        names = [self.collaborators.get(one.id) for one in order]
        everyone = (*names[:most], *self.collaborators.centre())
        return tuple(one for one in everyone if one.id != giver_id)

    def may_recall(self, lead_id: int, staff_id: int) -> bool:
        """Whether this is one of the Centre, and the lead with somebody else."""
        lead = self._find(self.store.db, lead_id)
        of_centre = self.collaborators.get(staff_id).role is Role.CENTRE
        return of_centre and lead is not None and lead.is_open and lead.state is not State.ESCALATED

    def recall(self, lead_id: int, staff_id: int) -> TapResult:
        """The Centre takes a lead back from whoever has it."""
        with self.store.transaction():
            if not self.may_recall(lead_id, staff_id):
                return TapResult(Tap.GONE)
            return TapResult(Tap.DONE, self.escalate(lead_id, Actor(ActorKind.CENTRE, str(staff_id))))

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

    def leave(self, collaborator_id: int, why: str | None = None) -> tuple[Lead, ...]:
        """Puts somebody out of service for good: what it has or is asked for goes to others, its chat gets no more cards.

        Gives the leads that moved; harmless a second time.
        """
        with self.store.transaction() as db:
            one = self.collaborators.get(collaborator_id)
            self.collaborators.set_active(one.id, active=False)
            actor, reason = Actor(ActorKind.CENTRE), f"left: {why}" if why else "left"
            held = (*self.offered_to(one.id), *self.work_of(one.id))
            moved = tuple(self._route_again(db, lead, actor, reason) for lead in held)
            if one.role is Role.CENTRE:
                for lead in self.escalated():
                    self.dispatch.end_escalation(db, lead, Moved.RELEASED)
                    self.dispatch.escalate_again(db, lead)
            self.collaborators.unlink(one.id)
            return moved
