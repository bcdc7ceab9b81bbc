"""How a conversation between a household and a person of ours begins and ends, and who may have one."""

from __future__ import annotations

from sqlite_utils import Database

from bot.clock import Clock
from bot.leads import Collaborator, Lead, LeadBook, Role
from bot.messages import relays
from bot.messages.relays import Relay
from bot.outbox import enqueue, undelivered
from bot.outbox.outcomes import take_back
from bot.people import Account, People, Purpose
from bot.replies import relay as words
from bot.replies.lead_status import standing
from bot.replies.reply import Reply

_HOUSEHOLD_DEAF = "unheard"
_STAFF_DEAF = "unreachable"


class RelayLife:
    """Opens and closes such conversations, in the caller's transaction, and tells both sides."""

    def __init__(self, clock: Clock, people: People, leads: LeadBook) -> None:
        self._clock = clock
        self._people = people
        self._leads = leads

    def begin(self, db: Database, lead: Lead, one: Collaborator | None, channel: str, chat: str) -> list[Reply]:
        """Lets *one*, in this chat, talk to the household of *lead*; gives what to say to who asked for it."""
        if one is None or lead.person_id is None or not self.may(lead.id, one):
            return [words.refused()]
        theirs, mine = relays.of_person(db, lead.person_id), relays.of_staff(db, channel, chat)
        if theirs is not None and theirs.staff_id != one.id:
            return [words.busy(lead.number, self._leads.collaborators.get(theirs.staff_id))]
        account = self._way_to(lead)
        if account is None or (account.channel, account.chat) == (channel, chat):
            return [words.no_way(lead.number)]
        if theirs is None or mine is None or theirs.id != mine.id:
            for earlier in {relay.id: relay for relay in (theirs, mine) if relay is not None}.values():
                self.end(db, earlier, "replaced")
            relays.begin(db, lead, account, one, at_desk=(channel, chat), at=self._clock.now())
            self.put(db, account.channel, account.chat, lead.id, words.begun(one, lead.number))
        return [words.begun_for_staff(lead.number)]

    def _way_to(self, lead: Lead) -> Account | None:
        """Where the household reads us: where it passed the lead on, else anywhere; None when it agreed to nothing."""
        if lead.person_id is None or not self._people.has_consent(lead.person_id, Purpose.CONTACT):
            return None
        reachable = [account for account in self._people.accounts(lead.person_id) if account.reachable]
        there = [account for account in reachable if (account.channel, account.chat) == (lead.channel, lead.chat)]
        return next(iter((*there, *reversed(reachable))), None)

    def may(self, lead_id: int, one: Collaborator) -> bool:
        """Whether *one* may talk about this lead: its owner, or the Centre, while it is under way."""
        lead = self._leads.get(lead_id)
        return lead.is_open and one.active and (lead.owner_id == one.id or one.role is Role.CENTRE)

    def lost(self, db: Database, relay: Relay) -> str | None:
        """Why it must end because words do not arrive; None while they do.

        What the household did not get is taken back: later it would come from nowhere.
        """
        subject = f"lead:{relay.lead_id}"
        if unheard := undelivered(db, relay.channel, relay.chat, subject, relay.opened_at):
            take_back(db, unheard)
            return _HOUSEHOLD_DEAF
        if undelivered(db, relay.staff_channel, relay.staff_chat, subject, relay.opened_at):
            return _STAFF_DEAF
        return None

    def end(self, db: Database, relay: Relay, by: str) -> None:
        """Ends it and tells both sides; the household also hears where its case stands."""
        relays.end(db, relay, by, self._clock.now())
        lead = self._leads.get(relay.lead_id)
        one = self._leads.collaborators.get(relay.staff_id)
        self.put(db, relay.staff_channel, relay.staff_chat, lead.id, words.ended_for_staff(lead, one, by))
        if by not in ("left", _HOUSEHOLD_DEAF):
            self.put(db, relay.channel, relay.chat, lead.id, words.back(one, standing(lead)))

    def put(self, db: Database, channel: str, chat: str, lead_id: int, reply: Reply, *, key: str | None = None) -> None:
        """Tells one side something about the lead; *key* marks what must be known again."""
        enqueue(
            db, now=self._clock.now(), channel=channel, chat=chat, notice=reply, subject=f"lead:{lead_id}",
            dedupe_key=key,
        )  # fmt: skip
