"""When people are left alone: at night, on holidays, after another campaign, and about what they do not want to hear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from bot.clock import VIETNAM
from bot.leads.hours import WorkingHours

FIRST_HOUR, LAST_HOUR = time(8), time(20)
DAYTIME = WorkingHours(spans=((FIRST_HOUR, LAST_HOUR),), weekdays=frozenset(range(7)))
"""Every day from 8:00 to 20:00, holidays and Tết excepted."""


def may_disturb(moment: datetime) -> bool:
    """Whether a campaign message may arrive at *moment*."""
    return DAYTIME.is_open(moment)


def next_chance(moment: datetime) -> datetime:
    """The first moment from *moment* on at which a campaign message may arrive."""
    return moment if may_disturb(moment) else DAYTIME.add(moment, timedelta())


def rested(last: datetime | None, days_between: int, moment: datetime) -> datetime:
    """From when a person who had a campaign message at *last* may have the next; *moment* when already."""
    return moment if last is None else max(moment, last + timedelta(days=days_between))


def wants(topic: str, wishes: Mapping[str, bool]) -> bool:
    """Whether a person wants to hear of *topic*: who named what it wants gets that alone."""
    only = [name for name, wanted in wishes.items() if wanted]
    return topic in only if only else wishes.get(topic, True)


def is_late(valid_until: date | None, moment: datetime) -> bool:
    """Whether a message is of no use any more ("quá hạn")."""
    return valid_until is not None and moment.astimezone(VIETNAM).date() > valid_until
