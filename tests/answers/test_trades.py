"""The lexicon of products and trades."""

from datetime import date

import pytest

from bot.answers.lexicon import load
from bot.answers.read import read
from bot.eligibility.facts import TRADE_GROUPS
from bot.language import fold

DAY = date(2026, 11, 23)
NAMES = [(group, name) for group, names in load("trades").items() for name in names]


def test_every_group_of_the_contract_has_words() -> None:
    assert set(TRADE_GROUPS) == set(load("trades"))
    assert len({name for _, name in NAMES}) >= 250


@pytest.mark.parametrize("typed", [str, str.upper, fold], ids=["as written", "capitals", "no accents"])
def test_every_product_is_found_in_its_group(typed: object) -> None:
    assert callable(typed)
    lost = []
    for group, name in NAMES:
        answer = read("trade_group", typed(name), DAY)
        if group not in (answer.value, *answer.candidates):
            lost.append((group, name, answer.value))
    assert lost == []


@pytest.mark.parametrize(
    ("misspelled", "group"),
    [
        ("bánh trang", "agro_food_processing"),
        ("co khis nong nghiep", "mechanical_electrical_supporting"),
        ("điêu khăc gỗ", "handicraft"),
    ],
)
def test_a_slip_of_a_letter_is_forgiven(misspelled: str, group: str) -> None:
    assert read("trade_group", misspelled, DAY).value == group
