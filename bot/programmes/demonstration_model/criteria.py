"""Conditions of support for a demonstration model."""

from __future__ import annotations

from bot.eligibility.criterion import Rules, Ruling, by_value, criterion
from bot.eligibility.facts import Facts


@criterion("demonstration.new_in_area")
def demo_newness(facts: Facts, rules: Rules) -> Ruling:
    """Nobody around uses or makes it yet; if somebody does, an officer judges what is new about it."""
    return by_value(facts, "demonstration.new_in_area", "tt46-4-2-a", met=(True,))


@criterion("demonstration.willing_to_show")
def demo_showing(facts: Facts, rules: Rules) -> Ruling:
    """Others may come, see and learn: that is what a model is for."""
    return by_value(
        facts,
        "demonstration.willing_to_show",
        "tt46-4-2",
        met=(True,),
        not_met=(False,),
        change="Mô hình trình diễn là để nơi khác đến xem, học; nếu đồng ý cho tham quan thì xem lại.",
    )
