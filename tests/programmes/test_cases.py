"""Runs the YAML cases that policy people write, and checks that they leave no outcome of a condition untried."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.eligibility.criterion import Criterion
from bot.eligibility.facts import ABSENT, FACTS, Facts, Kind
from bot.plain_yaml import read_yaml
from bot.programmes.assess_lines import assess_line
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import Law, load_law
from bot.programmes.rules import RulesOn

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 23)
KEYS = {"name", "as_of", "programme", "base", "given", "without", "expect"}
EXPECTED = {"verdict", "criteria", "max_support", "asks"}


def read(name: str) -> Any:
    return read_yaml(FOLDER / name)


BASES = read("bases.yml")
CASES = [case for path in sorted(FOLDER.glob("*.yml")) if path.name != "bases.yml" for case in read(path.name)]


def merged(base: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    both = {**base, **given}
    for name, value in given.items():
        if isinstance(value, dict) and isinstance(base.get(name), dict):
            both[name] = {**base[name], **value}
    return both


def facts_of(case: Mapping[str, Any]) -> dict[str, Any]:
    facts = merged(BASES[case["base"]] if "base" in case else {}, case.get("given") or {})
    for name in case.get("without") or ():
        group, _, part = name.partition(".")
        if part:
            facts[group] = {key: value for key, value in facts[group].items() if key != part}
        else:
            del facts[group]
    return facts


def judged(case: Mapping[str, Any], programmes: Programmes, law: Law) -> dict[str, Any]:
    line = {"id": case["name"], "facts": facts_of(case), "need": [case["programme"]]}
    answer = assess_line(line, case.get("as_of", TODAY), programmes, law)
    assert "error" not in answer, answer["error"]
    [result] = answer["results"]
    return result


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], programmes: Programmes, law: Law) -> None:
    assert set(case) <= KEYS
    assert case["expect"].keys() <= EXPECTED

    result = judged(case, programmes, law)

    outcomes = {criterion["id"]: criterion["outcome"] for criterion in result["criteria"]}
    found = {
        "verdict": result["verdict"],
        "max_support": result["max_support"],
        "asks": next(iter(result["missing"]), None),
        "criteria": {name: outcomes[name] for name in case["expect"].get("criteria", {})},
    }
    assert case["expect"] == {name: found[name] for name in case["expect"]}


def test_names_are_used_once() -> None:
    names = [case["name"] for case in CASES]

    assert sorted(set(names)) == sorted(names)


def tried_values(name: str) -> list[Any]:
    """Values that may matter: every choice, and numbers around the limits."""
    spec = FACTS[name]
    limits = {"employees": (8, 201), "annual_revenue": (1, 200_000_000_001), "total_capital": (1, 100_000_000_001)}
    texts = {
        "product": ("gốm", "gạch nung lò vòng", "gạch nung"),
        "place.province": ("Tỉnh Đồng Nai", "Thành phố Hồ Chí Minh"),
        "timing": ("urgent", "can_wait"),
    }
    values = {Kind.NUMBER: limits.get(name, (1,)), Kind.TEXT: texts.get(name, ("x",)), Kind.TIME: texts["timing"]}
    return [ABSENT, None, *values.get(spec.kind, spec.choices)]


def reachable(criterion: Criterion, rules: RulesOn) -> set[str]:
    combinations = product(*(tried_values(name) for name in criterion.needs))
    tried = (dict(zip(criterion.needs, values, strict=True)) for values in combinations)
    return {
        criterion.judge(
            Facts({name: value for name, value in facts.items() if value is not ABSENT}), rules
        ).outcome.value
        for facts in tried
    }


def distinct_criteria() -> list[tuple[str, str]]:
    """Programme and id of each condition, a shared one once."""
    seen: dict[int, tuple[str, str]] = {}
    for programme in load_programmes(load_law()).values():
        for criterion in programme.criteria:
            seen.setdefault(id(criterion), (programme.id, criterion.id))
    return list(seen.values())


@pytest.mark.parametrize(("programme", "name"), distinct_criteria(), ids=str)
def test_every_outcome_a_condition_can_have_is_tried(
    programme: str, name: str, programmes: Programmes, law: Law
) -> None:
    [criterion] = [c for c in programmes[programme].criteria if c.id == name]
    sharing = {p.id for p in programmes.values() if criterion in p.criteria}

    tried = {
        case["expect"]["criteria"][name]
        for case in CASES
        if case["programme"] in sharing and name in case["expect"].get("criteria", {})
    }

    assert reachable(criterion, RulesOn(law, TODAY)) - tried == set()
