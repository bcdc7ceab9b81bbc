"""Reads the topic files and refuses what could make the bot say something unfounded."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bot.eligibility.citation import Status
from bot.errors import ContentError, NotInForce
from bot.knowledge.source import Source, read
from bot.knowledge.topic import FIGURE, FigureReference, Scope, Topic, Topics, TopicVersion
from bot.programmes.loader import Law

FOLDER = Path(__file__).parent / "topics"
ANSWER_LIMIT = 600
"""Characters that a short answer may take on a phone, figures filled in."""

_TOPIC_KEYS = frozenset({"title", "scope", "questions", "versions"})
_TOPIC_OPTIONAL = frozenset({"related", "next"})
_VERSION_KEYS = frozenset({"from", "answer"})
_VERSION_OPTIONAL = frozenset({"to", "more", "cites", "unverified"})
_STEPS = frozenset({"screening", "documents", "person", "leads"})

_NUMBERED = re.compile(
    r"\d+(?:/\d{4})?/(?:[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*|QH\d+)"  # 28/2018/TT-BTC, 2646/QĐ-BCT, 198/2025/QH15
    r"|(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Chỉ thị|Luật)(?: số)? \d+(?:/\d{4})?"
    r"|(?:Điều|điều|khoản|chương|Chương|Phụ lục|mục|Mẫu(?: số)?) \d+[a-zđ]?"
    r"|(?:năm|Năm|giai đoạn|từ) (?:19|20)\d{2}(?:[–-](?:19|20)\d{2})?"
    r"|(?:nhóm|Nhóm|bước|Bước) \d+(?=[ :])"
)
"""The forms in which a digit may stand in an answer without being a figure of law."""
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_LIST_NUMBER = re.compile(r"^\d\. ", re.MULTILINE)


def load_topics(law: Law, folder: Path | None = None) -> Topics:
    """All topics, checked against *law*; `ContentError("file:line: what")` for the first fault."""
    return _load(law, folder or FOLDER)


@cache
def _load(law: Law, folder: Path) -> Topics:
    sources = {path.stem: read(path) for path in sorted(folder.glob("*.yml"))}
    if not sources:
        raise ContentError(f"{folder.name}:1: no topics here")
    ids = frozenset(sources)
    return Topics({topic_id: _topic(topic_id, source, ids, law) for topic_id, source in sources.items()})


def _topic(topic_id: str, source: Source, ids: frozenset[str], law: Law) -> Topic:
    entries = source.entries(_TOPIC_KEYS, _TOPIC_OPTIONAL)
    scope = entries["scope"].text()
    if scope not in set(Scope):
        entries["scope"].fail(f"scope {scope!r} is neither of {', '.join(Scope)}")
    questions = tuple(item.text() for item in entries["questions"].items())
    if len(set(questions)) != len(questions):
        entries["questions"].fail("a question stands twice")
    related = tuple(_existing(item, ids, topic_id) for item in entries["related"].items()) if "related" in entries else ()
    steps = tuple(_step(item, law) for item in entries["next"].items()) if "next" in entries else ()
    return Topic(
        id=topic_id,
        title=entries["title"].text(),
        scope=Scope(scope),
        questions=questions,
        versions=_versions(entries["versions"], Scope(scope), law),
        related=related,
        next=steps,
    )


def _existing(item: Source, ids: frozenset[str], topic_id: str) -> str:
    other = item.text()
    if other not in ids or other == topic_id:
        item.fail(f"there is no other topic {other!r}")
    return other


def _step(item: Source, law: Law) -> str:
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
    cites = tuple(_provision(item, law, start) for item in entries["cites"].items()) if "cites" in entries else ()
    version = TopicVersion(
        start=start,
        end=end,
        answer=_checked_text(entries["answer"], law, start),
        more=_checked_text(entries["more"], law, start) if "more" in entries else "",
        cites=cites,
        unverified=tuple(_not_held(item, law) for item in entries["unverified"].items()) if "unverified" in entries else (),
    )
    if scope is Scope.KHUYEN_CONG and not cites and not version.figures():
        source.fail("an answer on khuyến công needs a citation")
    if len(_filled(version.answer, law, start)) > ANSWER_LIMIT:
        entries["answer"].fail(f"the answer is longer than {ANSWER_LIMIT} characters")
    return version


def _provision(item: Source, law: Law, day: date) -> str:
    provision_id = item.text()
    if provision_id not in law.provisions:
        item.fail(f"there is no provision {provision_id!r}")
    try:
        law.cite(provision_id, day)
    except NotInForce:
        item.fail(f"provision {provision_id!r} was not in force on {day.isoformat()}")
    return provision_id


def _not_held(item: Source, law: Law) -> str:
    """A parameter or provision that must exist, or plain words (told by their space)."""
    name = item.text()
    if " " not in name and name not in law.parameters and name not in law.provisions:
        item.fail(f"there is no parameter or provision {name!r}")
    return name


def _checked_text(source: Source, law: Law, start: date) -> str:
    text = source.text()
    for number, line in enumerate(text.splitlines(), start=1):
        for match in FIGURE.finditer(line):
            day = date.fromisoformat(match["day"]) if match["day"] else start
            _check_figure(source, number, FigureReference(match["name"], day), law)
        rest = FIGURE.sub("", line)
        for day_match in _DAY.finditer(rest):
            day_in_month, month, year = (int(part) for part in day_match.groups())
            if date(year, month, day_in_month) not in law.days:
                source.fail(f"{day_match[0]} is the day of no provision", down=number)
        rest = _LIST_NUMBER.sub("", _NUMBERED.sub("", _DAY.sub("", rest)))
        if digit := re.search(r"\S*\d\S*", rest):
            source.fail(f"{digit[0]!r} does not come from a parameter or the name of a provision", down=number)
        if "{" in rest or "}" in rest:
            source.fail("a brace that is not a parameter", down=number)
    return text


def _check_figure(source: Source, line: int, figure: FigureReference, law: Law) -> None:
    if figure.name not in law.parameters:
        source.fail(f"there is no parameter {figure.name!r}", down=line)
    try:
        dated = law.parameter(figure.name).on(figure.day or date.min)
    except NotInForce:
        source.fail(f"{figure.name} has no value on {figure.day}", down=line)
    if dated.status is Status.UNVERIFIED:
        source.fail(f"{figure.name} is unverified and may not be stated", down=line)


def _filled(text: str, law: Law, day: date) -> str:
    """The text with each figure at about the length it will be said in."""
    return FIGURE.sub(lambda match: f"{law.parameter(match['name']).label:.14}", text)
