"""How long people have, and how much one sender may pass on: the settings that each Centre makes its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import time, timedelta
from typing import Any

from bot.errors import SettingsError
from bot.leads.hours import WorkingHours

SETTING = "LEADS_"
"""What the names of these settings begin with, after the prefix of all settings."""


@dataclass(frozen=True, slots=True)
class LeadPolicy:
    """How long people have; each Centre sets its own. `docs/leads.md` explains every setting."""

    hours: WorkingHours = field(default_factory=WorkingHours)
    answer_in: timedelta = timedelta(hours=8)
    """Working time to take or decline an offer; reminded at half."""
    contact_reminder_days: float = 3
    """Working days after which one who took a lead and did not call is reminded."""
    contact_days: float = 5
    """Working days after which such a lead goes to the Centre."""
    household_waiting_days: float = 2
    """Working days after which a household hears that nobody has taken its lead yet."""
    silence_nudge_days: int = 9
    """Calendar days without a movement after which the owner is asked how it goes."""
    silence_centre_days: int = 21
    """Calendar days without a movement after which the Centre hears of it."""
    silence_ask_days: int = 45
    """Calendar days without a movement after which the household is asked whether it still wants it."""
    silence_close_days: int = 7
    """Calendar days for the household's answer; then the lead is closed, and may be opened again."""
    feedback_days: int = 10
    """Calendar days from the end of a lead to the two questions to the household."""
    sender_limit: int = 3
    """Leads that one sender may begin in one day, and times that it may open one again."""
    alert_declined_percent: int = 30
    """The Centre is told of a collaborator or a place where this share of offers, or more, was declined or run out."""
    alert_finished_percent: int = 25
    """The Centre is told where this share of leads, or less, came to an end."""
    alert_least: int = 3
    """Offers, or leads, below which a share says nothing."""
    alert_span_days: int = 90
    """Calendar days whose leads are looked at."""
    alert_every_days: int = 7
    """Calendar days before the Centre hears the same concern about the same collaborator or place again."""


def read_policy(values: Mapping[str, str]) -> LeadPolicy:
    """The policy out of settings by name, e.g. `LEADS_ANSWER_HOURS`; those of others are passed over.

    SettingsError for what begins with `LEADS_` and cannot be used.
    """
    policy, hours = LeadPolicy(), WorkingHours()
    for name, text in values.items():
        if not name.startswith(SETTING):
            continue
        if name in _HOURS:
            hours = replace(hours, **{_HOURS[name][0]: _read(name, text, _HOURS[name][1])})
        elif name in _POLICY:
            policy = replace(policy, **{_POLICY[name][0]: _read(name, text, _POLICY[name][1])})
        else:
            known = ", ".join(sorted((*_HOURS, *_POLICY)))
            raise SettingsError(f"{name}: no such setting; there are {known}")
    return _sound(replace(policy, hours=hours))


def _sound(policy: LeadPolicy) -> LeadPolicy:
    ladder = (policy.silence_nudge_days, policy.silence_centre_days, policy.silence_ask_days)
    if list(ladder) != sorted(set(ladder)):
        raise SettingsError(f"{SETTING}SILENCE_…_DAYS: {ladder} must grow from nudge to centre to ask")
    if policy.contact_reminder_days >= policy.contact_days:
        raise SettingsError(f"{SETTING}CONTACT_REMINDER_DAYS must be less than {SETTING}CONTACT_DAYS")
    if max(policy.alert_declined_percent, policy.alert_finished_percent) > 100:
        raise SettingsError(f"{SETTING}ALERT_…_PERCENT must be at most 100")
    return policy


def _read(name: str, text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise SettingsError(f"{name}: {text!r} cannot be used; docs/leads.md shows the form") from error


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < 1000:
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    return int(_positive(str(int(text))))


def _hours(text: str) -> timedelta:
    return timedelta(hours=_positive(text))


def _spans(text: str) -> tuple[tuple[time, time], ...]:
    """`07:30-11:30 13:00-17:00`."""
    spans = []
    for part in text.split():
        start, _, end = part.partition("-")
        spans.append((time.fromisoformat(start), time.fromisoformat(end)))
    moments = [moment for span in spans for moment in span]
    if not spans or moments != sorted(set(moments)):
        raise ValueError(text)
    return tuple(spans)


def _weekdays(text: str) -> frozenset[int]:
    """`2 3 4 5 6`: as the days are called here, 8 or CN for Sunday."""
    days = frozenset(6 if part in ("CN", "8") else int(part) - 2 for part in text.split())
    if not days or not days <= frozenset(range(7)):
        raise ValueError(text)
    return days


def _yearly(text: str) -> frozenset[tuple[int, int]]:
    """`24/11 20/11`: day and month."""
    found = []
    for part in text.split():
        day, month = (int(number) for number in part.split("/"))
        if not (1 <= day <= 31 and 1 <= month <= 12):
            raise ValueError(text)
        found.append((month, day))
    return frozenset(found)


_HOURS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    f"{SETTING}WORKING_HOURS": ("spans", _spans),
    f"{SETTING}WORKING_DAYS": ("weekdays", _weekdays),
    f"{SETTING}EXTRA_HOLIDAYS": ("extra_holidays", _yearly),
}

_READERS: Mapping[str, Callable[[str], Any]] = {"timedelta": _hours, "float": _positive, "int": _whole}

_POLICY: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    f"{SETTING}{'ANSWER_HOURS' if one.name == 'answer_in' else one.name.upper()}": (
        one.name,
        _READERS[str(one.type)],
    )
    for one in fields(LeadPolicy)
    if one.name != "hours"
}
