"""Reads the topic files and refuses what could make the bot say something unfounded."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bot.eligibility.citation import Status
from bot.errors import ContentError, NotInForce
from bot.knowledge.topic import FIGURE, Reference, RelatedTopic, Scope, Topic, Topics, TopicVersion
from bot.programmes.faults import Faults
from bot.programmes.loader import Law
from bot.programmes.source import Source, read

FOLDER = Path(__file__).parent / "topics"
ANSWER_LIMIT = 600
"""Characters that a short answer may take on a phone, figures filled in."""

_TOPIC_KEYS = frozenset({"title", "scope", "questions", "versions"})
_TOPIC_OPTIONAL = frozenset({"phrases", "related", "next", "dead"})
_VERSION_KEYS = frozenset({"from", "answer"})
_VERSION_OPTIONAL = frozenset({"to", "more", "cites", "unverified", "held", "unverified_about"})
_STEPS = frozenset({"screening", "documents", "person", "leads"})

_NUMBERED = re.compile(
    r"\d+(?:/\d{4})?/(?:[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*|QH\d+)"  # 28/2018/TT-BTC, 2646/QĐ-BCT, 198/2025/QH15
    r"|(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Chỉ thị|Luật)(?: số)? \d+(?:/\d{4})?(?![\d/])"
    r"|(?:Điều|điều|khoản|chương|Chương|Phụ lục|mục|Mẫu(?: số)?) \d+[a-zđ]?"
    r"|(?:19|20)\d{2}[–-](?:19|20)\d{2}|(?:năm|Năm|giai đoạn) (?:19|20)\d{2}(?!\d|[–-])"
)
"""The forms in which a digit may stand in an answer without being a figure of law."""
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_LIST_MARK = re.compile(r"^\d{1,2}\. ")
_A_DAY = timedelta(days=1)


def load_topics(law: Law, folder: Path | None = None) -> Topics:
    """All topics, checked against *law*; `ContentError("file:line: what")` for the first fault."""
    return _load(law, folder or FOLDER)


@cache
def _load(law: Law, folder: Path) -> Topics:
    return read_topics(law, folder, Faults())


def read_topics(law: Law, folder: Path, faults: Faults) -> Topics:
    """Read the topics anew, leaving out those with a fault when *faults* gathers them."""
    paths = sorted(folder.glob("*.yml"))
    entries: dict[str, dict[str, Source]] = {}
    # A file that cannot be read keeps its name, so that the topics pointing at it are not blamed for it.
    titles = {path.stem: path.stem for path in paths}
    for path in paths:
        with faults.entry():
            found = read(path).entries(_TOPIC_KEYS, _TOPIC_OPTIONAL)
            titles[path.stem] = found["title"].text()
            entries[path.stem] = found
    topics: dict[str, Topic] = {}
    for topic_id, found in entries.items():
        with faults.entry():
            topics[topic_id] = _topic(topic_id, found, titles, law)
    with faults.entry():
        if not paths:
            raise ContentError(f"{folder.name}:1: no topics here")
    return Topics(topics)


def _topic(topic_id: str, entries: dict[str, Source], titles: dict[str, str], law: Law) -> Topic:
    scope = entries["scope"].text()
    if scope not in set(Scope):
        entries["scope"].fail(f"scope {scope!r} is neither of {', '.join(Scope)}")
    questions = entries["questions"].texts()
    if len(set(questions)) != len(questions):
        entries["questions"].fail("a question stands twice")
    links = entries["related"].items() if "related" in entries else ()
    steps = tuple(map(_step, entries["next"].items())) if "next" in entries else ()
    dead = tuple(_parameter(item, law) for item in entries["dead"].items()) if "dead" in entries else ()
    return Topic(
        id=topic_id,
        title=titles[topic_id],
        scope=Scope(scope),
        questions=questions,
        phrases=entries["phrases"].texts() if "phrases" in entries else (),
        versions=_versions(entries["versions"], Scope(scope), law),
        dead=dead,
        related=tuple(_related(item, titles, topic_id) for item in links),
        next=steps,
    )


def _related(item: Source, titles: dict[str, str], topic_id: str) -> RelatedTopic:
    other = item.text()
    if other not in titles or other == topic_id:
        item.fail(f"there is no other topic {other!r}")
    return RelatedTopic(other, titles[other])


def _parameter(item: Source, law: Law) -> str:
    name = item.text()
    if name not in law.parameters:
        item.fail(f"there is no parameter {name!r}")
    return name


def _step(item: Source) -> str:
    step, _, programme = item.text().partition(":")
    if step not in _STEPS:
        item.fail(f"there is no step {step!r}")
    if programme and step != "screening":
        item.fail(f"step {step!r} takes no programme")
    return item.text()


def _versions(source: Source, scope: Scope, law: Law) -> tuple[TopicVersion, ...]:
    versions: list[TopicVersion] = []
    for item in source.items():
        version = _version(item, scope, law)
        if versions and (versions[-1].end is None or versions[-1].end >= version.start):
            item.fail(f"this version begins before the one above has ended ({version.start.isoformat()})")
        versions.append(version)
    if not versions:
        source.fail("no version")
    return tuple(versions)


def _version(source: Source, scope: Scope, law: Law) -> TopicVersion:
    entries = source.entries(_VERSION_KEYS, _VERSION_OPTIONAL)
    start = entries["from"].day()
    end = entries["to"].optional_day() if "to" in entries else None
    if end is not None and end < start:
        entries["to"].fail("the version ends before it begins")
    period = _Period(start, end or date.max)
    cites = tuple(_provision(item, law, period) for item in entries["cites"].items()) if "cites" in entries else ()
    version = TopicVersion(
        start=start,
        end=end,
        answer=_checked_text(entries["answer"], law, period),
        more=_checked_text(entries["more"], law, period) if "more" in entries else "",
        cites=cites,
        unverified=tuple(_not_held(item, law) for item in entries["unverified"].items())
        if "unverified" in entries
        else (),
        held=_yes_or_no(entries["held"]) if "held" in entries else True,
        unverified_about=entries["unverified_about"].texts() if "unverified_about" in entries else (),
    )
    if scope is not Scope.NEIGHBOUR and not cites and not version.figures():
        source.fail("an answer on khuyến công needs a citation")
    if version.unverified_about and not version.unverified:
        entries["unverified_about"].fail("these words need an 'unverified' that says what is not held")
    if len(_about(version.answer)) > ANSWER_LIMIT:
        entries["answer"].fail(f"the answer is longer than {ANSWER_LIMIT} characters")
    return version


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date

    def days(self, changes: Iterable[date]) -> list[date]:
        """The first day and every later one within the period on which something changes."""
        return [self.first, *sorted(day for day in changes if self.first < day <= self.last)]


def _provision(item: Source, law: Law, period: _Period) -> Reference:
    provision_id, _, day = item.text().partition("@")
    if provision_id not in law.provisions:
        item.fail(f"there is no provision {provision_id!r}")
    reference = Reference(provision_id, date.fromisoformat(day) if day else None)
    ends = (w.in_force_to + _A_DAY for w in law.provisions[provision_id].wordings if w.in_force_to is not None)
    for asked in [reference.day] if reference.day else period.days(ends):
        try:
            law.cite(provision_id, asked)
        except NotInForce as error:
            item.fail(str(error))
    return reference


def _yes_or_no(source: Source) -> bool:
    word = source.text()
    if word not in ("true", "false"):
        source.fail("true or false was expected")
    return word == "true"


def _not_held(item: Source, law: Law) -> str:
    """A parameter or provision that must exist, or plain words (told by their space)."""
    name = item.text()
    if " " not in name and name not in law.parameters and name not in law.provisions:
        item.fail(f"there is no parameter or provision {name!r}")
    return name


def _checked_text(source: Source, law: Law, period: _Period) -> str:
    text = source.text()
    # Only a block scalar (`|`) keeps its lines, so only there can a fault be placed below the first line.
    below = 1 if source.node.style == "|" else 0
    for number, line in enumerate(text.splitlines()):
        down = (number + 1) * below
        for match in FIGURE.finditer(line):
            day = date.fromisoformat(match["day"]) if match["day"] else None
            _check_figure(source, down, Reference(match["name"], day), law, period)
        if fault := _loose_digit(FIGURE.sub("", line), law):
            source.fail(fault, down=down)
    return text


def _loose_digit(line: str, law: Law) -> str | None:
    """What is wrong with a line whose figures were taken out, if anything."""
    for found in _DAY.finditer(line):
        day_in_month, month, year = (int(part) for part in found.groups())
        if not _is_day(year, month, day_in_month) or date(year, month, day_in_month) not in law.days:
            return f"{found[0]} is the day of no provision"
    rest = _NUMBERED.sub("", _DAY.sub("", _LIST_MARK.sub("", line)))
    if digit := re.search(r"\S*\d\S*", rest):
        return f"{digit[0]!r} does not come from a parameter or the name of a provision"
    if "{" in rest or "}" in rest:
        return "a brace that is not a parameter"
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _check_figure(source: Source, down: int, figure: Reference, law: Law, period: _Period) -> None:
    if figure.name not in law.parameters:
        source.fail(f"there is no parameter {figure.name!r}", down=down)
    parameter = law.parameter(figure.name)
    changes = (value.in_force_from for value in parameter.values)
    for day in [figure.day] if figure.day else period.days(changes):
        try:
            dated = parameter.on(day)
        except NotInForce as error:
            source.fail(str(error), down=down)
        if dated.status is Status.UNVERIFIED:
            source.fail(f"{figure.name} is unverified on {day.isoformat()} and may not be stated", down=down)


def _about(text: str) -> str:
    """The text with each figure replaced by something of the length it will be said in."""
    return FIGURE.sub("300 triệu đồng", text)
