"""Support for repairing pollution treatment at a workshop, whose present rules we hold only in part."""

from __future__ import annotations

from bot.eligibility.criterion import Outcome, Rules, Ruling, criterion
from bot.eligibility.facts import Facts


@criterion()
def always_officer(facts: Facts, rules: Rules) -> Ruling:
    """An officer looks at every case."""
    return Ruling(Outcome.OFFICER, "nd45-4-7-c")
