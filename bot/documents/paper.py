"""What a paper says: the workshop's facts, what it wants, how that stands, what to bring; plain text only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.eligibility.assessment import Assessment, Verdict
from bot.eligibility.facts import ABSENT, Facts, read_facts
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.replies.assessment import render_result
from bot.replies.money import day as said_day
from bot.replies.money import money, number
from bot.replies.questions import say_fact

BLANK = "…………………………"
"""Where the person writes by hand."""
NOT_KNOWN = "chưa rõ"
IN_FULL = 4
"""Support kinds whose conditions are spelled out; of more, only the verdicts."""
_MARKS = {"✅": "Đạt:", "❌": "Chưa đạt:", "👤": "Cần cán bộ xem:", "❓": "Chưa rõ:", "→": "Có thể đổi:"}
_ABOUT: tuple[tuple[str, str], ...] = (
    ("Hình thức cơ sở", "legal_form"),
    ("Giấy đăng ký", "registered"),
    ("Ngành nghề", "trade_group"),
    ("Cách làm", "activity"),
    ("Lao động thường xuyên", "employees"),
    ("Doanh thu năm ngoái", "annual_revenue"),
    ("Tổng nguồn vốn", "total_capital"),
)
_OF_MACHINES: tuple[tuple[str, str], ...] = (
    ("Giá dự kiến", "machine.price"),
    ("Máy mới hay cũ", "machine.condition"),
    ("Đã mua chưa", "machine.bought"),
    ("Máy lẻ hay dây chuyền", "machine.line"),
)
_OF_MODELS: tuple[tuple[str, str], ...] = (
    ("Chi phí dự kiến", "demonstration.cost"),
    ("Trong vùng", "demonstration.new_in_area"),
    ("Cho tham quan", "demonstration.willing_to_show"),
)
_OF_MONEY: tuple[tuple[str, str], ...] = (
    ("Hỗ trợ trước đây", "prior_support_same_item"),
    ("Phần vốn còn lại", "own_capital_ready"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Wish:
    """One support kind that is asked for."""

    name: str
    rows: tuple[Row, ...]
    result: tuple[str, ...]
    """How it stands, one sentence a line, each condition with its article."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that the draft request and the summary say."""

    day: str
    name: str
    phone: str
    rows: tuple[Row, ...]
    wishes: tuple[Wish, ...]
    documents: tuple[str, ...]


def describe(
    facts: Mapping[str, Any],
    results: Sequence[Assessment],
    programmes: Programmes,
    law: Law,
    day: date,
    *,
    name: str | None = None,
    phone: str | None = None,
) -> Paper:
    """The paper for *facts* and their *results* on *day*; support kinds that are ruled out come last."""
    told = read_facts(facts)
    ordered = sorted(results, key=lambda result: result.verdict is Verdict.NOT_ELIGIBLE)
    return Paper(
        day=said_day(day),
        name=name or BLANK,
        phone=phone or BLANK,
        rows=(*_business(told), *_rest(told)),
        wishes=tuple(_wish(result, told, programmes, law, in_full=len(ordered) <= IN_FULL) for result in ordered),
        documents=_documents(ordered),
    )


def _business(told: Facts) -> tuple[Row, ...]:
    product = told.text("product")
    place = _place(told)
    return (
        Row("Sản phẩm chính", product or BLANK),
        Row("Nơi đặt xưởng", place or BLANK),
        *(Row(label, value) for label, name in _ABOUT if (value := _said(name, told))),
    )


def _rest(told: Facts) -> tuple[Row, ...]:
    first = [said for name in ("owner_female", "owner_ethnic_minority", "exports") if (said := say_fact(name, told))]
    return (Row("Ghi thêm", ", ".join(first)),) if first else ()


def _place(told: Facts) -> str:
    old, new = told.text("place.old"), told.text("place.new_unit")
    named = f"{new} ({old[:1].lower()}{old[1:]} cũ)" if new and old else new or old
    return ", ".join(part for part in (named, told.text("place.province")) if part)


def _said(name: str, told: Facts) -> str:
    """The value alone where the label already says what it is; "chưa rõ" for what was asked and is not known."""
    value = told.get(name)
    if value is ABSENT:
        return ""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{number(value)} người" if name == "employees" else money(value)
    without_product = Facts({key: held for key, held in told.values.items() if key != "product"})
    return say_fact(name, without_product)


def _wish(result: Assessment, told: Facts, programmes: Programmes, law: Law, *, in_full: bool) -> Wish:
    programme = programmes[result.programme]
    needed = {name for criterion in programme.criteria for name in criterion.needs}
    if programme.support:
        needed.add(programme.support.price)
    asked = [*_OF_MACHINES, *_OF_MODELS, *_OF_MONEY]
    rows = tuple(Row(label, value) for label, name in asked if name in needed and (value := _said(name, told)))
    lines = render_result(result, programme, law).splitlines()
    return Wish(programme.name, rows, tuple(map(_in_words, lines if in_full else lines[:1])))


def _in_words(line: str) -> str:
    """A line of a result without signs that paper does not carry."""
    text = line.replace("**", "")
    for mark, word in _MARKS.items():
        text = text.replace(mark, word)
    return text


def _documents(results: Sequence[Assessment]) -> tuple[str, ...]:
    possible = [result for result in results if result.verdict is not Verdict.NOT_ELIGIBLE] or list(results)
    names = {paper.name: paper.why for result in reversed(possible) for paper in result.documents}
    return tuple(f"{name}: {why}" for name, why in names.items())
