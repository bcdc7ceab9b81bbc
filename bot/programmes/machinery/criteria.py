"""Conditions of support for advanced machinery and technology transfer."""

from __future__ import annotations

from bot.eligibility.criterion import Outcome, Rules, Ruling, by_value, criterion
from bot.eligibility.facts import Facts
from bot.programmes.common.criteria import money_conditions


@criterion("machine.item")
def eligible_item(facts: Facts, rules: Rules) -> Ruling:
    """The wish is a machine; a vehicle, building, land or stock is not. Counts only when another thing was named."""
    item = facts.get("machine.item")
    if item in ("vehicle", "building", "land", "stock"):
        return Ruling(
            Outcome.NOT_MET,
            "tt46-4-4-a",
            str(item),
            "machine",
            "Chọn máy móc, thiết bị dùng trong sản xuất hoặc xử lý ô nhiễm; xe, nhà xưởng, đất, hàng hóa thì không.",
        )
    return Ruling(Outcome.MET, "tt46-4-4-a", "machine" if item == "machine" else None, "machine")


@criterion("machine.condition")
def machine_condition(facts: Facts, rules: Rules) -> Ruling:
    """The machine is new, as the first text asks; a used one is for an officer because the text was amended since."""
    return by_value(facts, "machine.condition", "tt46-4-4-b", met=("new",))


@criterion("machine.bought")
def already_bought(facts: Facts, rules: Rules) -> Ruling:
    """The machine is not bought yet; a bought one or a deposit is for an officer."""
    return by_value(facts, "machine.bought", money_conditions(rules), met=(False,))


@criterion("machine.line")
def technology_line(facts: Facts, rules: Rules) -> Ruling:
    """One machine or group; a whole technology line has a higher ceiling and is for an officer."""
    return by_value(facts, "machine.line", rules.first_in_force("tt28-8-4", "ttlt26-6-2-c"), met=(False,))
