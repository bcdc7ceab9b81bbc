"""Conditions of support for setting up an enterprise in a difficult area."""

from __future__ import annotations

from bot.eligibility.criterion import Rules, Ruling, by_value, criterion
from bot.eligibility.facts import Facts


@criterion("place.difficult_area")
def difficult_area(facts: Facts, rules: Rules) -> Ruling:
    """The enterprise will stand in a difficult area; elsewhere an officer checks the city's list, seen only in the press."""
    return by_value(facts, "place.difficult_area", rules.first_in_force("tt28-8", "ttlt26-6-2-a"), met=(True,))


@criterion("legal_form")
def legal_form(facts: Facts, rules: Rules) -> Ruling:
    """There is no enterprise yet; one that is being converted is for an officer."""
    return by_value(
        facts,
        "legal_form",
        "nd45-4-2",
        met=("household_business", "cooperative", "cooperative_group", "cooperative_union", "unregistered", "artisan"),
        not_met=("enterprise",),
        change="Khoản này dành cho doanh nghiệp sắp thành lập; doanh nghiệp đã có thì xem các hỗ trợ khác.",
    )
