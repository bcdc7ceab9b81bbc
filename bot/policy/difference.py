"""What differs between two days: instruments, provisions, figures, topics, and what the conditions come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.eligibility.parameter import DatedValue, Parameter
from bot.eligibility.provision import Instrument, Provision, Wording
from bot.errors import NotInForce
from bot.knowledge.topic import Reference, Topic, TopicVersion
from bot.policy.cases import OutcomeChange, changed_outcomes
from bot.policy.content import Content


@dataclass(frozen=True, slots=True)
class InstrumentChange:
    """An instrument that came into force or ended."""

    instrument: Instrument
    begins: bool


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """A provision in another wording; None on the side where it is not in force."""

    provision: Provision
    before: Wording | None
    after: Wording | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure with another value, provision or status; None on the side where it has none."""

    parameter: Parameter
    before: DatedValue | None
    after: DatedValue | None


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic that is answered in other words, or in the same words with other figures or sources."""

    topic: Topic
    before: TopicVersion | None
    after: TopicVersion | None
    rests_on: tuple[str, ...]
    """The figures and provisions it reads for the day itself that changed."""

    @property
    def other_words(self) -> bool:
        """Whether another text answers, and not only another figure or source inside it."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two days."""

    first: date
    second: date
    instruments: tuple[InstrumentChange, ...]
    provisions: tuple[ProvisionChange, ...]
    figures: tuple[FigureChange, ...]
    outcomes: tuple[OutcomeChange, ...]
    topics: tuple[TopicChange, ...]


def compare(content: Content, first: date, second: date) -> Difference:
    """What the bot would say otherwise on *second* than on *first*, which comes before it."""
    return Difference(
        first,
        second,
        tuple(_instruments(content, first, second)),
        tuple(_provisions(content, first, second)),
        tuple(_figures(content, first, second)),
        changed_outcomes(content, first, second),
        tuple(_topics(content, first, second)),
    )


def _instruments(content: Content, first: date, second: date) -> Iterator[InstrumentChange]:
    for instrument in content.law.instruments.values():
        begins, ends = instrument.in_force_from, instrument.in_force_to
        if begins is not None and first < begins <= second:
            yield InstrumentChange(instrument, begins=True)
        if ends is not None and first <= ends < second:
            yield InstrumentChange(instrument, begins=False)


def _provisions(content: Content, first: date, second: date) -> Iterator[ProvisionChange]:
    for provision in content.law.provisions.values():
        change = ProvisionChange(provision, _wording(provision, first), _wording(provision, second))
        if change.before is not change.after:
            yield change


def _figures(content: Content, first: date, second: date) -> Iterator[FigureChange]:
    for parameter in content.law.parameters.values():
        change = FigureChange(parameter, _value(parameter, first), _value(parameter, second))
        if change.before is not change.after:
            yield change


def _topics(content: Content, first: date, second: date) -> Iterator[TopicChange]:
    for topic in content.topics.values():
        before, after = _version(topic, first), _version(topic, second)
        changed = tuple(_rests_on(content, after, first, second)) if after else ()
        if changed or before is not after:
            yield TopicChange(topic, before, after, changed)


def _rests_on(content: Content, version: TopicVersion, first: date, second: date) -> Iterator[str]:
    """The figures and sources of *version*, read for the day itself, that changed."""
    for figure in _undated(version.figures(long=True)):
        parameter = content.law.parameter(figure.name)
        if _value(parameter, first) is not _value(parameter, second):
            yield figure.name
    for cite in _undated(version.cites):
        provision = content.law.provisions[cite.name]
        if _wording(provision, first) is not _wording(provision, second):
            yield cite.name


def _undated(references: tuple[Reference, ...]) -> Iterator[Reference]:
    return (reference for reference in references if reference.day is None)


def _wording(provision: Provision, day: date) -> Wording | None:
    try:
        return provision.on(day)
    except NotInForce:
        return None


def _value(parameter: Parameter, day: date) -> DatedValue | None:
    try:
        return parameter.on(day)
    except NotInForce:
        return None


def _version(topic: Topic, day: date) -> TopicVersion | None:
    try:
        return topic.on(day)
    except NotInForce:
        return None
