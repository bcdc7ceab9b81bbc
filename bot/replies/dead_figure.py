"""Corrects, kindly and first, a figure that is no longer in force and that people still quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.answers.in_digits import in_digits
from bot.eligibility.citation import Status
from bot.eligibility.parameter import Figure, Parameter
from bot.errors import NotInForce
from bot.knowledge.topic import Topic
from bot.language import fold, normalise
from bot.programmes.loader import Law
from bot.replies import money

_QUOTED = re.compile(
    r"(?<![\d/])(?P<number>\d+(?:[.,]\d+)*)\s*"
    r"(?P<unit>trieu|ty|ti|%|phan tram|nguoi|lao dong|cong nhan|tho|bo(?= ho so)|lan)\b|nam thu (?P<year>\w+)|"
    r"(?<![\d/])(?P<percent>\d+(?:[.,]\d+)?)\s*%|(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])|"
    r"ngay (?P<day_said>\d{1,2}) thang (?P<month_said>\d{1,2})"
)
_CLAIM = re.compile(
    r"\b(?:nghe|phai (?:khong|hong|ko|chang)|dung (?:khong|hong|ko|chu)|co dung|quy dinh|muc|tran|toi da|ghi|tren mang|"
    r"thay noi|co noi|bao la|van la|con la|han|truoc ngay)\b"
)
"""Words by which a person repeats a rule; without them "máy 200 triệu" is a price and "300 người" a workforce."""
_GIVEN = re.compile(r"\b(?:ho tro|cho|giup|duoc|toi da|toi|den|muc|tran|thuong)(?: \w+)? $")
_THOUSAND = 3
_SCALE = {"trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_PEOPLE = frozenset({"nguoi", "lao dong", "cong nhan", "tho"})
_OTHER_UNITS = {"bo": "sets", "lan": "times", "%": "percent", "phan tram": "percent"}
_YEARS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5}


def dead_figure_note(text: str, topic: Topic, day: date, law: Law) -> str | None:
    """One line that puts right a dead figure quoted in *text*, or None; never states an unverified figure."""
    quoted = set(_quoted(text))
    if not quoted:
        return None
    version = topic.on(day)
    asked = [figure.name for figure in version.figures(long=True) if figure.day is None]
    asked += [name for name in version.unverified if name in law.parameters]
    parameters = [law.parameter(name) for name in dict.fromkeys([*asked, *topic.dead])]
    ended = {name for name in topic.dead if len(law.parameter(name).values) == 1}
    for parameter in parameters:
        for value in quoted & _former(parameter, day, ended=parameter.name in ended):
            rivals = [p for p in parameters if p.name not in ended and _is_now(p, value, day)]
            if all(_is_meant(text, parameter, rival) for rival in rivals):
                return _note(parameter, day, ended=parameter.name in ended)
    return None


def _is_now(parameter: Parameter, value: tuple[str, Figure | None], day: date) -> bool:
    now = _stated(parameter, day)
    return now is not None and _comparable(now, parameter.unit) == value


def _is_meant(text: str, parameter: Parameter, rival: Parameter) -> bool:
    """Whether the words around a figure name *parameter* and not the *rival* that has this value today."""
    said = set(_words(text))
    own, other = set(_words(parameter.label)), set(_words(rival.label))
    return bool(said & (own - other)) and not said & (other - own)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]{2,}", fold(normalise(text)))


def _note(parameter: Parameter, day: date, *, ended: bool) -> str:
    if ended:
        return "Con số anh/chị nêu là mức cũ, nay không còn áp dụng."
    now = _stated(parameter, day)
    if now is None:
        return "Con số anh/chị nêu là của văn bản đã hết hiệu lực; mức hiện nay cần cán bộ xác nhận."
    return f"Con số anh/chị nêu là mức cũ, nay là **{money.figure(now, parameter.unit)}**."


def _stated(parameter: Parameter, day: date) -> Figure | None:
    """The value that may be said on *day*, if there is one."""
    try:
        dated = parameter.on(day)
    except NotInForce:
        return None
    return None if dated.status is Status.UNVERIFIED else dated.value


def _former(parameter: Parameter, day: date, *, ended: bool) -> set[tuple[str, Figure | None]]:
    """The values it had before *day* and has no more; all of them when the figure *ended*."""
    values = [
        value for value in parameter.values if value.in_force_from <= day and value.status is not Status.UNVERIFIED
    ]
    now = _stated(parameter, day)
    past = values if ended or now is None else [value for value in values[:-1] if value.value != now]
    return {_comparable(value.value, parameter.unit) for value in past}


def _comparable(value: Figure | None, unit: str) -> tuple[str, Figure | None]:
    return unit, value


def _quoted(text: str) -> Iterator[tuple[str, Figure | None]]:
    """The figures that *text* repeats as rules, in their units."""
    spelled = in_digits(text)
    claims = _CLAIM.search(spelled) is not None
    for match in _QUOTED.finditer(spelled):
        if not claims and not _GIVEN.search(spelled[: match.start()]):
            continue
        if match["percent"]:
            yield "percent", _number(match["percent"])
        elif match["day"] or match["day_said"]:
            month, day = int(match["month"] or match["month_said"]), int(match["day"] or match["day_said"])
            yield "day_of_year", f"{month:02}-{day:02}"
        elif match["unit"] in _PEOPLE:
            yield "people", _number(match["number"])
        elif match["unit"] in _SCALE:
            yield "VND", round(_number(match["number"]) * _SCALE[match["unit"]])
        elif match["year"]:
            yield "year_number", _YEARS.get(match["year"]) or (int(match["year"]) if match["year"].isdigit() else None)
        else:
            yield _OTHER_UNITS[match["unit"]], _number(match["number"])


def _number(written: str) -> float:
    """A number whose groups of three digits are thousands and whose other separators are decimal."""
    whole, *groups = re.split(r"[.,]", written)
    if groups and all(len(group) == _THOUSAND for group in groups):
        return float(whole + "".join(groups))
    return float(f"{whole}.{''.join(groups) or 0}")
