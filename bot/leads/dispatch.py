"""Puts a lead to somebody, takes it back from somebody, and tells those whom it concerns."""

from __future__ import annotations

from typing import Any, Protocol

from sqlite_utils import Database

from bot.clock import Clock
from bot.leads import offers, parties, rows
from bot.leads.collaborator import Collaborator
from bot.leads.collaborators import Collaborators
from bot.leads.lead import SYSTEM, Actor, CloseReason, Lead
from bot.leads.life import Event
from bot.leads.notices import Escalated, LeadCard, LeadEscalated, LeadMoved, LeadOffered, LeadYours, Moved
from bot.leads.policy import LeadPolicy
from bot.leads.routing import Geography, choose
from bot.outbox import about, enqueue
from bot.people import People
from bot.store import as_text

CARD_FACTS = ("legal_form", "activity", "trade_group", "product", "employees", "machine", "demonstration", "timing")
"""What a collaborator must know to decide; the other answers need the person's consent to the transcript."""


class Addressee(Protocol):
    """Whatever says in which chat somebody is."""

    @property
    def channel(self) -> str:
        """The channel's name."""
        ...

    @property
    def chat(self) -> str:
        """The channel's own id of the chat."""
        ...


class Dispatch:
    """The moves of a lead between people; every call runs inside the caller's transaction."""

    def __init__(
        self, clock: Clock, people: People, collaborators: Collaborators, geography: Geography, policy: LeadPolicy
    ) -> None:
        self._clock = clock
        self._people = people
        self._collaborators = collaborators
        self._geography = geography
        self._policy = policy

    def card(self, lead: Lead) -> LeadCard:
        """What a collaborator sees of the lead."""
        contact = self._people.contact(lead.person_id) if lead.person_id else None
        return LeadCard(
            lead_id=lead.id,
            number=lead.number,
            place=lead.place.name,
            needs=lead.needs,
            facts={name: value for name, value in lead.facts.items() if name.split(".")[0] in CARD_FACTS},
            results=tuple(dict(result) for result in lead.results),
            name=contact.name if contact else None,
            phone=contact.phone if contact else None,
            call_after=lead.call_after,
            transcript_ok=lead.transcript_ok,
        )

    def seek(self, db: Database, lead: Lead) -> Lead:
        """Puts a lead that nobody has to the next collaborator, or to the Centre when nobody is left."""
        if self._marked(db, lead):
            return self.escalate(db, lead, SYSTEM, Escalated.LOOK_FIRST)
        asked = self.refused_by(db, lead)
        candidates = self._collaborators.candidates(self._clock.today())
        pick = choose(lead.place, lead.needs, candidates, self._geography, asked)
        if pick is None:
            why = Escalated.NOBODY_LEFT if asked else Escalated.NOBODY_THERE
            return self.escalate(db, lead, SYSTEM, why)
        return self.offer(db, lead, self._collaborators.get(pick.collaborator_id), SYSTEM, pick.ring)

    def refused_by(self, db: Database, lead: Lead) -> frozenset[int]:
        """Who declined the lead in this round, let it run out, or gave it back."""
        found = db.query(
            "SELECT collaborator_id FROM offers WHERE lead_id = ? AND round = ?"
            " AND state IN ('declined', 'expired', 'released')",
            [lead.id, lead.round],
        )
        return frozenset(row["collaborator_id"] for row in list(found))

    def _marked(self, db: Database, lead: Lead) -> bool:
        """Whether the last lead of this sender that ended, from whichever account with its phone, was spam."""
        if lead.person_id is None:
            return False
        everyone = (lead.person_id, *self._people.sharing_phone(lead.person_id))
        marks = ", ".join("?" * len(everyone))
        ended = db.query(
            f"SELECT close_reason FROM leads WHERE person_id IN ({marks}) AND closed_at IS NOT NULL AND id != ?"  # noqa: S608  # own marks
            " ORDER BY closed_at DESC, id DESC LIMIT 1",
            [*everyone, lead.id],
        )
        return any(row["close_reason"] == CloseReason.SPAM for row in list(ended))

    def offer(self, db: Database, lead: Lead, to: Collaborator, actor: Actor, ring: str) -> Lead:
        """Asks *to*, until the time that the policy gives."""
        now = self._clock.now()
        hours, answer_in = self._policy.hours, self._policy.answer_in
        answer_by = hours.add(now, answer_in)
        lead = rows.record(db, lead, Event.OFFER, actor, now, why=f"collaborator:{to.id}", owner_id=None)
        offer_id = db.execute(
            "INSERT INTO offers (lead_id, collaborator_id, round, ring, offered_at, remind_at, answer_by)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                lead.id,
                to.id,
                lead.round,
                ring,
                as_text(now),
                as_text(hours.add(now, answer_in / 2)),
                as_text(answer_by),
            ],
        ).lastrowid
        card_id = self._send(db, lead.id, to, LeadOffered(self.card(lead), answer_by), key=f"offer:{offer_id}")
        db.execute("UPDATE offers SET card_id = ? WHERE id = ?", [card_id, offer_id])
        return lead

    def escalate(self, db: Database, lead: Lead, actor: Actor, why: Escalated) -> Lead:
        """Puts a lead to the Centre by name, and tells everybody in service there."""
        lead = rows.record(
            db, lead, Event.ESCALATE, actor, self._clock.now(), why=why, owner_id=None, escalated_to=self._centre()
        )
        self._show_centre(db, lead, why)
        return lead

    def escalate_again(self, db: Database, lead: Lead) -> None:
        """Shows a lead to whoever at the Centre can be reached, after nobody there got its card."""
        self._show_centre(db, rows.update(db, lead, escalated_to=self._centre()), self.why_escalated(db, lead))

    def why_escalated(self, db: Database, lead: Lead) -> Escalated:
        """Why a lead lies with the Centre."""
        why = next(change.why for change in reversed(rows.history(db, lead.id)) if change.event == Event.ESCALATE)
        return Escalated(why or Escalated.ASKED)  # an erasure leaves no reason

    def _centre(self) -> str:
        return ", ".join(one.name for one in self._collaborators.centre())

    def _show_centre(self, db: Database, lead: Lead, why: Escalated) -> None:
        notice = LeadEscalated(self.card(lead), why)
        for one in self._collaborators.centre():
            self._send(db, lead.id, one, notice)

    def end_offer(
        self, db: Database, offer: offers.Offer, state: str, why: Moved | None, reason: str | None = None
    ) -> None:
        """Closes an offer; its card is replaced by *why* it moved, so that nothing personal stays readable."""
        db.execute(
            "UPDATE offers SET state = ?, reason = ?, answered_at = ? WHERE id = ?",
            [state, reason, as_text(self._clock.now()), offer.id],
        )
        if why is not None and offer.card_id is not None:
            to = self._collaborators.get(offer.collaborator_id)
            notice = LeadMoved(rows.number_of(offer.lead_id), why)
            self._send(db, offer.lead_id, to, notice, edits=offer.card_id)

    def take_from_owner(self, db: Database, lead: Lead, state: str, why: Moved, reason: str | None = None) -> None:
        """Closes whatever offer of this round is open or taken, and replaces that card."""
        held = "SELECT * FROM offers WHERE lead_id = ? AND round = ? AND state IN ('open', 'taken')"
        for row in list(db.query(held, [lead.id, lead.round])):
            self.end_offer(db, offers.to_offer(row), state, why, reason)

    def end_escalation(self, db: Database, lead: Lead, why: Moved, but: Collaborator | None = None) -> int | None:
        """Replaces the Centre's cards; gives the id of the card of *but*, which is left as it is."""
        kept = None
        for card in about(db, rows.subject_of(lead.id), LeadEscalated.kind):
            if but is not None and (card.channel, card.chat) == (but.channel, but.chat):
                kept = card.id
            else:
                moved = LeadMoved(lead.number, why)
                self._send(db, lead.id, card, moved, edits=card.id, key=f"ended:{card.id}")
        return kept

    def show_taken(self, db: Database, lead: Lead, to: Collaborator, card_id: int | None) -> None:
        """Replaces the card of the collaborator who took the lead by one with the next steps."""
        act_by = self._policy.hours.add(self._clock.now(), self._policy.hours.days(self._policy.contact_days))
        self._send(db, lead.id, to, LeadYours(self.card(lead), act_by), edits=card_id)

    def show_again(self, db: Database, lead: Lead) -> None:
        """Replaces every card of the lead that stands by one of what it is now."""
        offer = offers.open_offer(db, lead.id)
        if lead.owner_id is not None:
            taken = offers.last_offer(db, lead.id, lead.owner_id)
            self.show_taken(db, lead, self._collaborators.get(lead.owner_id), taken.card_id if taken else None)
        elif offer is not None:
            notice = LeadOffered(self.card(lead), offer.answer_by)
            self._send(db, lead.id, self._collaborators.get(offer.collaborator_id), notice, edits=offer.card_id)
        else:
            self.end_escalation(db, lead, Moved.RELEASED)
            self.escalate_again(db, lead)

    def tell(self, db: Database, lead: Lead, to: Collaborator, notice: Any) -> None:
        """Tells a collaborator something about a lead."""
        self._send(db, lead.id, to, notice)

    def tell_household(self, db: Database, lead: Lead, notice: Any) -> bool:
        """Tells the household, on every account that shares the case; False when who began it cannot be reached."""
        for person in parties.people_of(db, lead.id):
            for account in self._people.accounts(person):
                if account.reachable:
                    self._send(db, lead.id, account, notice)
        return self.ask_household(db, lead, notice)

    def ask_household(self, db: Database, lead: Lead, notice: Any) -> bool:
        """Tells who began the lead, there or wherever else it can be reached; False when nowhere."""
        if lead.person_id is None:
            return False
        reachable = [account for account in self._people.accounts(lead.person_id) if account.reachable]
        there = [account for account in reachable if (account.channel, account.chat) == (lead.channel, lead.chat)]
        for account in there or reachable:
            self._send(db, lead.id, account, notice)
        return bool(reachable)

    def _send(
        self,
        db: Database,
        lead_id: int,
        to: Addressee,
        notice: Any,
        *,
        edits: int | None = None,
        key: str | None = None,
    ) -> int:
        return enqueue(
            db,
            now=self._clock.now(),
            channel=to.channel,
            chat=to.chat,
            notice=notice,
            subject=rows.subject_of(lead_id),
            edits=edits,
            dedupe_key=None if key is None else f"lead:{lead_id}:{key}",
        )
