"""What a collaborator does with a lead: takes or declines it, works on it, gives it back, closes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from bot.leads import offers, rows
from bot.leads.collaborator import Collaborator, Role
from bot.leads.core import LeadCore, outside_view
from bot.leads.lead import Actor, ActorKind, CloseReason, DeclineReason, Lead, Tap, TapResult
from bot.leads.life import OPEN, TRANSITIONS, WORKING, Event, State
from bot.leads.news import LeadEnded, LeadProgress, LeadTaken
from bot.leads.notices import Moved
from bot.store import as_text

STEPS = frozenset(
    {
        Event.CONTACT,
        Event.WAIT,
        Event.VISIT,
        Event.PREPARE,
        Event.SUBMIT,
        Event.APPROVE,
        Event.REJECT,
        Event.UNDO,
        Event.NOTE,
    }
)
"""What an owner tells about its own lead."""


_TOLD = frozenset(
    {State.WAITING, State.VISIT, State.DOSSIER, State.SUBMITTED, State.APPROVED, State.REJECTED},
)
"""States of which the household hears; of a call it knows."""


class CollaboratorSide(LeadCore):
    """The collaborator's side of the lead book."""

    def take(self, lead_id: int, collaborator_id: int) -> TapResult:
        """Takes a lead that was offered to, or escalated past, the collaborator; the household hears who will call."""
        with self.store.transaction() as db:
            lead, collaborator = self._find(db, lead_id), self.collaborators.get(collaborator_id)
            offer = offers.last_offer(db, lead_id, collaborator_id)
            if lead is None or (offer is None and collaborator.role is not Role.CENTRE):
                return TapResult(Tap.GONE)
            if lead.owner_id == collaborator_id and lead.state not in (State.CLOSED, State.WITHDRAWN):
                return TapResult(Tap.ALREADY, lead)
            if lead.state not in OPEN:
                return TapResult(Tap.GONE, outside_view(lead))
            asked = lead.state is State.OFFERED and offer is not None and offer.state == "open"
            if not asked and lead.state is not State.ESCALATED:
                return TapResult(Tap.MOVED, outside_view(lead))
            return TapResult(Tap.DONE, self._take(db, lead, collaborator, offer))

    def _take(self, db: Database, lead: Lead, collaborator: Collaborator, offer: offers.Offer | None) -> Lead:
        now, hours = self.clock.now(), self.policy.hours
        staff_card = None
        if lead.state is State.ESCALATED:
            staff_card = self.dispatch.end_escalation(db, lead, Moved.TAKEN, but=collaborator)
        if offer is None:
            offer = self._offer_of_centre(db, lead, collaborator, staff_card)
        self.dispatch.end_offer(db, offer, "taken", None)
        lead = rows.record(
            db,
            lead,
            Event.TAKE,
            Actor(ActorKind.COLLABORATOR, str(collaborator.id)),
            now,
            owner_id=collaborator.id,
            escalated_to=None,
            taken_at=lead.taken_at or now,
            remind_at=hours.add(now, hours.days(self.policy.contact_reminder_days)),
            act_by=hours.add(now, hours.days(self.policy.contact_days)),
            tell_household_at=None,
        )
        self.dispatch.show_taken(db, lead, collaborator, offer.card_id)
        self.dispatch.tell_household(
            db, lead, LeadTaken(lead.number, collaborator.name, collaborator.phone, lead.needs)
        )
        return lead

    def _offer_of_centre(self, db: Database, lead: Lead, one: Collaborator, card_id: int | None) -> offers.Offer:
        self.store.db.table("offers").insert(
            {
                "lead_id": lead.id,
                "collaborator_id": one.id,
                "round": lead.round,
                "ring": "centre",
                "offered_at": as_text(lead.state_since),
                "answer_by": as_text(self.clock.now()),
                "card_id": card_id,
            }
        )
        offer = offers.open_offer(db, lead.id)
        assert offer is not None  # noqa: S101  # inserted a line above
        return offer

    def decline(self, lead_id: int, collaborator_id: int, reason: DeclineReason, note: str | None = None) -> TapResult:
        """Declines an offer; the next collaborator is asked, or the Centre. Who is absent is asked nothing else today."""
        with self.store.transaction() as db:
            lead, offer = self._find(db, lead_id), offers.last_offer(db, lead_id, collaborator_id)
            if lead is None or offer is None:
                return TapResult(Tap.GONE)
            if offer.state == "taken" and lead.owner_id == collaborator_id:
                return TapResult(Tap.YOURS, lead)
            if offer.state != "open":
                return TapResult(Tap.ALREADY if offer.state == "declined" else Tap.MOVED, outside_view(lead))
            lead = self._decline(db, lead, offer, reason, note)
            if reason is DeclineReason.ABSENT:
                self.absent(collaborator_id, self.clock.today(), self.clock.today())
            return TapResult(Tap.DONE, outside_view(lead))

    def _decline(
        self, db: Database, lead: Lead, offer: offers.Offer, reason: DeclineReason, note: str | None = None
    ) -> Lead:
        self.dispatch.end_offer(db, offer, "declined", Moved.DECLINED, reason)
        actor = Actor(ActorKind.COLLABORATOR, str(offer.collaborator_id))
        why = f"{reason}: {note}" if note else str(reason)
        return self.dispatch.seek(db, rows.record(db, lead, Event.DECLINE, actor, self.clock.now(), why=why))

    def absent(self, collaborator_id: int, first_day: date, last_day: date) -> int:
        """Notes an absence, both days included; what the absent was asked moves on, and how much is given."""
        with self.store.transaction() as db:
            self.collaborators.away(collaborator_id, first_day, last_day)
            if not first_day <= self.clock.today() <= last_day:
                return 0
            asked = [(lead, offers.open_offer(db, lead.id)) for lead in self.offered_to(collaborator_id)]
            for lead, offer in asked:
                if offer is not None:
                    self._decline(db, lead, offer, DeclineReason.ABSENT)
            return len(asked)

    def step(
        self,
        lead_id: int,
        collaborator_id: int,
        event: Event,
        note: str | None = None,
        *,
        visit_on: date | None = None,
    ) -> TapResult:
        """Notes what the owner did (one of `STEPS`); TransitionRefused when that cannot follow on what was.

        The household hears of every step that it would not know of itself.
        """
        if event not in STEPS:
            raise ValueError(f"{event} is not a step of its own")
        with self.store.transaction() as db:
            lead, refused = self._owned(db, lead_id, collaborator_id)
            if refused is not None or lead is None:
                return refused or TapResult(Tap.GONE)
            again = TRANSITIONS[lead.state].get(event) is lead.state and visit_on in (None, lead.visit_on)
            if again and event is not Event.NOTE and note is None:
                return TapResult(Tap.ALREADY, lead)
            self._refuse_second_open(lead, event)
            was, actor = lead.state, Actor(ActorKind.COLLABORATOR, str(collaborator_id))
            values = self._values(lead, event, visit_on)
            lead = rows.record(db, lead, event, actor, self.clock.now(), why=note, **values)
            self._tell_progress(db, lead, event, was)
            if was is State.CLOSED and event is Event.UNDO:
                offer = offers.last_offer(db, lead_id, collaborator_id)
                card_id = offer.card_id if offer else None
                self.dispatch.show_taken(db, lead, self.collaborators.get(collaborator_id), card_id)
            return TapResult(Tap.DONE, lead)

    def _values(self, lead: Lead, event: Event, visit_on: date | None) -> dict[str, Any]:
        """What a step writes beside the state."""
        now = self.clock.now()
        values: dict[str, Any] = {} if visit_on is None else {"visit_on": visit_on}
        if event is Event.CONTACT and lead.contacted_at is None:
            values["contacted_at"] = now
        elif event in (Event.APPROVE, Event.REJECT):
            values["feedback_at"] = now + timedelta(days=self.policy.feedback_days)
        elif event is Event.UNDO:
            values |= {"closed_at": None, "close_reason": None, "feedback_at": None}
        return values

    def _tell_progress(self, db: Database, lead: Lead, event: Event, was: State) -> None:
        corrected = event is Event.UNDO and (was in _TOLD or was is State.CLOSED)
        moved = lead.state is not was or event is Event.VISIT
        if corrected or (moved and lead.state in _TOLD and event is not Event.UNDO):
            notice = LeadProgress(lead.number, lead.state, lead.owner_name, lead.visit_on, corrected=corrected)
            self.dispatch.tell_household(db, lead, notice)

    def close(self, lead_id: int, collaborator_id: int, reason: CloseReason, note: str | None = None) -> TapResult:
        """Ends a lead; the household hears how."""
        with self.store.transaction() as db:
            lead, refused = self._owned(db, lead_id, collaborator_id)
            if refused is not None or lead is None:
                return refused or TapResult(Tap.GONE)
            if lead.state is State.CLOSED:
                return TapResult(Tap.ALREADY, lead)
            actor = Actor(ActorKind.COLLABORATOR, str(collaborator_id))
            why = f"{reason}: {note}" if note else str(reason)
            lead = self.end(db, lead, actor, reason, why=why, moved=Moved.CLOSED)
            self.dispatch.tell_household(db, lead, LeadEnded(lead.number, reason, lead.id))
            return TapResult(Tap.DONE, lead)

    def release(self, lead_id: int, collaborator_id: int, reason: DeclineReason) -> TapResult:
        """Gives a taken lead back; the next collaborator is asked and the household hears it."""
        with self.store.transaction() as db:
            lead, refused = self._owned(db, lead_id, collaborator_id)
            if refused is not None or lead is None:
                return refused or TapResult(Tap.GONE)
            if lead.state not in WORKING:
                return TapResult(Tap.GONE, lead)
            actor = Actor(ActorKind.COLLABORATOR, str(collaborator_id))
            return TapResult(Tap.DONE, outside_view(self._route_again(db, lead, actor, reason)))
