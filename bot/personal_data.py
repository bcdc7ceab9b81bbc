"""One person's data as a whole: found, exported, erased; and erased again in a restored backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.answers.read import read
from bot.campaigns.answers import CampaignErasure
from bot.campaigns.of_person import of_person as campaigns_of
from bot.clock import Clock
from bot.errors import BotError
from bot.leads import Lead, LeadBook, LeadErasure, answers_about
from bot.messages import relays
from bot.messages.erasure import MessageErasure
from bot.messages.incoming import conversation_of
from bot.messages.transcript import transcript
from bot.outbox import plain
from bot.people import Erasure, ErasureReceipt, People, read_ledger, replay, write_ledger
from bot.people.erasure import Entry, entries
from bot.people.ledger import both
from bot.review.erasure import ReviewErasure
from bot.review.wordings import of_person as wordings_of
from bot.screening.draft import load_draft
from bot.screening.erasure import ScreeningErasure
from bot.screening.memory import recall
from bot.store import Store, owe_scrub, scrub


def all_erasures(store: Store, clock: Clock) -> tuple[Erasure, ...]:
    """How every package forgets a person, in an order in which each still finds what it needs."""
    return (LeadErasure(store, clock), ScreeningErasure(), ReviewErasure(), CampaignErasure(), MessageErasure())


class PersonalData:
    """What staff may do with one person's data, on the database of an installation."""

    def __init__(self, store: Store, clock: Clock, ledger: Path) -> None:
        self.store = store
        self.ledger = ledger
        """The file of the ledger of erasures."""
        self._clock = clock
        self._people = People(store, clock)
        self._leads = LeadBook(store, clock, self._people)

    def on(self, copy: Store) -> PersonalData:
        """The same on another database."""
        return PersonalData(copy, self._clock, self.ledger)

    def find(self, *, phone: str | None, lead: str | None, chat: str | None) -> tuple[str, ...]:
        """Who gave this phone number, began this lead, or writes in this `channel:chat`; nobody is no error."""
        if sum(one is not None for one in (phone, lead, chat)) != 1:
            raise BotError("tell one of --phone, --lead and --chat")
        if phone is not None:
            number = read("phone", phone, self._clock.today(), None).value
            if not isinstance(number, str):
                raise BotError(f"{phone!r} is no phone number of Vietnam")
            return self._people.with_phone(number)
        person = self._of_lead(lead) if lead is not None else self._people.known(*_channel_and_chat(chat or ""))
        return () if person is None else (person,)

    def _of_lead(self, number: str) -> str | None:
        digits = number.upper().removeprefix("KC-")
        if not digits.isdigit():
            raise BotError(f"{number!r} is no number like KC-0127")
        try:
            return self._leads.get(int(digits)).person_id
        except KeyError:
            return None

    def export(self, person: str) -> dict[str, Any]:
        """Everything that is kept about a person, as plain values."""
        db, accounts = self.store.db, self._people.accounts(person)
        found: dict[str, Any] = plain(
            {
                "accounts": [{**asdict(one), "person_id": None} for one in accounts],
                "contact": self._people.contact(person),
                "consents": self._people.consents(person),
                "answers": load_draft(db, person).facts,
                "remembered": [recall(db, conversation_of(person, one.channel)) for one in accounts],
                "leads": [self._told_about(lead, person) for lead in self._leads.leads_of(person)],
                "conversations": relays.had_by(db, person),
                "messages": transcript(db, [(one.channel, one.chat) for one in accounts]),
                "campaigns": campaigns_of(db, person),
                "not_understood": [
                    {"text": one.text, "reason": one.reason, "guesses": one.guesses, "last_said": at}
                    for one, at in wordings_of(db, person)
                ],
            }
        )
        return found

    def _told_about(self, lead: Lead, person: str) -> dict[str, Any]:
        """A lead with its history and what was said afterwards; of one that another account began, how it stands."""
        told: dict[str, Any] = plain(lead)
        if lead.person_id == person:
            told["history"] = plain(self._leads.history(lead.id))
            told["feedback"] = plain(answers_about(self.store.db, lead.id))
        return told

    def erase(self, person: str) -> ErasureReceipt:
        """Erases a person everywhere; what is left in the bytes of the file goes with `finish`."""
        return self._people.erase(person, all_erasures(self.store, self._clock))

    def finish(self) -> bool:
        """Keeps the ledger and writes the file anew; False when somebody else uses it and will do it soon."""
        write_ledger(self.store.db, self.ledger)
        return scrub(self.store, self._clock.now())

    def entries(self) -> tuple[Entry, ...]:
        """The ledger: what this database has of it, and what its file has."""
        return both(entries(self.store.db), read_ledger(self.ledger))

    def replay(self) -> int:
        """Erases again whom the ledger names and this database still has; gives how many persons."""
        with self.store.transaction() as db:
            return replay(db, self.entries(), all_erasures(self.store, self._clock), self._clock.now())

    def make_fit(self, ledger: tuple[Entry, ...]) -> int:
        """Brings a restored copy up to today: nobody comes back who was erased, and nothing is sent a second time."""
        with self.store.transaction() as db:
            db.execute(
                "UPDATE outbox SET state = 'parked', reason = 'restored from a backup'"
                " WHERE state IN ('queued', 'sending')"
            )
            owe_scrub(db)
            return replay(db, ledger, all_erasures(self.store, self._clock), self._clock.now())


def _channel_and_chat(text: str) -> tuple[str, str]:
    channel, colon, chat = text.partition(":")
    if not colon:
        raise BotError(f"{text!r} is not like telegram:123456")
    return channel, chat
