"""The JSON of `khuyencong assess`, line by line."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.programmes.assess_lines import assess_line
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from tests.programmes.conftest import TODAY
from tests.programmes.test_cases import BASES

TWELVE = [
    "machinery",
    "demonstration_model",
    "cleaner_production",
    "fair_domestic",
    "trademark",
    "typical_product",
    "training",
    "fair_abroad",
    "consulting",
    "showroom",
    "start_enterprise",
    "pollution_repair",
]
COMMON = ["legal_form", "registered", "size", "manufactures", "trade", "place"]
CRITERIA = {
    "machinery": [
        *COMMON, "prior_support", "own_capital", "eligible_item", "machine_condition", "already_bought",
        "technology_line", "timing", "law_abiding",
    ],
    "demonstration_model": [*COMMON, "prior_support", "own_capital", "demo_newness", "demo_showing"],
    "cleaner_production": [*COMMON, "prior_support", "own_capital", "cleaner_aim"],
    "fair_domestic": [*COMMON, "prior_support"],
    "fair_abroad": [*COMMON, "prior_support"],
    "training": [*COMMON, "prior_support"],
    "trademark": [*COMMON, "prior_support", "own_capital"],
    "consulting": [*COMMON, "prior_support", "own_capital"],
    "showroom": [*COMMON, "prior_support", "own_capital"],
    "typical_product": [
        *COMMON, "typical_self_made", "typical_series", "typical_copied", "typical_set", "typical_certificate",
    ],
    "start_enterprise": ["manufactures", "trade", "place", "difficult_area", "legal_form"],
    "pollution_repair": [*COMMON, "always_officer"],
}  # fmt: skip


def answer(line: Any, programmes: Programmes, law: Law) -> dict[str, Any]:
    return json.loads(json.dumps(assess_line(line, TODAY, programmes, law), ensure_ascii=False))


def test_without_need_all_twelve_are_judged(programmes: Programmes, law: Law) -> None:
    results = answer({"id": "a", "facts": {}}, programmes, law)["results"]

    assert [result["programme"] for result in results] == TWELVE
    assert {r["programme"]: [c["id"] for c in r["criteria"]] for r in results} == CRITERIA


@pytest.mark.parametrize(
    ("line", "judged"),
    [
        ({"need": ["training", "machinery", "training"], "facts": {"need": ["showroom"]}}, ["training", "machinery"]),
        ({"facts": {"need": ["showroom"]}}, ["showroom"]),
        ({"need": [], "facts": {"need": ["showroom"]}}, ["showroom"]),
        ({"need": None, "facts": {"need": None}}, TWELVE),
    ],
)
def test_need_comes_from_the_line_then_from_the_facts(
    line: dict[str, Any], judged: list[str], programmes: Programmes, law: Law
) -> None:
    results = answer({"id": 1, **line}, programmes, law)["results"]

    assert judged == [result["programme"] for result in results]


def test_a_result_has_exactly_the_fields_of_the_contract(programmes: Programmes, law: Law) -> None:
    line = {"id": "a", "facts": BASES["du_dieu_kien"], "need": ["machinery"]}

    [result] = answer(line, programmes, law)["results"]

    assert {
        "programme", "verdict", "criteria", "missing", "notes", "max_support", "max_support_status", "citations", "documents",
    } == set(result)  # fmt: skip
    assert all({"id", "outcome", "citation", "actual", "required", "change"} == set(c) for c in result["criteria"])
    assert {"document": "28/2018/TT-BTC", "article": "khoản 4 Điều 8", "amended_by": "64/2024/TT-BTC",
            "in_force_from": "2018-05-11", "status": "verified"} in result["citations"]  # fmt: skip
    assert {"name", "why"} == {key for document in result["documents"] for key in document}
    assert result["max_support_status"] == "verified"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"id": 1}, "facts"),
        ({"id": 1, "facts": []}, "facts"),
        ({"id": 1, "facts": {"machine": {"prize": 1}}}, "facts.machine.prize"),
        ({"id": 1, "facts": {}, "need": ["machines"]}, "need"),
        ({"id": 1, "facts": {}, "need": "machinery"}, "need"),
        ({"id": 1, "facts": {"need": ["machines"]}}, "need"),
        ({"id": 1, "facts": {}, "wants": ["machinery"]}, "wants"),
        (["id"], "line"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(line: Any, field: str, programmes: Programmes, law: Law) -> None:
    found = answer(line, programmes, law)

    assert found["results"] == []
    assert found["error"].startswith(f"{field}:")


def test_notes_are_the_same_for_everyone_but_for_priority(programmes: Programmes, law: Law) -> None:
    plain = answer({"id": 1, "facts": {}}, programmes, law)["results"]
    favoured = answer(
        {"id": 1, "facts": {"owner_female": True, "owner_ethnic_minority": True, "exports": True}}, programmes, law
    )["results"]

    for before, after in zip(plain, favoured, strict=True):
        assert before["notes"] == after["notes"][: len(before["notes"])]
        assert len(after["notes"]) == len(before["notes"]) + 3
        assert before["verdict"] == after["verdict"]


def test_every_failed_condition_says_what_would_change_it_without_a_figure(programmes: Programmes, law: Law) -> None:
    bad = {
        "legal_form": "unregistered",
        "registered": False,
        "activity": "trade_only",
        "trade_group": "outside",
        "prior_support_same_item": True,
        "own_capital_ready": False,
        "machine": {"item": "land"},
        "demonstration": {"willing_to_show": False},
        "cleaner_production_aim": False,
        "typical": {"self_made": False, "series": False, "copied": True},
    }
    big = {"legal_form": "enterprise", "employees": 500}

    for facts in (bad, big):
        for result in answer({"id": 1, "facts": facts}, programmes, law)["results"]:
            for criterion in result["criteria"]:
                failed = criterion["outcome"] == "not_met"
                assert bool(criterion["change"]) is failed
                assert not re.search(r"\d", criterion["change"] or "")


def test_a_rule_that_is_only_inferred_never_refuses(programmes: Programmes, law: Law) -> None:
    everything_wrong = {
        "legal_form": "unregistered", "registered": False, "activity": "trade_only", "trade_group": "outside",
        "prior_support_same_item": True, "own_capital_ready": False, "cleaner_production_aim": False,
    }  # fmt: skip

    for result in answer({"id": 1, "facts": everything_wrong}, programmes, law)["results"]:
        refused = [c["citation"]["status"] for c in result["criteria"] if c["outcome"] == "not_met"]
        assert set(refused) <= {"verified", "secondhand"}
