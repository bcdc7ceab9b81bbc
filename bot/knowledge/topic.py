"""A cited question and answer, dated: what is said depends on the day it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.errors import NotInForce

FIGURE = re.compile(r"\{(?P<name>[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)(?:@(?P<day>\d{4}-\d{2}-\d{2}))?\}")
"""A parameter named inside an answer: `{machinery.ceiling}`, or `{machinery.ceiling@2015-01-01}` for a former value."""


class Scope(StrEnum):
    """Whether a topic is khuyến công, something next door that people ask about, or this service itself."""

    KHUYEN_CONG = "khuyen_cong"
    NEIGHBOUR = "neighbour"
    SERVICE = "service"
    """What we do with what people tell us: our own promise is cited, and no law."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A parameter or provision that an answer rests on, and the day it is read for when not the day of the answer."""

    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TopicVersion:
    """The answer in force from `start` to `end`, both included."""

    start: date
    end: date | None
    answer: str
    """Short text with figures as `{programme.parameter}`."""
    more: str
    """The long text behind "Xem thêm"; empty when there is none."""
    cites: tuple[Reference, ...]
    """Provisions."""
    unverified: tuple[str, ...]
    """What people ask here and we cannot say for sure: parameter names, provision ids, or plain words."""

    held: bool = True
    """False when the very thing people ask here is not held, so that no wording of it can be answered for sure."""
    unverified_about: tuple[str, ...] = ()
    """Words that make a question here one about what is not held; without them, asking for an amount does."""

    def figures(self, *, long: bool = False) -> tuple[Reference, ...]:
        """The parameters that the text states, each once, in the order they stand; with *long*, of both texts."""
        text = f"{self.answer}\n{self.more}" if long else self.answer
        found = (
            Reference(m["name"], date.fromisoformat(m["day"]) if m["day"] else None) for m in FIGURE.finditer(text)
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class RelatedTopic:
    """A topic offered after another one, by its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing people ask about, how they ask it, and what is answered when."""

    id: str
    title: str
    scope: Scope
    questions: tuple[str, ...]
    """As people ask it; these also teach the dialogue what a policy question is."""
    phrases: tuple[str, ...]
    """Short wordings that only the search learns from."""
    versions: tuple[TopicVersion, ...]
    dead: tuple[str, ...]
    """Parameters that hold nothing but figures no longer in force, which people still quote."""
    related: tuple[RelatedTopic, ...]
    next: tuple[str, ...]
    """Steps offered as buttons: `screening:<programme>`, `screening`, `documents`, `person`."""

    def wordings(self) -> tuple[str, ...]:
        """Every text of the topic as people may type its words: questions, phrases, title, answers without figures."""
        said = (FIGURE.sub(" ", f"{version.answer}\n{version.more}") for version in self.versions)
        return (self.title, *self.questions, *self.phrases, *said)

    def on(self, day: date) -> TopicVersion:
        """The version in force on *day*; `NotInForce` when there is none."""
        for version in self.versions:
            if version.start <= day and (version.end is None or day <= version.end):
                return version
        raise NotInForce(f"{self.id}: no version on {day.isoformat()}")


class Topics(Mapping[str, Topic]):
    """All topics by id."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self._topics = dict(topics)

    def __getitem__(self, topic_id: str) -> Topic:
        return self._topics[topic_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)
