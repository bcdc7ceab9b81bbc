"""How each fact is asked, why it is asked, and how an answer is repeated back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.eligibility.facts import FACTS, Facts, FactValue
from bot.errors import ContentError
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import Law, load_law
from bot.programmes.source import Source, read
from bot.replies.citation import format_citation
from bot.replies.money import figure, money, number

ChoiceValue = str | bool | list[str] | None
"""As the `parse` contract gives it; None says "does not know"."""

_FILE = Path(__file__).parent / "questions.yml"
_FIGURE = re.compile(r"\{([a-z_]+\.[a-z_0-9]+)\}")
_MONEY = frozenset({"annual_revenue", "total_capital", "machine.price", "demonstration.cost"})
_SAID_FIRST = ("product", "trade_group", "place", "legal_form", "employees", "machine.price", "demonstration.cost")
_UNIT_KINDS = {"xa": "xã", "phuong": "phường", "dac_khu": "đặc khu"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the words of `questions.yml`."""

    ask: str
    why: str
    provision: str | None
    choices: tuple[tuple[str, ChoiceValue], ...]
    said: Mapping[str, str] | str | None


def question_text(fact: str) -> str:
    """Ask for *fact* in one short sentence; `ContentError` for a fact that is never asked."""
    return _question(fact).ask


def question_choices(fact: str) -> tuple[tuple[str, ChoiceValue], ...]:
    """Give the buttons under a question, title and value; empty when the answer is free text."""
    if fact == "need":
        programmes = load_programmes(load_law())
        return tuple((programme.short, [programme.id]) for programme in programmes.values())
    return _question(fact).choices


def why_asked(fact: str, day: date, law: Law) -> str:
    """Explain why *fact* is asked, with the article in force on *day* where there is one."""
    question = _question(fact)
    text = _FIGURE.sub(lambda match: _figure_on(match[1], day, law), question.why)
    if question.provision is None:
        return text
    return f"{text}\nCăn cứ: {format_citation(law.cite(question.provision, day), law)}."


def fact_summary(facts: Facts, only: Collection[str] | None = None) -> str:
    """Repeat in one line what was understood; empty when there is nothing to repeat.

    With *only*, no other facts than those (names of the `parse` contract) are repeated.
    """
    names = dict.fromkeys(
        [*_SAID_FIRST, *("place" if n.startswith("place.") and n in _PLACE_NAMES else n for n in FACTS)]
    )
    wanted = [name for name in names if only is None or name in only]
    said = [text for name in wanted if (text := say_fact(name, facts))]
    return f"Ghi nhận: {' · '.join(said)}." if said else ""


def say_fact(name: str, facts: Facts) -> str:
    """Say one fact in a few words ("8 lao động"); empty when there is no value or nothing to say of it."""
    if name == "place":
        return _place(facts)
    if name == "need":
        return _need(facts)
    value = facts.get(name)
    if name == "trade_group" and facts.text("product"):
        return ""
    if not isinstance(value, str | int) or name not in _questions():
        return ""
    said = _question(name).said
    if isinstance(said, str):
        return said.replace("{}", _value(name, value))
    return said.get(_key(value), "") if said else ""


_PLACE_NAMES = frozenset({"place.old", "place.new_unit", "place.unit_type", "place.province"})


def _value(name: str, value: FactValue) -> str:
    if isinstance(value, int):
        return money(value) if name in _MONEY else number(value)
    return re.sub(r"^làm ", "", str(value).strip())


def _place(facts: Facts) -> str:
    named = facts.text("place.new_unit") or facts.text("place.old")
    return f"{named[:1].lower()}{named[1:]}" if named else _UNIT_KINDS.get(facts.text("place.unit_type"), "")


def _need(facts: Facts) -> str:
    wanted = facts.get("need")
    programmes = load_programmes(load_law())
    if not isinstance(wanted, tuple):
        return ""
    names = [programmes[name].short.lower() for name in wanted if name in programmes]
    return f"cần {', '.join(names)}" if names else ""


def _figure_on(name: str, day: date, law: Law) -> str:
    parameter = law.parameter(name)
    value = parameter.on(day).value
    return figure(value, parameter.unit) if value is not None else "mức cần cán bộ xác nhận"


def _question(fact: str) -> Question:
    questions = _questions()
    if fact not in questions:
        raise ContentError(f"questions.yml: there is no question for {fact!r}")
    return questions[fact]


@cache
def _questions() -> Mapping[str, Question]:
    return {key.text(): _read(value) for key, value in read(_FILE).pairs()}


def _read(source: Source) -> Question:
    entries = source.entries(frozenset({"ask", "why", "provision"}), frozenset({"choices", "said"}))
    return Question(
        ask=entries["ask"].text(),
        why=entries["why"].text(),
        provision=entries["provision"].optional_text(),
        choices=tuple(_choice(item) for item in entries["choices"].items()) if "choices" in entries else (),
        said=_said(entries["said"]) if "said" in entries else None,
    )


def _choice(source: Source) -> tuple[str, ChoiceValue]:
    title, value = source.items()
    if value.is_null():
        return title.text(), None
    text = value.text()
    return title.text(), {"true": True, "false": False}.get(text, text)


def _said(source: Source) -> Mapping[str, str] | str:
    if source.is_mapping():
        return {key.text(): value.text() for key, value in source.pairs()}
    return source.text()


def _key(value: FactValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
