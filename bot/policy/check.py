"""Checks all content at once: every loader's faults, then what only shows when the files are seen together."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.eligibility.citation import Status
from bot.errors import ContentError, NotInForce
from bot.knowledge.loader import find_topic_faults
from bot.policy.content import Content, Places, load_content
from bot.policy.doubts import find_doubts
from bot.programmes.catalogue import find_programme_faults
from bot.programmes.loader import find_law_faults, load_law
from bot.programmes.source import Source, read

_NUMBERED = re.compile(r"\d+/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*(?:\d+)?|\d+/(?:QĐ|CT|NQ)-[A-ZĐ][A-ZĐa-z]*\d*")
_STEP = re.compile(r"screening:(\w+)")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Summary:
    """How much is held, when nothing is wrong."""

    instruments: int
    provisions: int
    figures: Mapping[Status, int]
    """By the status on the day of the check; figures that are not in force that day are not counted."""
    topics: int
    programmes: int


def find_problems(day: date, places: Places | None = None) -> tuple[str, ...]:
    """Every problem as "file:line: what", none when all is sound; *day* decides what counts as certain now."""
    places = places or Places()
    law_faults = find_law_faults(places.law)
    if law_faults:
        # What rests on the law would only repeat these.
        return law_faults
    law = load_law(places.law)
    faults = (*find_programme_faults(law, places.law), *find_topic_faults(law, places.topics))
    if faults:
        return faults
    try:
        content = load_content(places)
    except ContentError as error:
        return (str(error),)
    checks = (_register, _ends, _topics, _programmes, _questions)
    return tuple(problem for check in checks for problem in check(content, places, day))


def summary(content: Content, day: date) -> Summary:
    """Count what is held on *day*."""
    statuses: Counter[Status] = Counter()
    for parameter in content.law.parameters.values():
        try:
            statuses[parameter.on(day).status] += 1
        except NotInForce:
            continue
    law = content.law
    return Summary(
        len(law.instruments), len(law.provisions), dict(statuses), len(content.topics), len(content.programmes)
    )


def _register(content: Content, places: Places, day: date) -> Iterator[str]:
    """Instruments that are named as amending or replacing others stand in the register themselves."""
    named: list[Source] = []
    for item in read(places.law / "law" / "instruments.yml").items():
        parts = _parts(item)
        named += [*parts["amended_by"].items(), parts["replaced_by"]]
    for path in sorted((places.law / "law" / "provisions").glob("*.yml")):
        for _, entry in read(path).pairs():
            named += [_parts(wording)["amended_by"] for wording in _parts(entry)["wordings"].items()]
    for source in named:
        if not source.is_null() and source.text() not in content.law.instruments:
            yield _problem(source, f"{source.text()} is not in the register of instruments")


def _ends(content: Content, places: Places, day: date) -> Iterator[str]:
    """A figure does not outlive the provision it stands in."""
    for path in sorted(places.law.glob("*/parameters.yml")):
        for key, _ in read(path).pairs():
            parameter = content.law.parameter(f"{path.parent.name}.{key.text()}")
            ends = [value.in_force_from - _A_DAY for value in parameter.values[1:]]
            for value, end in zip(parameter.values, [*ends, max(day, parameter.values[-1].in_force_from)], strict=True):
                try:
                    content.law.cite(value.provision, end)
                except NotInForce:
                    if value.value is not None:
                        yield _problem(
                            key, f"{value.provision} ended before {end.isoformat()}, this figure of it did not"
                        )


def _topics(content: Content, places: Places, day: date) -> Iterator[str]:
    """Documents and support kinds that topics name exist, and a figure that may be stated is not called unverified."""
    for path in sorted(places.topics.glob("*.yml")):
        versions = _parts(read(path))["versions"]
        first = versions.node.start_mark.line
        for number, line in enumerate(path.read_text("utf8").splitlines()[first:], first + 1):
            for document in _NUMBERED.findall(line):
                if document not in content.law.instruments:
                    yield f"{versions.name}:{number}: {document} is not in the register of instruments"
            for programme in _STEP.findall(line):
                if programme not in content.programmes:
                    yield f"{versions.name}:{number}: there is no support kind {programme!r}"
        for version in versions.items():
            parts = _parts(version)
            ended = "to" in parts and (end := parts["to"].optional_day()) is not None and end < day
            for item in parts["unverified"].items() if "unverified" in parts and not ended else ():
                if _certain(content, item.text(), day):
                    yield _problem(item, f"{item.text()} is no longer unverified: state it, and take it out here")


def _certain(content: Content, name: str, day: date) -> bool:
    if name not in content.law.parameters:
        return False
    try:
        return content.law.parameter(name).on(day).status is not Status.UNVERIFIED
    except NotInForce:
        return False


def _programmes(content: Content, places: Places, day: date) -> Iterator[str]:
    """Each support kind is explained by a topic."""
    for path in sorted(places.law.glob("*/programme.yml")):
        topic = _parts(read(path))["topic"]
        if topic.text() not in content.topics:
            yield _problem(topic, f"there is no topic {topic.text()!r}")


def _questions(content: Content, places: Places, day: date) -> Iterator[str]:
    """Whatever is not certain is settled by a question, and each question is about something."""
    doubts = {doubt.name for doubt in find_doubts(content, day)}
    names = doubts | content.law.parameters.keys() | content.law.provisions.keys()
    for _, value in read(places.questions).pairs():
        for item in _parts(value)["about"].items():
            if not fnmatch.filter(names, item.text()):
                yield _problem(item, f"nothing is called {item.text()!r}, or nothing about it is in doubt")
    for name in sorted(doubts):
        if not any(question.covers(name) for question in content.questions):
            yield f"policy/{places.questions.name}:1: nobody is asked about {name}"


def _parts(source: Source) -> dict[str, Source]:
    return {key.text(): value for key, value in source.pairs()}


def _problem(source: Source, what: str) -> str:
    return f"{source.name}:{source.node.start_mark.line + 1}: {what}"
