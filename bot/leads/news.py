"""What a household is told about its lead, and asked; `replies` puts it into words when it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from bot.leads.lead import CloseReason
from bot.leads.life import State


@dataclass(frozen=True, slots=True)
class LeadTaken:
    """To the household: who will call."""

    kind: ClassVar[str] = "lead_taken"
    number: str
    collaborator: str
    phone: str | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadWaiting:
    """To the household: nobody has taken it yet, it is not forgotten."""

    kind: ClassVar[str] = "lead_waiting"
    number: str
    with_centre: bool


@dataclass(frozen=True, slots=True)
class LeadHandedOn:
    """To the household: who was to call does not any more, somebody else is being asked."""

    kind: ClassVar[str] = "lead_handed_on"
    number: str
    with_centre: bool


@dataclass(frozen=True, slots=True)
class LeadEnded:
    """To the household: it is closed, and how."""

    kind: ClassVar[str] = "lead_ended"
    number: str
    reason: CloseReason
    lead_id: int | None = None
    by_silence: bool = False
    """Nobody said so: the household did not answer whether it still wants it."""


@dataclass(frozen=True, slots=True)
class LeadProgress:
    """To the household: a step was taken, or a mistaken one taken back."""

    kind: ClassVar[str] = "lead_progress"
    number: str
    state: State
    owner: str | None = None
    visit_on: date | None = None
    corrected: bool = False
    """What was told last was a mis-tap."""


@dataclass(frozen=True, slots=True)
class LeadStillWanted:
    """To the household, after a long silence: do you still want it."""

    kind: ClassVar[str] = "lead_still_wanted"
    lead_id: int
    number: str


class Feedback(StrEnum):
    """What a household is asked after the end, in this order."""

    CONTACTED = "contacted"
    USEFUL = "useful"


@dataclass(frozen=True, slots=True)
class LeadFeedbackAsked:
    """To the household, some days after the end: the first of the two questions."""

    kind: ClassVar[str] = "lead_feedback_asked"
    lead_id: int
    number: str


HOUSEHOLD_NOTICES: tuple[type[Any], ...] = (
    LeadTaken,
    LeadWaiting,
    LeadHandedOn,
    LeadProgress,
    LeadEnded,
    LeadStillWanted,
    LeadFeedbackAsked,
)
"""All kinds, for `outbox.Notices`."""
