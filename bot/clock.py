"""The time, passed in so that tests and `--as-of` can turn it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Tells the time; the only source of it below `cli` and `server`."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """The calendar day in Vietnam."""
        ...


class SystemClock:
    """The machine's clock, with the calendar day optionally held at *as_of*."""

    def __init__(self, as_of: date | None = None) -> None:
        self._as_of = as_of

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self._as_of or self.now().astimezone(VIETNAM).date()


@dataclass
class TurnedClock:
    """A clock that only moves when told to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 2, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.astimezone(VIETNAM).date()

    def turn(self, by: timedelta) -> None:
        """Moves the clock on by *by*."""
        self.at += by
