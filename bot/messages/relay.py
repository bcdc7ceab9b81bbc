"""A collaborator or the Centre answers in the household's own chat, through the bot, which keeps quiet meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlite_utils import Database

from bot.clock import Clock
from bot.language import fold
from bot.leads import Collaborator, Lead, LeadBook
from bot.messages import relays
from bot.messages.desk_words import read_desk_words
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.reception import LONGEST_TEXT, Heard, Served
from bot.messages.relay_life import RelayLife
from bot.messages.relays import Relay
from bot.messages.transcript import transcript
from bot.people import People, Purpose
from bot.replies import relay as words
from bot.replies.reply import Choice, Reply
from bot.store import Store

OPEN, TRANSCRIPT = "relay_open", "relay_transcript"
_SHOWN = 20
"""Messages of a conversation that are shown to who may read it."""
_STOP = frozenset({"ket thuc", "ket thuc tro chuyen", "dung tro chuyen"})
# One's rights do not wait for anybody: these go to the bot, and the conversation with the person ends.
_RIGHTS = re.compile(
    r"\bxoa (het |toan bo |giup |gium )*(du lieu|thong tin)\b|\b(ngung|dung|khong) (nhan|gui) tin\b|\bquyen cua toi\b"
    r"|\brut (lai )?(su )?dong y\b"
)


class RelayDesk:
    """Carries words between a household and a person of ours; every part of it is a row, so a restart changes nothing."""

    def __init__(
        self, store: Store, clock: Clock, people: People, leads: LeadBook, quiet: timedelta = timedelta(hours=2)
    ) -> None:
        """After *quiet* without a word from either side the bot answers again."""
        self._store = store
        self._clock = clock
        self._people = people
        self._leads = leads
        self._quiet = quiet
        self._life = RelayLife(clock, people, leads)

    # -- the turn --------------------------------------------------------------------------------------------------

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """Carries the message over, or begins or ends it; None when nobody talks here."""
        message, choice = heard.message, heard.choice
        if choice is not None and self.answers(choice):
            return self.press(message.channel, message.chat, choice)
        mine = relays.of_staff(db, message.channel, message.chat)
        if mine is not None and message.kind is Kind.MEDIA:
            return Served([words.only_words_from_staff()])
        if mine is not None or message.reply_to is not None:
            served = self._from_staff(db, heard, mine)
            if served is not None:
                return served
        theirs = relays.of_person(db, heard.person)
        return None if theirs is None else self._from_household(db, heard, theirs)

    def answers(self, choice: Choice) -> bool:
        """Whether *choice* is one of its own."""
        return choice.intent in {OPEN, TRANSCRIPT, words.END}

    def press(self, channel: str, chat: str, choice: Choice) -> Served:
        """The effect of one of its own buttons."""
        with self._store.transaction() as db:
            if choice.intent == words.END:
                return self._end_pressed(db, channel, chat)
            lead = self._leads.get(choice.data["lead"])
            one = self._leads.collaborators.of_chat(channel, chat)
            about = f"lead:{lead.id}"
            if choice.intent == TRANSCRIPT:
                return Served([self._transcript(db, lead, one)], about)
            return Served(self._life.begin(db, lead, one, channel, chat), about)

    def says(self, channel: str, chat: str, text: str) -> bool:
        """Carries over what was typed on the staff page; False when nobody is being talked to from there."""
        with self._store.transaction() as db:
            mine = relays.of_staff(db, channel, chat)
            return mine is not None and self._carry(db, mine, text)

    def open_at(self, channel: str, chat: str) -> bool:
        """Whether somebody is being talked to from this staff chat."""
        return relays.of_staff(self._store.db, channel, chat) is not None

    def tick(self) -> bool:
        """Ends what has been silent for too long, and what the person has no part in any more."""
        ended = False
        with self._store.transaction() as db:
            for relay in relays.all_open(db):
                if not self._life.may(relay.lead_id, self._leads.collaborators.get(relay.staff_id)):
                    self._life.end(db, relay, "moved")
                elif (lost := self._life.lost(db, relay)) is not None:
                    self._life.end(db, relay, lost)
                elif relay.last_at + self._quiet <= self._clock.now():
                    self._life.end(db, relay, "silence")
                else:
                    continue
                ended = True
        return ended

    def _end_pressed(self, db: Database, channel: str, chat: str) -> Served:
        mine = relays.of_staff(db, channel, chat)
        person = self._people.known(channel, chat)
        relay = mine or (relays.of_person(db, person) if person is not None else None)
        if relay is not None:
            self._life.end(db, relay, "staff" if mine is not None else "household")
        return Served([])

    # -- carrying --------------------------------------------------------------------------------------------------

    def _from_staff(self, db: Database, heard: Heard, mine: Relay | None) -> Served | None:
        message = heard.message
        if message.kind is not Kind.TEXT or heard.choice is not None or len(message.text) > LONGEST_TEXT:
            return None
        if message.reply_to is not None:
            answered = relays.forwarded(db, message.channel, message.chat, message.reply_to)
            if answered is None:
                return None  # a reply to a card is a note
            if mine is None or mine.lead_id != answered:
                return self._answer_later(db, message, answered)
        if mine is None or read_desk_words(message.text, self._clock.today()) is not None:
            return None
        if fold(message.text).strip() in _STOP:
            return self._end_pressed(db, message.channel, message.chat)
        return Served([], f"lead:{mine.lead_id}", keep_words=False) if self._carry(db, mine, message.text) else None

    def _answer_later(self, db: Database, message: IncomingMessage, lead_id: int) -> Served:
        """A reply to what the household said in an earlier conversation begins a new one with these words."""
        began = self.press(message.channel, message.chat, Choice("", OPEN, {"lead": lead_id}))
        mine = relays.of_staff(db, message.channel, message.chat)
        if mine is not None and mine.lead_id == lead_id:
            self._carry(db, mine, message.text)
        return Served(began.replies, began.subject, keep_words=False)

    def _carry(self, db: Database, relay: Relay, text: str) -> bool:
        one = self._leads.collaborators.get(relay.staff_id)
        if not self._life.may(relay.lead_id, one):
            self._life.end(db, relay, "moved")
            return True
        if text.strip():
            self._life.put(db, relay.channel, relay.chat, relay.lead_id, words.said_by_staff(one, text.strip()))
            relays.touch(db, relay, (relay.channel, relay.chat), self._clock.now())
        return True

    def _from_household(self, db: Database, heard: Heard, relay: Relay) -> Served | None:
        message = heard.message
        one = self._leads.collaborators.get(relay.staff_id)
        by = self._why_ended(heard, relay, one)
        if by is not None:
            self._life.end(db, relay, by)
            return Served([]) if by == "household" and fold(message.text).strip() in _STOP else None
        if message.kind is Kind.BUTTON:
            return None if _about_own_case(heard.choice) else Served([words.somebody_talks(one)])
        said = _said(heard)
        if said is None:
            return Served([words.only_words(one)]) if message.kind is Kind.MEDIA else None
        lead = self._leads.get(relay.lead_id)
        told = words.said_by_household(lead.number, self._people.contact(heard.person).name, said)
        self._life.put(db, relay.staff_channel, relay.staff_chat, lead.id, told, key=relays.forwarding_key(relay))
        relays.touch(db, relay, (message.channel, message.chat), self._clock.now())
        return Served([])

    def _why_ended(self, heard: Heard, relay: Relay, one: Collaborator) -> str | None:
        """What in this message ends it: the household goes, wants the bot, or uses a right; None when it goes on."""
        message = heard.message
        if message.kind is Kind.LEFT:
            return "left"
        if not self._life.may(relay.lead_id, one):
            return "moved"
        said = fold(message.text).strip() if message.kind is Kind.TEXT else ""
        erases = heard.choice is not None and heard.choice.intent == "erase_data"
        wants_the_bot = said in _STOP or _RIGHTS.search(said) is not None or message.kind is Kind.STARTED or erases
        return "household" if wants_the_bot else None

    def _transcript(self, db: Database, lead: Lead, one: Collaborator | None) -> Reply:
        readable = self._leads.readable(lead.id, one.id) if one is not None else None
        person = readable.person_id if readable is not None else None
        if person is None or not self._people.has_consent(person, Purpose.TRANSCRIPT):
            return words.transcript_not_agreed()
        lines = transcript(db, [(account.channel, account.chat) for account in self._people.accounts(person)])
        shown = [(line.from_person, line.text) for line in lines[-_SHOWN:]]
        return words.transcript(lead.number, shown, name=self._people.contact(person).name)


def _about_own_case(choice: Choice | None) -> bool:
    """Buttons that mean the same whoever talks."""
    return choice is not None and choice.intent.startswith(
        ("lead_", "ask_status", "erase_data", "consent_", "campaign_stop", "drop_wording")
    )


def _said(heard: Heard) -> str | None:
    """What can be carried over as words."""
    message = heard.message
    if message.kind is Kind.TEXT and message.text.strip() and len(message.text) <= LONGEST_TEXT:
        return message.text.strip()
    if message.kind is Kind.CONTACT and message.contact is not None:
        return message.contact.phone
    if message.kind is Kind.LOCATION and message.location is not None:
        return f"{message.location.latitude:.5f}, {message.location.longitude:.5f}"
    return None
