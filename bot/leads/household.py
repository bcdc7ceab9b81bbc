"""What a household does with its lead: passes it on, adds to it, withdraws it, asks for somebody else."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads import parties, rows
from bot.leads.core import LeadCore
from bot.leads.lead import HOUSEHOLD, CloseReason, ConsentMissing, Lead, NewLead, Passed, Passing
from bot.leads.life import TRANSITIONS, WORKING, Event, State
from bot.leads.notices import Escalated, LeadContactChanged, LeadKept, LeadNeedAdded, Moved
from bot.people import Purpose


class HouseholdSide(LeadCore):
    """The household's side of the lead book."""

    def create(self, new: NewLead) -> Passed:
        """Passes a lead on: kept, put to the nearest fitting collaborator, card in the outbox, all or nothing.

        One whose lead is still under way adds to it instead, also from another account with the same phone number.
        One who began too many today is told so. ConsentMissing when the person did not agree.
        """
        if not self._people.has_consent(new.person_id, Purpose.CONTACT):
            raise ConsentMissing(f"person {new.person_id} did not agree to be contacted")
        with self.store.transaction() as db:
            standing = self.open_lead_of(new.person_id)
            if standing is not None and standing.person_id == new.person_id:
                return self._add_to(db, standing, new)
            shared = standing or self._of_same_phone(new.person_id)
            if shared is not None:
                return self._share(db, rows.load(db, shared.id), new)
            now = self.clock.now()
            today = self._begun_today(new.person_id)
            if len(today) >= self.policy.sender_limit:
                return Passed(today[0], Passing.TOO_MANY)
            tell_at = self.policy.hours.add(now, self.policy.hours.days(self.policy.household_waiting_days))
            lead = rows.insert(db, new, now, tell_at)
            return Passed(self.dispatch.seek(db, lead), Passing.NEW)

    def _of_same_phone(self, person_id: str) -> Lead | None:
        """The open lead of another account with the same phone number."""
        others = (self.open_lead_of(other) for other in self._people.sharing_phone(person_id))
        return next((lead for lead in others if lead is not None), None)

    def _begun_today(self, person_id: str) -> tuple[Lead, ...]:
        """What the sender began today, from whichever account with this phone number, newest first."""
        everyone = (person_id, *self._people.sharing_phone(person_id))
        begun = {lead.id: lead for one in everyone for lead in self.leads_of(one)}
        today = self.clock.today()
        return tuple(
            parties.as_seen_by(self.store.db, lead, person_id)
            for _, lead in sorted(begun.items(), reverse=True)
            if lead.created.astimezone(VIETNAM).date() == today
        )

    def _share(self, db: Database, lead: Lead, new: NewLead) -> Passed:
        """Another account of what seems the same household: one case, and nothing of the first one's is changed."""
        is_new = new.person_id not in parties.people_of(db, lead.id)
        parties.join(db, lead, new, self.clock.now())
        added = tuple(need for need in new.needs if need not in lead.needs)
        if added or is_new:
            why, needs = " ".join(("another_account", *added)), lead.needs + added
            lead = rows.record(db, lead, Event.ADD_NEED, HOUSEHOLD, self.clock.now(), why=why, needs=needs)
            self.tell_concerned(db, lead, LeadNeedAdded(self.dispatch.card(lead), added, another_account=True))
        seen = parties.as_seen_by(db, lead, new.person_id)
        return Passed(seen, Passing.ADDED if added or is_new else Passing.SAME)

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
            self.tell_concerned(db, lead, LeadNeedAdded(self.dispatch.card(lead), added))
        return Passed(lead, Passing.ADDED if added else Passing.SAME)

    def own_lead(self, lead_id: int, person_id: str) -> Lead | None:
        """The lead, when this person began it; None for everybody else's and for none."""
        lead = self._find(self.store.db, lead_id)
        return lead if lead is not None and lead.person_id == person_id else None

    def correct_phone(self, lead_id: int, phone: str) -> Lead:
        """The household is reached under another number (E.164) from now on; whoever has the lead hears it."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if lead.person_id is None or self._people.contact(lead.person_id).phone == phone:
                return lead
            self._people.set_phone(lead.person_id, phone)
            if lead.is_open:
                lead = rows.record(db, lead, Event.NOTE, HOUSEHOLD, self.clock.now(), why="phone")
                self.tell_concerned(db, lead, LeadContactChanged(self.dispatch.card(lead)))
            return lead

    def keep(self, lead_id: int) -> Lead:
        """The household still wants it: the silence is over, and one that was closed for it comes back."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if not lead.is_open:
                return self.reopen(lead_id)
            lead = rows.record(db, lead, Event.NOTE, HOUSEHOLD, self.clock.now(), why="still_wanted")
            self.tell_concerned(db, lead, LeadKept(self.dispatch.card(lead)))
            return lead

    def withdraw(self, lead_id: int, why: str | None = None) -> Lead:
        """The household wants it no more; harmless when it is over already. It stays for another who shares it."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if Event.WITHDRAW not in TRANSITIONS[lead.state]:
                return lead
            now = self.clock.now()
            if lead.is_open and (shared := parties.promote(db, lead, now)) is not None:
                self.show_again(db, shared)
                return shared
            self._clear_cards(db, lead, Moved.WITHDRAWN)
            return rows.record(db, lead, Event.WITHDRAW, HOUSEHOLD, now, why=why, closed_at=now, tell_household_at=None)

    def show_again(self, db: Database, lead: Lead) -> None:
        """Puts another household on the cards of a lead, and says so to whoever has it."""
        self.dispatch.show_again(db, lead)
        self.tell_concerned(db, lead, LeadContactChanged(self.dispatch.card(lead)))

    def ask_for_another(self, lead_id: int) -> Lead:
        """The household wants somebody else than who has it; who had it is not asked again."""
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if lead.state in WORKING or lead.state is State.OFFERED:
                return self._route_again(db, lead, HOUSEHOLD, "another")
            return lead

    def reopen(self, lead_id: int) -> Lead:
        """Takes a finished lead up again, everybody may be asked anew; harmless when it is under way.

        So many times a day; after that it stays as it is.
        """
        with self.store.transaction() as db:
            lead = rows.load(db, lead_id)
            if Event.REOPEN not in TRANSITIONS[lead.state]:
                return lead
            standing = self.open_lead_of(lead.person_id) if lead.person_id else None
            if standing is not None:
                return standing
            if self._reopened_today(lead.id) >= self.policy.sender_limit:
                return lead
            was_spam = lead.close_reason is CloseReason.SPAM
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
                feedback_at=None,
            )
            if was_spam:
                return self.dispatch.escalate(db, lead, HOUSEHOLD, Escalated.LOOK_FIRST)
            return self.dispatch.seek(db, lead)

    def _reopened_today(self, lead_id: int) -> int:
        today = self.clock.today()
        return sum(
            change.event == Event.REOPEN and change.at.astimezone(VIETNAM).date() == today
            for change in self.history(lead_id)
        )
