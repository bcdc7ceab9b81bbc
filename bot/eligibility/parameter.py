"""A figure of law and how it changed; a day before its first value is an error, never "the latest"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from bot.eligibility.citation import Status
from bot.errors import NotInForce

Figure = int | float | str | date
"""Dong, percent and counts are numbers; a day that comes back every year is a text such as `06-20`."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value from its first day in force until the next one's."""

    in_force_from: date
    value: Figure | None
    """None ends a verified figure; in an unverified entry it says that no figure is held."""
    provision: str
    """Id of the provision it stands in."""
    status: Status


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of law, its unit, and its values in the order they came into force."""

    name: str
    """Full name, e.g. `machinery.ceiling`."""
    label: str
    unit: str
    """One of VND, percent, people, days, months, years, date, day_of_year, count, points, times, sets, year_number (the third year)."""
    last_checked: date
    """The day somebody last compared it with its source."""
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue:
        """Return the value in force on *day*; `NotInForce` before the first and after the last."""
        index = bisect_right([value.in_force_from for value in self.values], day)
        if index == 0:
            raise NotInForce(f"{self.name} has no value on {day.isoformat()}")
        dated = self.values[index - 1]
        if dated.value is None and dated.status is not Status.UNVERIFIED:
            raise NotInForce(f"{self.name} ended on {dated.in_force_from.isoformat()}")
        return dated
