"""What is told about a lead, and to whom; `replies` puts it into words when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from bot.leads.lead import CloseReason


@dataclass(frozen=True, slots=True)
class LeadCard:
    """What a collaborator must know of a lead to decide and to call."""

    lead_id: int
    number: str
    place: str | None
    needs: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    """What the business is and wants; all the answers only where the person agreed."""
    results: tuple[dict[str, Any], ...] = ()
    """One per programme, in the shape of the `assess` contract."""
    name: str | None = None
    phone: str | None = None
    call_after: str | None = None
    transcript_ok: bool = False


@dataclass(frozen=True, slots=True)
class LeadOffered:
    """To a collaborator: will you take it, until a time."""

    kind: ClassVar[str] = "lead_offered"
    card: LeadCard
    answer_by: datetime


class Stage(StrEnum):
    """What a reminder is about."""

    ANSWER = "answer"
    """Take it or decline it."""
    CONTACT = "contact"
    """It is taken; the household waits for the call."""


@dataclass(frozen=True, slots=True)
class LeadReminder:
    """To a collaborator: this waits for you, until a time."""

    kind: ClassVar[str] = "lead_reminder"
    lead_id: int
    number: str
    place: str | None
    stage: Stage
    act_by: datetime


class Moved(StrEnum):
    """Why a card is a collaborator's no more."""

    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"
    CENTRE = "centre"
    TAKEN = "taken"
    """A colleague at the Centre has it."""
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class LeadMoved:
    """Replaces a collaborator's card: what it was is no longer there to read, and why."""

    kind: ClassVar[str] = "lead_moved"
    number: str
    why: Moved


@dataclass(frozen=True, slots=True)
class LeadYours:
    """Replaces the card of the collaborator who took the lead, with the next steps."""

    kind: ClassVar[str] = "lead_yours"
    card: LeadCard
    act_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeadNeedAdded:
    """To whoever has or is asked for the lead: the household wants one thing more."""

    kind: ClassVar[str] = "lead_need_added"
    card: LeadCard
    added: tuple[str, ...]


class Escalated(StrEnum):
    """Why a lead comes to the Centre."""

    NOBODY_THERE = "nobody_there"
    """No collaborator has the place."""
    NOBODY_LEFT = "nobody_left"
    """All who could be asked declined or did not answer."""
    NOT_CONTACTED = "not_contacted"
    """It was taken and the household was not called in time."""
    ASKED = "asked"
    """Somebody passed it to the Centre."""


@dataclass(frozen=True, slots=True)
class LeadEscalated:
    """To the Centre: this lead is yours now."""

    kind: ClassVar[str] = "lead_escalated"
    card: LeadCard
    why: Escalated


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


NOTICES: tuple[type[Any], ...] = (
    LeadOffered,
    LeadReminder,
    LeadMoved,
    LeadYours,
    LeadNeedAdded,
    LeadEscalated,
    LeadTaken,
    LeadWaiting,
    LeadHandedOn,
    LeadEnded,
)
"""All kinds, for `outbox.Notices`."""
