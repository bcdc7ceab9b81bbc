"""What a household does with its lead: passes it on, adds to it, withdraws it, asks for somebody else."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from bot.leads import rows
from bot.leads.collaborators import Collaborator
from bot.leads.core import LeadCore
from bot.leads.lead import HOUSEHOLD, ConsentMissing, Lead, NewLead, Passed, Passing
from bot.leads.life import TRANSITIONS, WORKING, Event, State
from bot.leads.notices import LeadNeedAdded, Moved
from bot.people import Purpose


class HouseholdSide(LeadCore):
    """The household's side of the lead book."""

    def create(self, new: NewLead) -> Passed:
        """Passes a lead on: kept, put to the nearest fitting collaborator, card in the outbox, all or nothing.

        One whose lead is still under way adds to it instead. ConsentMissing when the person did not agree.
        """
        if not self._people.has_consent(new.person_id, Purpose.CONTACT):
            raise ConsentMissing(f"person {new.person_id} did not agree to be contacted")
        with self.store.transaction() as db:
            standing = self.open_lead_of(new.person_id)
            if standing is not None:
                return self._add_to(db, standing, new)
            now = self.clock.now()
            tell_at = self.policy.hours.add(now, self.policy.hours.days(self.policy.household_waiting_days))
            lead = rows.insert(db, new, now, tell_at)
            return Passed(self.dispatch.seek(db, lead), Passing.NEW)

    def _add_to(self, db: Database, lead: Lead, new: NewLead) -> Passed:
        added = tuple(need for need in new.needs if need not in lead.needs)
        results = {result.get("programme"): result for result in (*lead.results, *new.results)}
        moved = new.place.name is not None and new.place != lead.place
        changes: dict[str, Any] = {
            "needs": lead.needs + added,
            "facts": {**lead.facts, **new.facts},
            "results": tuple(results.values()),
            "transcript_ok": lead.transcript_ok or new.transcript_ok,
            "call_after": new.call_after or lead.call_after,
        }
        if moved:
            changes |= {"unit": new.place.unit, "district": new.place.district, "province": new.place.province}
        if not added and not moved:
            return Passed(rows.update(db, lead, **changes), Passing.SAME)
        why = " ".join(added) or "place"
        lead = rows.record(db, lead, Event.ADD_NEED, HOUSEHOLD, self.clock.now(), why=why, **changes)
        if moved and lead.state in (State.OFFERED, State.ESCALATED):
            lead = self._route_again(db, lead, HOUSEHOLD, "place", ask_again=True)
        else:
            notice = LeadNeedAdded(self.dispatch.card(lead), added)
            for collaborator in self._concerned(db, lead):
                self.dispatch.tell(db, lead, collaborator, notice)
        return Passed(lead, Passing.ADDED if added else Passing.SAME)

    def _concerned(self, db: Database, lead: Lead) -> tuple[Collaborator, ...]:
        if lead.owner_id is not None:
            return (self.collaborators.get(lead.owner_id),)
        offer = rows.open_offer(db, lead.id)
        return (self.collaborators.get(offer.collaborator_id),) if offer else self.collaborators.centre()

    def withdraw(self, lead_id: int, why: str | None = None) -> Lead:
        """The household wants it no more; harmless when it is over already."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if Event.WITHDRAW not in TRANSITIONS[lead.state]:
                return lead
            self._clear_cards(db, lead, Moved.WITHDRAWN)
            now = self.clock.now()
            return rows.record(db, lead, Event.WITHDRAW, HOUSEHOLD, now, why=why, closed_at=now, tell_household_at=None)

    def ask_for_another(self, lead_id: int) -> Lead:
        """The household wants somebody else than who has it; who had it is not asked again."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if lead.state in WORKING or lead.state is State.OFFERED:
                return self._route_again(db, lead, HOUSEHOLD, "another")
            return lead

    def reopen(self, lead_id: int) -> Lead:
        """Takes a finished lead up again, everybody may be asked anew; harmless when it is under way."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if Event.REOPEN not in TRANSITIONS[lead.state]:
                return lead
            standing = self.open_lead_of(lead.person_id) if lead.person_id else None
            if standing is not None:
                return standing
            lead = rows.record(
                db,
                lead,
                Event.REOPEN,
                HOUSEHOLD,
                self.clock.now(),
                round=lead.round + 1,
                owner_id=None,
                closed_at=None,
                close_reason=None,
            )
            return self.dispatch.seek(db, lead)
