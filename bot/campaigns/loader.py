"""Reads a campaign from YAML and refuses what could say something unfounded or reach somebody it must not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from bot.campaigns.campaign import (
    DEFAULT_BUTTONS,
    KEY,
    LONGEST_KEY,
    PERSONAL,
    VARIABLE,
    Button,
    Campaign,
    Goal,
    PosterText,
    Value,
)
from bot.campaigns.conditions import read_condition
from bot.campaigns.segment import Segment
from bot.campaigns.wording import Line
from bot.clock import VIETNAM
from bot.errors import ContentError
from bot.knowledge.topic import FIGURE
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.programmes.source import Source, read_text

GENERAL = "general"
"""The topic of a campaign that is about no support kind in particular."""
GOALS = ("answered", "screened", "leads", "decided")
LONGEST_TEXT = 900
"""Characters of a message that still fits a phone's screen, figures filled in; also a caption's limit."""
MOST_LINES, LONGEST_LINE, LONGEST_HEADLINE = 3, 100, 60
"""What an A4 poster and its card hold in letters that can be read from two metres."""
LARGEST_FILE = 5 * 2**20
FILES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".pdf": "application/pdf"}
_KEYS = frozenset({"key", "title", "topic", "text"})
_OPTIONAL = frozenset(
    {
        "values",
        "buttons",
        "attachment",
        "segment",
        "starts",
        "valid_until",
        "days_between",
        "goal",
        "programme",
        "poster",
    }
)
_MOMENT = "%Y-%m-%d %H:%M"
_LONG_FIGURE = "300 triệu đồng"


def load_campaign(path: Path, law: Law, programmes: Programmes, day: date) -> tuple[Campaign, str]:
    """The campaign in the file at *path*, checked for *day*, and the text of the file; `ContentError("file:line: …")`."""
    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name}:1: the file cannot be read ({type(error).__name__})") from error
    return parse_campaign(text, law, programmes, day, name=path.name, folder=path.parent), text


def parse_campaign(
    text: str, law: Law, programmes: Programmes, day: date, *, name: str = "campaign", folder: Path | None = None
) -> Campaign:
    """The campaign that *text* describes, whose figures are checked for *day*; `ContentError("name:line: …")`."""
    entries = read_text(name, text).entries(_KEYS, _OPTIONAL)
    values = dict(_values(entries["values"])) if "values" in entries else {}
    topic = _known(entries["topic"], {*programmes, GENERAL}, "topic")
    programme = entries["programme"].optional_text() if "programme" in entries else topic
    if programme not in {None, GENERAL, *programmes}:
        entries["programme"].fail(f"there is no programme {programme!r}")
    return Campaign(
        key=_key(entries["key"]),
        title=entries["title"].text(),
        topic=topic,
        programme=None if programme == GENERAL else programme,
        text=_text(entries["text"], values, law, day),
        values=values,
        buttons=_buttons(entries["buttons"]) if "buttons" in entries else DEFAULT_BUTTONS,
        attachment=_attachment(entries["attachment"], folder) if "attachment" in entries else None,
        segment=Segment(read_condition(entries["segment"], programmes)) if "segment" in entries else Segment(),
        starts=_moment(entries["starts"]) if "starts" in entries else None,
        valid_until=_until(entries["valid_until"], values) if "valid_until" in entries else None,
        days_between=_days(entries["days_between"]) if "days_between" in entries else 7,
        goal=_goal(entries["goal"]) if "goal" in entries else None,
        poster=_poster(entries["poster"], values, law, day) if "poster" in entries else None,
    )


def _known(source: Source, names: set[str], what: str) -> str:
    name = source.text()
    if name not in names:
        source.fail(f"there is no {what} {name!r}; there are: {', '.join(sorted(names))}")
    return name


def _key(source: Source) -> str:
    key = source.text()
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        source.fail(f"a key has small letters, digits and single hyphens, at most {LONGEST_KEY} of them")
    return key


def _values(source: Source) -> Mapping[str, Value | None]:
    values: dict[str, Value | None] = {}
    for key, held in source.pairs():
        name = key.text()
        if not VARIABLE.fullmatch(f"{{{name}}}") or name in PERSONAL:
            key.fail(f"a value may not be called {name!r}")
        values[name] = _value(held)
    return values


def _value(source: Source) -> Value | None:
    if source.is_null():
        return None
    text = source.text()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return source.day()
    return int(text) if text.isdigit() else text


def _until(source: Source, values: Mapping[str, Value | None]) -> date | None:
    """A day, or the name of the value that is one: then it is written once."""
    if source.is_null() or source.text() not in values:
        return source.optional_day()
    value = values[source.text()]
    if value is not None and not isinstance(value, date):
        source.fail(f"the value {source.text()!r} is no day")
    return value


def _text(source: Source, values: Mapping[str, Value | None], law: Law, day: date) -> str:
    text = source.text()
    below = 1 if source.node.style == "|" else 0
    for number, line in enumerate(text.splitlines()):
        Line(line, source, (number + 1) * below).check(values, law, day)
    if unused := sorted(name for name in values if f"{{{name}}}" not in text):
        source.fail(f"the text does not use {', '.join(unused)}")
    if len(FIGURE.sub(_LONG_FIGURE, text)) > LONGEST_TEXT:
        source.fail(f"the text is longer than {LONGEST_TEXT} characters")
    return text


def _poster(source: Source, values: Mapping[str, Value | None], law: Law, day: date) -> PosterText:
    entries = source.entries(frozenset({"headline", "lines"}))
    headline, lines = entries["headline"], tuple(entries["lines"].items())
    if not 1 <= len(lines) <= MOST_LINES:
        entries["lines"].fail(f"one to {MOST_LINES} lines were expected")
    if len(headline.text()) > LONGEST_HEADLINE:
        headline.fail(f"the headline is longer than {LONGEST_HEADLINE} characters")
    for part in (headline, *lines):
        Line(part.text(), part, 0).check(values, law, day, personal=())
        if len(FIGURE.sub(_LONG_FIGURE, part.text())) > LONGEST_LINE:
            part.fail(f"the line is longer than {LONGEST_LINE} characters")
    return PosterText(headline.text(), tuple(line.text() for line in lines))


def _buttons(source: Source) -> tuple[Button, ...]:
    buttons = tuple(Button(_known(item, set(Button), "button")) for item in source.items())
    if Button.STOP not in buttons:
        source.fail("every campaign can be stopped: the button 'stop' is missing")
    if len(set(buttons)) != len(buttons):
        source.fail("a button stands twice")
    return buttons


def _attachment(source: Source, folder: Path | None) -> Path:
    name = source.text()
    if Path(name).name != name:
        source.fail("the name of a file that lies beside this one was expected")
    path = (folder or Path()) / name
    if path.suffix.lower() not in FILES:
        source.fail(f"{path.name}: one of {', '.join(FILES)} was expected")
    if not path.is_file():
        source.fail(f"there is no file {path.name}")
    if path.stat().st_size > LARGEST_FILE:
        source.fail(f"{path.name} is larger than {LARGEST_FILE // 2**20} MB")
    return path


def _moment(source: Source) -> datetime | None:
    if source.is_null():
        return None
    try:
        return datetime.strptime(source.text(), _MOMENT).replace(tzinfo=VIETNAM)
    except ValueError:
        source.fail("a moment such as 2026-12-01 09:00 was expected")


def _days(source: Source) -> int:
    number = source.number()
    if not isinstance(number, int) or number < 1:
        source.fail("at least one day")
    return number


def _goal(source: Source) -> Goal:
    entries = source.entries(frozenset({"what", "count"}))
    count = entries["count"].number()
    if not isinstance(count, int) or count < 1:
        entries["count"].fail("a whole number was expected")
    return Goal(_known(entries["what"], set(GOALS), "goal"), count)
