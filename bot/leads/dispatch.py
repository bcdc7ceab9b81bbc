"""Puts a lead to somebody, takes it back from somebody, and tells those whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from bot.clock import Clock
from bot.leads import rows
from bot.leads.collaborators import STAFF_CHANNEL, Collaborator, Collaborators
from bot.leads.hours import WorkingHours
from bot.leads.lead import SYSTEM, Actor, Lead
from bot.leads.life import Event
from bot.leads.notices import Escalated, LeadCard, LeadEscalated, LeadMoved, LeadOffered, LeadYours, Moved
from bot.leads.routing import Geography, choose
from bot.outbox import about, enqueue
from bot.people import People
from bot.store import as_text

CENTRE = "Trung tâm"
"""Who has an escalated lead when no one at the Centre is known by name."""

CENTRE_CHAT = "centre"
"""The staff chat for escalated leads when no one at the Centre has an account."""

CARD_FACTS = ("legal_form", "activity", "trade_group", "product", "employees", "machine", "demonstration", "timing")
"""What a collaborator must know to decide; the other answers need the person's consent to the transcript."""


@dataclass(frozen=True, slots=True)
class LeadPolicy:
    """How long people have; each Centre sets its own."""

    hours: WorkingHours = field(default_factory=WorkingHours)
    answer_in: timedelta = timedelta(hours=8)
    """Working time to take or decline an offer; reminded at half."""
    contact_reminder_days: float = 3
    """Working days after which one who took a lead and did not call is reminded."""
    contact_days: float = 5
    """Working days after which such a lead goes to the Centre."""
    household_waiting_days: float = 2
    """Working days after which a household hears that nobody has taken its lead yet."""


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
        asked = frozenset(
            row["collaborator_id"]
            for row in list(
                db.query(
                    "SELECT collaborator_id FROM offers WHERE lead_id = ? AND round = ?"
                    " AND state IN ('declined', 'expired', 'released')",
                    [lead.id, lead.round],
                )
            )
        )
        candidates = self._collaborators.candidates(self._clock.today())
        pick = choose(lead.place, lead.needs, candidates, self._geography, asked)
        if pick is None:
            why = Escalated.NOBODY_LEFT if asked else Escalated.NOBODY_THERE
            return self.escalate(db, lead, SYSTEM, why)
        return self.offer(db, lead, self._collaborators.get(pick.collaborator_id), SYSTEM, pick.ring)

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
        card_id = self._send(
            db, lead, to.channel, to.chat, LeadOffered(self.card(lead), answer_by), key=f"offer:{offer_id}"
        )
        db.execute("UPDATE offers SET card_id = ? WHERE id = ?", [card_id, offer_id])
        return lead

    def escalate(self, db: Database, lead: Lead, actor: Actor, why: Escalated) -> Lead:
        """Puts a lead to the Centre by name, and tells everybody in service there."""
        staff = self._collaborators.centre()
        names = ", ".join(one.name for one in staff) or CENTRE
        lead = rows.record(
            db, lead, Event.ESCALATE, actor, self._clock.now(), why=why, owner_id=None, escalated_to=names
        )
        notice = LeadEscalated(self.card(lead), why)
        for channel, chat in [(one.channel, one.chat) for one in staff] or [(STAFF_CHANNEL, CENTRE_CHAT)]:
            self._send(db, lead, channel, chat, notice)
        return lead

    def end_offer(
        self, db: Database, offer: rows.Offer, state: str, why: Moved | None, reason: str | None = None
    ) -> None:
        """Closes an offer; its card is replaced by *why* it moved, so that nothing personal stays readable."""
        db.execute(
            "UPDATE offers SET state = ?, reason = ?, answered_at = ? WHERE id = ?",
            [state, reason, as_text(self._clock.now()), offer.id],
        )
        if why is not None and offer.card_id is not None:
            to = self._collaborators.get(offer.collaborator_id)
            notice = LeadMoved(rows.number_of(offer.lead_id), why)
            self._send_about(db, offer.lead_id, to.channel, to.chat, notice, edits=offer.card_id)

    def take_from_owner(self, db: Database, lead: Lead, state: str, why: Moved, reason: str | None = None) -> None:
        """Closes whatever offer of this round is open or taken, and replaces that card."""
        held = "SELECT * FROM offers WHERE lead_id = ? AND round = ? AND state IN ('open', 'taken')"
        for row in list(db.query(held, [lead.id, lead.round])):
            self.end_offer(db, rows.to_offer(row), state, why, reason)

    def end_escalation(self, db: Database, lead: Lead, why: Moved, but: Collaborator | None = None) -> int | None:
        """Replaces the Centre's cards; gives the id of the card of *but*, which is left as it is."""
        kept = None
        for card in about(db, rows.subject_of(lead.id), LeadEscalated.kind):
            if but is not None and (card.channel, card.chat) == (but.channel, but.chat):
                kept = card.id
            else:
                self._send(
                    db,
                    lead,
                    card.channel,
                    card.chat,
                    LeadMoved(lead.number, why),
                    edits=card.id,
                    key=f"ended:{card.id}",
                )
        return kept

    def show_taken(self, db: Database, lead: Lead, to: Collaborator, card_id: int | None) -> None:
        """Replaces the card of the collaborator who took the lead by one with the next steps."""
        act_by = self._policy.hours.add(self._clock.now(), self._policy.hours.days(self._policy.contact_days))
        self._send(db, lead, to.channel, to.chat, LeadYours(self.card(lead), act_by), edits=card_id)

    def tell(self, db: Database, lead: Lead, to: Collaborator, notice: Any) -> None:
        """Tells a collaborator something about a lead."""
        self._send(db, lead, to.channel, to.chat, notice)

    def tell_household(self, db: Database, lead: Lead, notice: Any) -> bool:
        """Tells the household where it passed the lead on, or wherever else it can be reached; False when nowhere."""
        if lead.person_id is None:
            return False
        reachable = [account for account in self._people.accounts(lead.person_id) if account.reachable]
        there = [account for account in reachable if (account.channel, account.chat) == (lead.channel, lead.chat)]
        for account in there or reachable:
            self._send(db, lead, account.channel, account.chat, notice)
        return bool(reachable)

    def _send(
        self,
        db: Database,
        lead: Lead,
        channel: str,
        chat: str,
        notice: Any,
        *,
        edits: int | None = None,
        key: str | None = None,
    ) -> int:
        return self._send_about(db, lead.id, channel, chat, notice, edits=edits, key=key)

    def _send_about(
        self,
        db: Database,
        lead_id: int,
        channel: str,
        chat: str,
        notice: Any,
        *,
        edits: int | None = None,
        key: str | None = None,
    ) -> int:
        return enqueue(
            db,
            now=self._clock.now(),
            channel=channel,
            chat=chat,
            notice=notice,
            subject=rows.subject_of(lead_id),
            edits=edits,
            dedupe_key=None if key is None else f"lead:{lead_id}:{key}",
        )
