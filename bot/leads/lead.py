"""What a lead is: a household's wish for support on its way to the person who will help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.errors import BotError
from bot.leads.life import OPEN, State


class ConsentMissing(BotError):
    """A lead was to be passed on without the person's consent to be contacted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the workshop stands; names with their kind, as the `place` fact holds them."""

    unit: str | None = None
    """The unit of today, e.g. `Xã Phú Giáo`."""
    district: str | None = None
    """The former district, e.g. `Huyện Phú Giáo`."""
    province: str | None = None

    @classmethod
    def of_fact(cls, fact: Mapping[str, Any] | None) -> Place:
        """The place out of the `place` fact, whose `old` may name a former district or a former ward."""
        if not fact:
            return cls()
        old = fact.get("old")
        is_district = isinstance(old, str) and old.split(" ")[0].casefold() in _DISTRICT_KINDS
        return cls(fact.get("new_unit"), old if is_district else None, fact.get("province"))

    @property
    def name(self) -> str | None:
        """The most exact name that is known."""
        return self.unit or self.district or self.province


_DISTRICT_KINDS = frozenset({"huyện", "thị", "thành", "quận"})


class ActorKind(StrEnum):
    """Who did something to a lead."""

    HOUSEHOLD = "household"
    COLLABORATOR = "collaborator"
    CENTRE = "centre"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something to a lead; *id* is the collaborator's, or the staff member's name."""

    kind: ActorKind
    id: str | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
HOUSEHOLD = Actor(ActorKind.HOUSEHOLD)


class DeclineReason(StrEnum):
    """Why a collaborator does not take a lead; one tap."""

    NOT_MY_AREA = "not_my_area"
    NOT_MY_FIELD = "not_my_field"
    BUSY = "busy"
    ABSENT = "absent"
    OTHER = "other"


class CloseReason(StrEnum):
    """How a lead ended."""

    HELPED = "helped"
    NOT_ELIGIBLE = "not_eligible"
    UNREACHABLE = "unreachable"
    NO_LONGER_WANTED = "no_longer_wanted"
    ELSEWHERE = "elsewhere"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class NewLead:
    """What is passed on, snapshotted when the person agreed."""

    person_id: str
    place: Place
    needs: tuple[str, ...]
    """Programmes, the most wanted first."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Flat (`machine.price`) or nested, as the draft and the contracts have them."""
    results: tuple[Mapping[str, Any], ...] = ()
    """One per programme, in the shape of the `assess` contract."""
    call_after: str | None = None
    """When to call, in the person's own words."""
    transcript_ok: bool = False
    """The person agreed that the collaborator reads the answers and the conversation."""
    campaign: str | None = None
    """The campaign that brought the person, if one did."""
    channel: str | None = None
    chat: str | None = None
    """Where the person was when it agreed, and is told what becomes of it; None means wherever it can be reached."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as it stands."""

    id: int
    number: str
    """What people call it, e.g. `KC-0127`."""
    person_id: str | None
    """None once erased."""
    channel: str | None
    chat: str | None
    place: Place
    needs: tuple[str, ...]
    facts: Mapping[str, Any]
    results: tuple[Mapping[str, Any], ...]
    call_after: str | None
    transcript_ok: bool
    campaign: str | None
    state: State
    state_since: datetime
    created: datetime
    round: int
    """Goes up when a finished lead is opened again; who declined in an earlier round may be asked anew."""
    owner_id: int | None = None
    """The collaborator who took it."""
    owner_name: str | None = None
    owner_phone: str | None = None
    escalated_to: str | None = None
    """Who at the Centre has it, by name."""
    taken_at: datetime | None = None
    contacted_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: CloseReason | None = None
    act_by: datetime | None = None
    """When the present owner must have called."""
    moved_at: datetime | None = None
    """When a person last did something about it."""
    visit_on: date | None = None
    """The day of the visit that is agreed."""

    @property
    def is_open(self) -> bool:
        """Whether somebody must act."""
        return self.state in OPEN


class Tap(StrEnum):
    """What came of a button on a card."""

    DONE = "done"
    ALREADY = "already"
    """It was done before, by the same person: a second tap."""
    MOVED = "moved"
    """Another has it, or is being asked."""
    YOURS = "yours"
    """Cannot be declined any more: the presser took it; it can be given back."""
    GONE = "gone"
    """Withdrawn, closed or erased, or never was the presser's."""


@dataclass(frozen=True, slots=True)
class TapResult:
    """What came of a button on a card, and the lead if the presser may know it."""

    tap: Tap
    lead: Lead | None = None


class Passing(StrEnum):
    """What passing on came to."""

    NEW = "new"
    ADDED = "added"
    """The person has an open lead; the need was added to it."""
    SAME = "same"
    """The person's open lead already holds this need."""
    TOO_MANY = "too_many"
    """The sender began as many today as one may; nothing new was passed on."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A lead that was passed on."""

    lead: Lead
    how: Passing
