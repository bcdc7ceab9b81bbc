"""Working time: office hours without weekends, Vietnamese holidays and Tết, so that a timer never runs at night."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from bot.clock import VIETNAM


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When a Centre works; all times in Vietnam."""

    spans: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
    weekdays: frozenset[int] = frozenset(range(5))
    """Monday is 0."""
    extra_holidays: frozenset[tuple[int, int]] = frozenset({(11, 24)})
    """(month, day) kept free each year beyond those of the `holidays` library."""

    @property
    def day(self) -> timedelta:
        """How long one working day is."""
        return sum((_length(date.min, start, end) for start, end in self.spans), timedelta())

    def is_working_day(self, day: date) -> bool:
        """Whether anybody works on *day*."""
        return (
            day.weekday() in self.weekdays
            and (day.month, day.day) not in self.extra_holidays
            and day not in _public_holidays(day.year)
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether *moment* is in working time."""
        return any(start <= moment < end for start, end in self._spans_from(moment.astimezone(VIETNAM).date(), days=1))

    def morning(self, moment: datetime) -> tuple[datetime, datetime] | None:
        """The first working span of the day of *moment*; None on a free day."""
        return next(iter(self._spans_from(moment.astimezone(VIETNAM).date(), days=1)), None)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when *end* is not after *start*."""
        day = start.astimezone(VIETNAM).date()
        days = (end.astimezone(VIETNAM).date() - day).days + 1
        spans = self._spans_from(day, days=max(0, days))
        return sum((max(timedelta(), min(end, last) - max(start, first)) for first, last in spans), timedelta())

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        """The moment when *amount* of working time has passed since *moment*, in UTC terms of *moment*'s zone."""
        left = amount
        for start, end in self._spans_from(moment.astimezone(VIETNAM).date()):
            if end <= moment:
                continue
            begin = max(start, moment)
            if left <= end - begin:
                return (begin + left).astimezone(moment.tzinfo)
            left -= end - begin
        raise AssertionError("the calendar has no end")

    def days(self, count: float) -> timedelta:
        """*count* working days as working time."""
        return self.day * count

    def _spans_from(self, first: date, days: int | None = None) -> Iterator[tuple[datetime, datetime]]:
        passed = 0
        while days is None or passed < days:
            day = first + timedelta(days=passed)
            passed += 1
            if self.is_working_day(day):
                for start, end in self.spans:
                    yield datetime.combine(day, start, VIETNAM), datetime.combine(day, end, VIETNAM)


def _length(day: date, start: time, end: time) -> timedelta:
    return datetime.combine(day, end) - datetime.combine(day, start)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))
