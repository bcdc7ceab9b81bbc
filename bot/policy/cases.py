"""The same workshop judged on two days: which single answers lead to another outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.eligibility.criterion import Criterion, Ruling
from bot.eligibility.criterion import Outcome as Found
from bot.eligibility.facts import FACTS, Facts, FactValue
from bot.eligibility.programme import Programme
from bot.errors import NotInForce
from bot.policy.content import Content
from bot.programmes.rules import RulesOn

SOUND: Mapping[str, FactValue] = {
    "legal_form": "household_business",
    "registered": True,
    "activity": "manufactures",
    "trade_group": "handicraft",
    "place.unit_type": "xa",
    "place.province": "Thành phố Hồ Chí Minh",
    "place.difficult_area": False,
    "employees": 1,
    "annual_revenue": 0,
    "total_capital": 0,
    "prior_support_same_item": False,
    "own_capital_ready": True,
    "machine.condition": "new",
    "machine.bought": False,
    "machine.line": False,
    "machine.item": "machine",
    "demonstration.willing_to_show": True,
    "demonstration.new_in_area": True,
    "cleaner_production_aim": True,
    "typical.self_made": True,
    "typical.series": True,
    "typical.copied": False,
    "typical.is_set": False,
    "typical.prior_certificate": False,
}
"""A workshop with which nothing is wrong; each case changes one answer of it, or the two that say where it stands."""

_PROVINCES = ("Thành phố Hồ Chí Minh", "Tỉnh Đồng Nai")


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A condition that comes to something else for the same answers."""

    criterion: str
    programmes: tuple[Programme, ...]
    """The support kinds that ask for it."""
    answers: Mapping[str, FactValue]
    """The answers that differ from the sound workshop's, or are the point of the case."""
    before: Ruling | None
    """None when the condition rests on rules that are not held for the day."""
    after: Ruling | None


def changed_outcomes(content: Content, first: date, second: date) -> tuple[OutcomeChange, ...]:
    """Every case whose outcome on *first* is not that on *second*, each once for all support kinds that share it."""
    early, late = RulesOn(content.law, first), RulesOn(content.law, second)
    found: dict[tuple[object, ...], list[tuple[Programme, OutcomeChange]]] = {}
    for programme in content.programmes.values():
        for criterion in programme.criteria:
            for change in _changes(programme, criterion, early, late):
                case = (change.criterion, *change.answers.items(), _outcome(change.before), _outcome(change.after))
                found.setdefault(case, []).append((programme, change))
    return tuple(replace(shared[0][1], programmes=tuple(p for p, _ in shared)) for shared in found.values())


def _changes(programme: Programme, criterion: Criterion, early: RulesOn, late: RulesOn) -> Iterator[OutcomeChange]:
    for answers in _cases(criterion):
        facts = Facts({**SOUND, **answers})
        before, after = _judged(criterion, facts, early), _judged(criterion, facts, late)
        if _outcome(before) is not _outcome(after):
            yield OutcomeChange(criterion.id, (programme,), answers, before, after)


def _cases(criterion: Criterion) -> Iterator[Mapping[str, FactValue]]:
    if "place.unit_type" in criterion.needs:
        for province in _PROVINCES:
            for unit in FACTS["place.unit_type"].choices:
                yield {"place.unit_type": unit, "place.province": province}
    for name in criterion.needs:
        if name != "place.unit_type":
            yield from ({name: choice} for choice in FACTS[name].choices)


def _judged(criterion: Criterion, facts: Facts, rules: RulesOn) -> Ruling | None:
    try:
        ruling = criterion.judge(facts, rules)
        rules.cite(ruling.provision)
    except NotInForce:
        return None
    return ruling


def _outcome(ruling: Ruling | None) -> Found | None:
    return ruling.outcome if ruling else None
