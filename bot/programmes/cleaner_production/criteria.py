"""Conditions of support for cleaner production, whose own route in Điều 1 has no limit of size or place."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.criterion import Outcome, Rules, Ruling, by_value, criterion
from bot.eligibility.facts import Facts
from bot.programmes.common import criteria as common


@criterion(*common.size.needs)
def size(facts: Facts, rules: Rules) -> Ruling:
    """A big enterprise goes to an officer by route b instead of being turned away."""
    return _by_route_b(common.size.judge(facts, rules))


@criterion(*common.place.needs)
def place(facts: Facts, rules: Rules) -> Ruling:
    """A place that khuyến công does not reach goes to an officer by route b."""
    return _by_route_b(common.place.judge(facts, rules))


def _by_route_b(ruling: Ruling) -> Ruling:
    if ruling.outcome is not Outcome.NOT_MET:
        return ruling
    return replace(ruling, outcome=Outcome.OFFICER, provision="tt46-3-2", change=None)


@criterion("cleaner_production_aim")
def cleaner_aim(facts: Facts, rules: Rules) -> Ruling:
    """The wish is to use less power, water or material, or to waste less."""
    return by_value(
        facts,
        "cleaner_production_aim",
        "nd45-1-2-b",
        met=(True,),
        not_met=(False,),
        change="Hướng này dành cho việc giảm điện, nước, nguyên liệu hoặc chất thải; nếu có mục tiêu đó thì xem lại.",
    )
