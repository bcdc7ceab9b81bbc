"""Facts of the contract: three states, and errors that name the field."""

from __future__ import annotations

from typing import Any

import pytest

from bot.eligibility.facts import ABSENT, FactError, read_facts


def test_a_fact_is_absent_null_or_a_value() -> None:
    facts = read_facts({"employees": None, "registered": False})

    assert facts.get("legal_form") is ABSENT
    assert facts.get("employees") is None
    assert facts.get("registered") is False


def test_null_for_a_group_means_none_of_its_parts_is_known() -> None:
    facts = read_facts({"machine": None})

    assert facts.get("machine.price") is None
    assert facts.get("typical.series") is ABSENT


def test_parts_of_a_group_are_read_one_by_one() -> None:
    facts = read_facts({"place": {"unit_type": "xa", "province": None}})

    assert facts.get("place.unit_type") == "xa"
    assert facts.get("place.province") is None
    assert facts.get("place.two_sites") is ABSENT


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ({"employes": 8}, "facts.employes"),
        ({"machine": {"prize": 1}}, "facts.machine.prize"),
        ({"machine": 5}, "facts.machine"),
        ({"employees": "8"}, "facts.employees"),
        ({"employees": -1}, "facts.employees"),
        ({"employees": 8.5}, "facts.employees"),
        ({"employees": True}, "facts.employees"),
        ({"registered": 1}, "facts.registered"),
        ({"registered": "true"}, "facts.registered"),
        ({"legal_form": "company"}, "facts.legal_form"),
        ({"own_capital_ready": "deposit"}, "facts.own_capital_ready"),
        ({"need": "machinery"}, "facts.need"),
        ({"timing": ["2027-06-30", "2027-04-01"]}, "facts.timing"),
        ({"timing": ["2027-04-01"]}, "facts.timing"),
        ({"product": 5}, "facts.product"),
    ],
)
def test_a_fact_that_cannot_be_used_is_named(raw: dict[str, Any], field: str) -> None:
    with pytest.raises(FactError, match=rf"^{field}:"):
        read_facts(raw)


def test_a_whole_number_may_come_as_a_decimal() -> None:
    assert read_facts({"annual_revenue": 2e8}).number("annual_revenue") == 200_000_000


def test_one_more_fact_leaves_the_others_alone() -> None:
    before = read_facts({"employees": 8})

    after = before.with_fact("registered", True)

    assert after.get("employees") == 8
    assert before.get("registered") is ABSENT
