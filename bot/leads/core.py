"""What every side of the lead book shares: reading leads, and letting go of the cards that were sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from bot.clock import Clock
from bot.errors import TransitionRefused
from bot.leads import offers, parties, rows
from bot.leads.collaborator import Collaborator, Role
from bot.leads.collaborators import Collaborators
from bot.leads.dispatch import Dispatch
from bot.leads.lead import Actor, ActorKind, CloseReason, Lead, Tap, TapResult
from bot.leads.life import OPEN, TRANSITIONS, WORKING, Event, State
from bot.leads.news import LeadHandedOn
from bot.leads.notices import LeadEscalated, LeadOffered, Moved
from bot.leads.policy import LeadPolicy
from bot.leads.routing import Flat, Geography
from bot.people import People
from bot.store import Store


class LeadCore:
    """Reads leads, and routes them again; its subclasses are the sides from which things happen to them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        *,
        geography: Geography | None = None,
        policy: LeadPolicy | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.policy = policy or LeadPolicy()
        self.collaborators = Collaborators(store, clock)
        self.dispatch = Dispatch(clock, people, self.collaborators, geography or Flat(), self.policy)
        self._people = people

    # -- reading ---------------------------------------------------------------------------------------------------

    def get(self, lead_id: int) -> Lead:
        """One by id; KeyError when there is none."""
        return rows.load(self.store.db, lead_id)

    def history(self, lead_id: int) -> tuple[rows.Change, ...]:
        """All that happened to a lead, in order."""
        return rows.history(self.store.db, lead_id)

    def notes(self, lead_id: int) -> tuple[str, ...]:
        """What those who had the lead noted about it, in order."""
        staff = (ActorKind.COLLABORATOR, ActorKind.CENTRE)
        return tuple(
            change.why
            for change in self.history(lead_id)
            if change.event == Event.NOTE and change.why and change.actor.kind in staff
        )

    def leads_of(self, person_id: str) -> tuple[Lead, ...]:
        """A person's leads, newest first; of one that another account began, only what this person asked for."""
        own = self._select("person_id = ?", person_id)
        shared = self._select("id IN (SELECT lead_id FROM lead_parties WHERE person_id = ?)", person_id)
        seen = tuple(parties.as_seen_by(self.store.db, lead, person_id) for lead in shared)
        return tuple(sorted((*own, *seen), key=lambda lead: -lead.id))

    def open_lead_of(self, person_id: str) -> Lead | None:
        """The person's lead that is under way; there is at most one."""
        return next((lead for lead in self.leads_of(person_id) if lead.is_open), None)

    def work_of(self, collaborator_id: int) -> tuple[Lead, ...]:
        """What a collaborator has taken and not finished, what has waited longest first."""
        states = ", ".join(f"'{state}'" for state in sorted(WORKING))
        return self._select(f"owner_id = ? AND state IN ({states}) ORDER BY state_since, id", collaborator_id)

    def offered_to(self, collaborator_id: int) -> tuple[Lead, ...]:
        """What a collaborator is asked to take, what is due first."""
        return self._select(
            "id IN (SELECT lead_id FROM offers WHERE collaborator_id = ? AND state = 'open') ORDER BY state_since, id",
            collaborator_id,
        )

    def escalated(self) -> tuple[Lead, ...]:
        """What the Centre has on its own table, oldest first."""
        return self._select("state = ? ORDER BY state_since, id", State.ESCALATED)

    def readable(self, lead_id: int, collaborator_id: int) -> Lead | None:
        """The lead with all its answers, for one who has it or is asked for it, where the person agreed; else None."""
        lead = self._find(self.store.db, lead_id)
        if lead is None or not lead.transcript_ok:
            return None
        offer = offers.open_offer(self.store.db, lead_id)
        asked = offer is not None and offer.collaborator_id == collaborator_id
        at_centre = lead.state is State.ESCALATED and self.collaborators.get(collaborator_id).role is Role.CENTRE
        return lead if asked or at_centre or lead.owner_id == collaborator_id else None

    def asked_about(self, lead_id: int, one: Collaborator) -> LeadOffered | LeadEscalated | None:
        """The card of a lead that *one* is asked to take, as it is now; None of any other."""
        db, lead = self.store.db, self._find(self.store.db, lead_id)
        if lead is None:
            return None
        offer = offers.open_offer(db, lead_id)
        if offer is not None and offer.collaborator_id == one.id:
            return LeadOffered(self.dispatch.card(lead), offer.answer_by)
        if lead.state is State.ESCALATED and one.role is Role.CENTRE:
            return LeadEscalated(self.dispatch.card(lead), self.dispatch.why_escalated(db, lead))
        return None

    def under_way_for_centre(self, lead_id: int, one: Collaborator) -> Lead | None:
        """A lead under way, whoever has it, for somebody of the Centre; None for anybody else."""
        lead = self._find(self.store.db, lead_id)
        return lead if lead is not None and lead.is_open and one.role is Role.CENTRE else None

    def _select(self, condition: str, value: object) -> tuple[Lead, ...]:
        sql = f"{rows.LEADS} WHERE {condition}"  # own text
        return tuple(rows.to_lead(row) for row in list(self.store.db.query(sql, [value])))

    # -- for the sides ---------------------------------------------------------------------------------------------

    def _find(self, db: Database, lead_id: int) -> Lead | None:
        try:
            lead = rows.load(db, lead_id)
        except KeyError:
            return None
        return None if lead.state is State.ERASED else lead

    def _owned(self, db: Database, lead_id: int, collaborator_id: int) -> tuple[Lead | None, TapResult | None]:
        lead = self._find(db, lead_id)
        if lead is None or offers.last_offer(db, lead_id, collaborator_id) is None:
            return None, TapResult(Tap.GONE)
        if lead.owner_id != collaborator_id:
            return lead, TapResult(Tap.MOVED if lead.is_open else Tap.GONE, outside_view(lead))
        return lead, None

    def _route_again(self, db: Database, lead: Lead, actor: Actor, why: str, *, ask_again: bool = False) -> Lead:
        was_taken = lead.state in WORKING
        lead = self.dispatch.seek(db, self._let_go(db, lead, actor, why, ask_again=ask_again))
        if was_taken:
            self.dispatch.tell_household(db, lead, LeadHandedOn(lead.number, with_centre=lead.state is State.ESCALATED))
        return lead

    def _let_go(self, db: Database, lead: Lead, actor: Actor, why: str, *, ask_again: bool = False) -> Lead:
        self._clear_cards(db, lead, Moved.RELEASED, "ended" if ask_again else "released")
        now = self.clock.now()
        return rows.record(db, lead, Event.RELEASE, actor, now, why=why, owner_id=None, escalated_to=None)

    def _clear_cards(self, db: Database, lead: Lead, why: Moved, offers_are: str = "ended") -> None:
        self.dispatch.take_from_owner(db, lead, offers_are, why)
        if lead.state is State.ESCALATED:
            self.dispatch.end_escalation(db, lead, why)

    def end(self, db: Database, lead: Lead, actor: Actor, reason: CloseReason, *, why: str, moved: Moved) -> Lead:
        """Ends a lead for *reason*; the cards are replaced, and the household is asked some days later."""
        self._clear_cards(db, lead, moved, "taken")
        now = self.clock.now()
        ask_at = None if reason is CloseReason.SPAM else now + timedelta(days=self.policy.feedback_days)
        return rows.record(
            db, lead, Event.CLOSE, actor, now, why=why, close_reason=reason, closed_at=now, feedback_at=ask_at
        )

    def _concerned(self, db: Database, lead: Lead) -> tuple[Collaborator, ...]:
        """Who has the lead or is asked for it."""
        if lead.owner_id is not None:
            return (self.collaborators.get(lead.owner_id),)
        offer = offers.open_offer(db, lead.id)
        return (self.collaborators.get(offer.collaborator_id),) if offer else self.collaborators.centre()

    def tell_concerned(self, db: Database, lead: Lead, notice: Any) -> None:
        """Tells whoever has the lead or is asked for it."""
        for one in self._concerned(db, lead):
            self.dispatch.tell(db, lead, one, notice)

    def _refuse_second_open(self, lead: Lead, event: Event) -> None:
        """Keeps a finished lead from coming back while its household has another under way."""
        comes_back = lead.state not in OPEN and TRANSITIONS[lead.state].get(event) in OPEN
        if comes_back and lead.person_id is not None and self.open_lead_of(lead.person_id) is not None:
            raise TransitionRefused(f"the household of lead {lead.id} has another lead under way")


def outside_view(lead: Lead) -> Lead:
    """The lead as one may see it who does not have it: nothing about the household."""
    return replace(lead, person_id=None, channel=None, chat=None, facts={}, results=(), call_after=None)
