"""Gathers what is known of everybody who agreed to campaigns, for the segments to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.campaigns.segment import Known, Screening
from bot.clock import Clock
from bot.eligibility.assessment import Assessment, Verdict, assess
from bot.eligibility.facts import Facts, read_facts
from bot.errors import BotError
from bot.people import Purpose
from bot.places import Gazetteer
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.programmes.rules import RulesOn
from bot.screening.draft import Draft
from bot.screening.implied import with_implied
from bot.screening.interview import Interview
from bot.screening.kept import kept_drafts, last_words
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of a person."""

    channel: str
    chat: str
    language: str
    reachable: bool
    heard: datetime | None = None
    """When the person last wrote there."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who may be written to: what is known, the chats, and what the report counts by."""

    known: Known
    chats: tuple[Chat, ...]
    place: str | None
    trade: str | None


class Assessor:
    """Judges kept answers by the law of any day."""

    def __init__(self, programmes: Programmes, law: Law, interview: Interview) -> None:
        self._programmes, self._law, self._interview = programmes, law, interview

    def assess(self, facts: Facts, programme: str, day: date) -> Assessment | None:
        """How a programme stood on *day*; None where nothing held then lets it be judged."""
        if programme not in self._programmes:
            return None
        try:
            return assess(self._programmes[programme], facts, RulesOn(self._law, day))
        except BotError:
            return None

    def verdicts(self, draft: Draft) -> Callable[[str, date], Verdict | None]:
        """How programmes stand with what *draft* tells."""
        facts = facts_of(draft)

        def verdict(programme: str, day: date) -> Verdict | None:
            found = None if facts is None else self.assess(facts, programme, day)
            return None if found is None else found.verdict

        return verdict

    def progress(self, draft: Draft | None, day: date) -> Screening:
        """How far a screening came."""
        if draft is None or not draft.facts:
            return Screening.NONE
        try:
            over = self._interview.next_question(draft, day) is None
        except BotError:
            over = False
        return Screening.FINISHED if over else Screening.UNFINISHED


def facts_of(draft: Draft) -> Facts | None:
    """The typed facts of a draft; None when it is empty or, written by an earlier version, cannot be read."""
    if not draft.facts:
        return None
    try:
        return read_facts(with_implied(draft.facts))
    except BotError:
        return None


def _registered(draft: Draft) -> bool | None:
    if draft.facts.get("legal_form") == "unregistered":
        return False
    told = with_implied(draft.facts).get("registered")
    return told if isinstance(told, bool) else None


class KnownPeople:
    """Reads what is known of those who agreed; people without a standing consent are not even looked at."""

    def __init__(self, store: Store, clock: Clock, assessor: Assessor, places: Gazetteer) -> None:
        self._store, self._clock, self._assessor, self._places = store, clock, assessor, places

    def everybody(self) -> Iterator[Person]:
        """Every person with a standing consent to campaigns, in a fixed order."""
        db = self._store.db
        drafts = {draft.person: draft for draft, _ in kept_drafts(db)}
        answers, chats = self._answers(), self._chats()
        rows = db.query(
            "SELECT person_id FROM consents WHERE purpose = ? AND withdrawn_at IS NULL ORDER BY person_id",
            [Purpose.CAMPAIGN],
        )
        for row in list(rows):
            person = row["person_id"]
            yield self._person(person, drafts.get(person), answers.get(person, frozenset()), chats.get(person, ()))

    def _person(
        self,
        person: str,
        draft: Draft | None,
        answers: frozenset[tuple[str, str]],
        chats: tuple[Chat, ...],
    ) -> Person:
        day, told = self._clock.today(), draft or Draft(person, {})
        place = told.facts.get("place")
        place = place if isinstance(place, Mapping) else {}
        trade = told.facts.get("trade_group")
        known = Known(
            person=person,
            consent=True,
            day=day,
            now=self._clock.now(),
            verdict=self._assessor.verdicts(told),
            places=tuple(self._names(place)),
            trade=trade if isinstance(trade, str) else None,
            registered=_registered(told),
            screening=lambda: self._assessor.progress(draft, day),
            last_contact=max((chat.heard for chat in chats if chat.heard), default=None),
            answers=answers,
            languages=frozenset(chat.language for chat in chats),
            channels=frozenset(chat.channel for chat in chats),
        )
        named = place.get("new_unit") or place.get("old") or place.get("province")
        return Person(known, chats, named if isinstance(named, str) else None, known.trade)

    def _names(self, place: Mapping[str, Any]) -> Iterator[str]:
        for part in ("new_unit", "old", "province"):
            if isinstance(place.get(part), str):
                yield place[part]
        unit = self._places.unit(str(place.get("new_unit")))
        if unit is not None:
            yield from unit.former_districts

    def _chats(self) -> dict[str, tuple[Chat, ...]]:
        chats: defaultdict[str, tuple[Chat, ...]] = defaultdict(tuple)
        heard = last_words(self._store.db)
        rows = self._store.db.query(
            "SELECT person_id, channel, chat, language, reachable FROM accounts ORDER BY created, chat"
        )
        for row in list(rows):
            person, channel = row["person_id"], row["channel"]
            at = heard.get((person, channel))
            chats[person] += (Chat(channel, row["chat"], row["language"], bool(row["reachable"]), at),)
        return chats

    def _answers(self) -> dict[str, frozenset[tuple[str, str]]]:
        answers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in list(self._store.db.query("SELECT DISTINCT person_id, campaign_key, how FROM campaign_answers")):
            answers[row["person_id"]].add((row["campaign_key"], row["how"]))
        return {person: frozenset(given) for person, given in answers.items()}
