"""What is not certain on a day: figures, provisions, instruments and topics that are not verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.eligibility.citation import Status
from bot.eligibility.parameter import Parameter
from bot.eligibility.provision import Instrument, Provision
from bot.errors import NotInForce
from bot.knowledge.topic import Topic
from bot.policy.content import Content


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is said with a hedge, or not said at all."""

    name: str
    """As `questions.yml` names it."""
    status: Status
    what: Parameter | Provision | Instrument | Topic
    wording: str = ""
    """For a topic: the doubt in the words of its file."""


def find_doubts(content: Content, day: date) -> tuple[Doubt, ...]:
    """Everything in force on *day* that is secondhand or unverified, instruments first."""
    return (*_instruments(content), *_provisions(content, day), *_figures(content, day), *_topics(content, day))


def open_figures(content: Content, day: date) -> tuple[Parameter, ...]:
    """The figures that people ask for and that may not be stated on *day*."""
    return tuple(
        doubt.what
        for doubt in _figures(content, day)
        if doubt.status is Status.UNVERIFIED and isinstance(doubt.what, Parameter)
    )


def _instruments(content: Content) -> Iterator[Doubt]:
    for instrument in content.law.instruments.values():
        if instrument.status is not Status.VERIFIED:
            yield Doubt(f"văn bản {instrument.number}", instrument.status, instrument)


def _provisions(content: Content, day: date) -> Iterator[Doubt]:
    for provision in content.law.provisions.values():
        try:
            wording = provision.on(day)
        except NotInForce:
            continue
        if wording.status is not Status.VERIFIED:
            yield Doubt(provision.id, wording.status, provision)


def _figures(content: Content, day: date) -> Iterator[Doubt]:
    for parameter in content.law.parameters.values():
        try:
            status = parameter.on(day).status
        except NotInForce:
            continue
        if status is not Status.VERIFIED:
            yield Doubt(parameter.name, status, parameter)


def _topics(content: Content, day: date) -> Iterator[Doubt]:
    known = content.law.parameters.keys() | content.law.provisions.keys()
    for topic in content.topics.values():
        try:
            version = topic.on(day)
        except NotInForce:
            continue
        for words in version.unverified:
            if words not in known:
                yield Doubt(f"chủ đề {topic.id}", Status.UNVERIFIED, topic, words)
