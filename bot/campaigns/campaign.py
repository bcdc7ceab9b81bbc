"""What a campaign is: a text with its buttons, for whom, from when until when, and what for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from bot.campaigns.segment import Segment

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a campaign may be called; also what stands in its links, so it must fit there."""
LONGEST_KEY = 32
VARIABLE = re.compile(r"\{(?P<name>[a-z_]+)\}")
"""A variable in a text: of the person, or a value of the campaign."""
PERSONAL = ("name", "place")
"""Variables of the person: how it is called, and where its workshop stands."""

Value = date | int | str
"""A day, a count, or words; how it is said is decided where it is said."""


class Button(StrEnum):
    """What one may press under a campaign's message."""

    CHECK = "check"
    """Screens the workshop for the campaign's support kind."""
    CONDITIONS = "conditions"
    """Explains the support kind, with its articles."""
    LATER = "later"
    """Sends the message again on a day that the person chooses."""
    STOP = "stop"
    """No campaign messages any more."""
    STOP_TOPIC = "stop_topic"
    """No messages of this topic any more."""


DEFAULT_BUTTONS = (Button.CHECK, Button.LATER, Button.STOP)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the Centre hopes for; the report sets it beside what came."""

    what: str
    """One of `answered`, `screened`, `leads`, `decided`."""
    count: int


@dataclass(frozen=True, slots=True)
class PosterText:
    """What stands on the campaign's posters; values and figures as in the text, but nothing of a person."""

    headline: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One outreach, as its file says it; what became of it is kept beside it."""

    key: str
    """Short and unique, e.g. `hoi-cho-2027-03`; stands in links and in the lead."""
    title: str
    """For staff; people never see it."""
    topic: str
    """What people opt in to and out of: a programme's id, or `general`."""
    programme: str | None
    """The support kind that "Kiểm tra …" screens for; None screens for all."""
    text: str
    """May hold `{name}`, `{place}`, the campaign's own values, and figures of law as `{machinery.ceiling}`."""
    values: Mapping[str, Value | None] = field(default_factory=dict)
    """Days, counts and words of this campaign's own; money and shares come from the law alone. None for what only the
    Centre can know and has not filled in: shown and tried so, but never scheduled or printed."""
    buttons: tuple[Button, ...] = DEFAULT_BUTTONS
    attachment: Path | None = None
    """A picture or document that goes with the text."""
    segment: Segment = field(default_factory=Segment)
    starts: datetime | None = None
    """Not before; None means as soon as it is scheduled."""
    valid_until: date | None = None
    """The last day on which the message is still of use: later it is not sent ("quá hạn")."""
    days_between: int = 7
    """At most one campaign message to a person in so many days."""
    goal: Goal | None = None
    poster: PosterText | None = None

    @property
    def blanks(self) -> tuple[str, ...]:
        """The values that are still to be filled in."""
        return tuple(name for name, value in self.values.items() if value is None)
