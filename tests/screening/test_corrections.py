"""A correction changes what it names and nothing else, whatever was told before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.plain_yaml import read_yaml
from bot.screening.draft import Draft
from bot.screening.interview import Interview
from tests.screening.simulation import TODAY, an_interview

CASES = read_yaml(Path(__file__).parent / "corrections.yml")
TOLD: dict[str, Any] = {
    "need": ["machinery"],
    "legal_form": "household_business",
    "registered": True,
    "activity": "manufactures",
    "trade_group": "handicraft",
    "product": "gốm",
    "place": {
        "new_unit": "Xã Phú Giáo",
        "unit_type": "xa",
        "province": "Thành phố Hồ Chí Minh",
        "in_recognised_craft_village": False,
    },
    "employees": 8,
    "annual_revenue": 900_000_000,
    "total_capital": 500_000_000,
    "prior_support_same_item": False,
    "own_capital_ready": True,
    "machine": {"price": 400_000_000, "condition": "new", "bought": False, "line": False},
    "demonstration": {"cost": 1_000_000_000, "new_in_area": True, "willing_to_show": True},
    "cleaner_production_aim": True,
    "typical": {"self_made": True, "series": True, "copied": False, "is_set": False, "prior_certificate": False},
    "exports": True,
}
GOES_ALONG = {"trade_group": {"product", "activity"}, "place": {"place"}}
"""What a correction may change besides: a product belongs to its trade, the parts of a place to each other."""


def flat(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts by flat name; a place as one fact."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, dict) and name != "place":
            found |= {f"{name}.{part}": held for part, held in value.items()}
        else:
            found[name] = value
    return found


@pytest.fixture(scope="module")
def interview() -> Interview:
    return an_interview()


@pytest.mark.parametrize(("text", "fact", "value"), CASES, ids=[case[0] for case in CASES])
def test_a_correction_changes_what_it_names_and_keeps_the_rest(
    text: str, fact: str, value: Any, interview: Interview
) -> None:
    corrected = interview.correct(Draft("p", TOLD), text, TODAY)

    assert corrected is not None
    assert value == corrected.fact(fact)
    before, after = flat(TOLD), flat(dict(corrected.facts))
    named = fact.split(".", maxsplit=1)[0] if fact.startswith("place") else fact
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed - GOES_ALONG.get(named, set()) <= {named}


@pytest.mark.parametrize("text", ["sửa", "sửa lại giùm", "nhầm rồi", "sửa câu trả lời"])
def test_a_correction_that_names_nothing_changes_nothing(text: str, interview: Interview) -> None:
    assert interview.correct(Draft("p", TOLD), text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "form", "registered"),
    [
        ("ho kinh doanh co giay roi", "household_business", True),
        ("có giấy phép kinh doanh rồi", None, True),
        ("sửa lại là công ty", "enterprise", None),
    ],
)
def test_who_has_papers_after_all_is_no_longer_unregistered(
    text: str, form: str | None, registered: bool | None, interview: Interview
) -> None:
    told = Draft("p", {"legal_form": "unregistered", "registered": False, "employees": 8})

    corrected = interview.correct(told, text, TODAY)

    assert corrected is not None
    assert (form, registered, 8) == tuple(
        corrected.facts.get(name) for name in ("legal_form", "registered", "employees")
    )
