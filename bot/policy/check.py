"""Checks all content at once: every loader's faults, then what only shows when the files are seen together."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.eligibility.citation import Status
from bot.errors import NotInForce
from bot.knowledge.loader import read_topics
from bot.policy.content import Content, Places
from bot.policy.doubts import find_doubts
from bot.policy.questions import Question, load_questions
from bot.programmes.catalogue import read_programmes
from bot.programmes.faults import Faults
from bot.programmes.loader import Law, read_law

_NUMBERED = re.compile(r"\d+/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*|\d+/(?:QĐ|CT|NQ)-[A-ZĐ][A-ZĐa-z]*\d*")
_STEP = re.compile(r"screening:(\w+)")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was read, and every problem with it as "file:line: what"; none when all is sound."""

    content: Content
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How much is held."""

    instruments: int
    provisions: int
    figures: Mapping[Status, int]
    """By the status on the day of the check; figures that are not in force that day are not counted."""
    topics: int
    programmes: int


def inspect(day: date, places: Places | None = None) -> Inspection:
    """Read and check everything; *day* decides what counts as in force and as certain."""
    places, faults = places or Places(), Faults(gather=True)
    questions: tuple[Question, ...] = ()
    law = read_law(places.law, faults)
    # What rests on a law with faults would only repeat them.
    sound = not faults.found
    programmes = read_programmes(law, places.law, faults if sound else Faults(gather=True))
    topics = read_topics(law, places.topics, faults if sound else Faults(gather=True))
    with faults.entry():
        questions = load_questions(places.questions)
    content = Content(law, programmes, topics, questions)
    problems = list(faults.found)
    if sound:
        problems += [*_register(law, places), *_ends(law, places, day)]
    if not faults.found:
        problems += [problem for check in (_topics, _programmes, _questions) for problem in check(content, places, day)]
    return Inspection(content, tuple(problems))


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


def _register(law: Law, places: Places) -> Iterator[str]:
    """Instruments that are named as amending or replacing others stand in the register themselves."""
    register = places.law / "law" / "instruments.yml"
    for instrument in law.instruments.values():
        for number in (*instrument.amended_by, instrument.replaced_by):
            if number is not None and number not in law.instruments:
                yield _at(register, number, f"short: {instrument.short}", what=f"{number} is not in the register")
    for path in sorted((places.law / "law" / "provisions").glob("*.yml")):
        ids = re.findall(r"^(\S+):", path.read_text("utf8"), re.MULTILINE)
        for provision in (law.provisions[name] for name in ids if name in law.provisions):
            for number in (wording.amended_by for wording in provision.wordings):
                if number is not None and number not in law.instruments:
                    yield _at(path, number, f"{provision.id}:", what=f"{number} is not in the register")


def _ends(law: Law, places: Places, day: date) -> Iterator[str]:
    """A figure does not outlive the provision it stands in."""
    for parameter in law.parameters.values():
        folder, _, name = parameter.name.partition(".")
        ends = [value.in_force_from - _A_DAY for value in parameter.values[1:]]
        for value, end in zip(parameter.values, [*ends, max(day, parameter.values[-1].in_force_from)], strict=True):
            try:
                law.cite(value.provision, end)
            except NotInForce:
                if value.value is not None:
                    what = f"{value.provision} ended before {end.isoformat()}, this figure of it did not"
                    yield _at(places.law / folder / "parameters.yml", f"{name}:", what=what)


def _topics(content: Content, places: Places, day: date) -> Iterator[str]:
    """Documents and support kinds that topics name exist, and a figure that may be stated is not called unverified."""
    for topic in content.topics.values():
        path = places.topics / f"{topic.id}.yml"
        for version in topic.versions:
            for document in _NUMBERED.findall(f"{version.answer}\n{version.more}"):
                if document not in content.law.instruments:
                    yield _at(path, document, "versions:", what=f"{document} is not in the register")
            ended = version.end is not None and version.end < day
            for name in () if ended else version.unverified:
                if _certain(content.law, name, max(day, version.start)):
                    what = f"{name} is no longer unverified: state it, and take it out here"
                    yield _at(path, name, version.start.isoformat(), "unverified:", what=what)
        for programme in _STEP.findall(" ".join(topic.next)):
            if programme not in content.programmes:
                yield _at(path, programme, "next:", what=f"there is no support kind {programme!r}")


def _certain(law: Law, name: str, day: date) -> bool:
    if name not in law.parameters:
        return False
    try:
        return law.parameter(name).on(day).status is not Status.UNVERIFIED
    except NotInForce:
        return False


def _programmes(content: Content, places: Places, day: date) -> Iterator[str]:
    """Each support kind is explained by a topic."""
    for programme in content.programmes.values():
        if programme.topic not in content.topics:
            path = places.law / programme.id / "programme.yml"
            yield _at(path, f"topic: {programme.topic}", what=f"there is no topic {programme.topic!r}")


def _questions(content: Content, places: Places, day: date) -> Iterator[str]:
    """Whatever is not certain is settled by a question, and each question is about something."""
    doubts = {doubt.name for doubt in find_doubts(content, day)}
    names = doubts | content.law.parameters.keys() | content.law.provisions.keys()
    for question in content.questions:
        for pattern in question.about:
            if not fnmatch.filter(names, pattern):
                what = f"nothing is called {pattern!r}, or nothing about it is in doubt"
                yield _at(places.questions, pattern, f"{question.id}:", what=what)
    for name in sorted(doubts):
        if not any(question.covers(name) for question in content.questions):
            yield _at(places.questions, what=f"nobody is asked about {name}")


def _at(path: Path, *marks: str, what: str) -> str:
    """*what* with its file and line: that of the first of *marks*, below the others from the outermost inwards."""
    lines, line = path.read_text("utf8").splitlines(), 0
    for mark in (*marks[1:], *marks[:1]):
        line = next((number for number in range(line, len(lines)) if mark in lines[number]), line)
    return f"{path.parent.name}/{path.name}:{line + 1}: {what}"
