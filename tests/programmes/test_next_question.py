"""What is asked next, and what is never asked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.eligibility.facts import read_facts
from bot.eligibility.next_question import next_question
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.programmes.rules import RulesOn
from tests.programmes.conftest import TODAY

SURE: dict[str, Any] = {
    "legal_form": "household_business",
    "registered": True,
    "activity": "manufactures",
    "trade_group": "handicraft",
    "place": {"unit_type": "xa", "province": "Thành phố Hồ Chí Minh"},
}
MACHINE = {"condition": "new", "bought": False, "line": False}
MONEY = {"prior_support_same_item": False, "own_capital_ready": True}


@pytest.mark.parametrize(
    ("facts", "need", "asks"),
    [
        ({}, ["machinery"], "legal_form"),
        ({"legal_form": "household_business"}, ["machinery"], "registered"),
        ({"legal_form": "unregistered"}, ["machinery"], None),
        ({"legal_form": "unregistered"}, ["machinery", "start_enterprise"], "trade_group"),
        ({"legal_form": "enterprise", "registered": True}, ["machinery"], "employees"),
        (SURE, ["machinery"], "prior_support_same_item"),
        (SURE, ["fair_domestic"], "prior_support_same_item"),
        ({**SURE, **MONEY}, ["machinery"], "machine.condition"),
        ({**SURE, **MONEY}, ["fair_domestic"], None),
        ({**SURE, **MONEY, "machine": MACHINE}, ["machinery"], "machine.price"),
        ({**SURE, **MONEY, "machine": {**MACHINE, "price": 5}}, ["machinery"], None),
        ({**SURE, "legal_form": "enterprise", **MONEY, "machine": {**MACHINE, "price": 5}}, ["machinery"], "employees"),
        ({**SURE, **MONEY, "place": {"unit_type": "phuong"}}, ["fair_domestic"], "place"),
        (
            {**SURE, **MONEY, "place": {"unit_type": "phuong", "province": "Thành phố Hồ Chí Minh"}},
            ["fair_domestic"],
            "place.in_recognised_craft_village",
        ),
    ],
)
def test_the_next_question(
    facts: dict[str, Any], need: list[str], asks: str | None, programmes: Programmes, law: Law
) -> None:
    chosen = [programmes[name] for name in need]

    assert next_question(read_facts(facts), chosen, RulesOn(law, TODAY)) == asks


def test_a_question_that_was_asked_is_not_asked_again(programmes: Programmes, law: Law) -> None:
    rules = RulesOn(law, TODAY)

    assert next_question(read_facts({}), [programmes["machinery"]], rules, {"legal_form"}) == "registered"


def test_what_several_programmes_wait_for_comes_before_what_one_waits_for(programmes: Programmes, law: Law) -> None:
    chosen = [programmes[name] for name in ("machinery", "trademark", "consulting")]
    facts = read_facts({**SURE, "prior_support_same_item": False})

    assert next_question(facts, chosen, RulesOn(law, TODAY)) == "own_capital_ready"


def test_somebody_who_wants_nothing_in_particular_is_asked_only_what_several_kinds_wait_for(
    programmes: Programmes, law: Law
) -> None:
    rules = RulesOn(law, TODAY)
    asked: list[str] = []
    while name := next_question(read_facts({}), programmes.values(), rules, asked, shared_only=True):
        asked.append(name)

    assert asked == [
        "legal_form",
        "trade_group",
        "activity",
        "place",
        "registered",
        "prior_support_same_item",
        "own_capital_ready",
    ]
