"""What collaborators and the Centre are told about leads; `replies` puts it into words when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from bot.leads.handling import Concern
from bot.leads.life import State


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
    another_account: bool = False
    """It came from another account with the same phone number: whether it is one household must be asked."""


@dataclass(frozen=True, slots=True)
class LeadContactChanged:
    """To whoever has or is asked for the lead: the household is reached elsewhere now."""

    kind: ClassVar[str] = "lead_contact_changed"
    card: LeadCard


@dataclass(frozen=True, slots=True)
class LeadKept:
    """To whoever has a silent lead: the household was asked, and still wants it."""

    kind: ClassVar[str] = "lead_kept"
    card: LeadCard


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
    LOOK_FIRST = "look_first"
    """The sender's last lead was marked as spam: somebody looks before a collaborator is asked."""


@dataclass(frozen=True, slots=True)
class LeadEscalated:
    """To the Centre: this lead is yours now."""

    kind: ClassVar[str] = "lead_escalated"
    card: LeadCard
    why: Escalated


@dataclass(frozen=True, slots=True)
class Item:
    """A lead as one line of a list; names nobody."""

    lead_id: int
    number: str
    place: str | None
    state: State
    since: datetime
    """Since when it stands there."""
    due: datetime | None = None
    """Until when something must happen; None while the household is waited for."""
    visit_on: date | None = None
    silent_days: int = 0
    """Calendar days since somebody last did something about it."""
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class LeadsSilent:
    """To an owner, or to the Centre: nothing has happened to these for long. One message, however many there are."""

    kind: ClassVar[str] = "leads_silent"
    items: tuple[Item, ...]
    to_centre: bool


@dataclass(frozen=True, slots=True)
class LeadDigest:
    """In the morning, to somebody with work: what is due today and what is new."""

    kind: ClassVar[str] = "lead_digest"
    due: tuple[Item, ...]
    new: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A collaborator or a place that needs a word, and the share that says so."""

    about: str
    """The collaborator's name, or the place."""
    concern: Concern
    part: int
    whole: int
    phone: str | None = None
    """The collaborator's, E.164."""


@dataclass(frozen=True, slots=True)
class LeadAlerts:
    """To the Centre: where much is declined or little comes to an end. One message, however many there are."""

    kind: ClassVar[str] = "lead_alerts"
    items: tuple[Alert, ...]
    since: date
    """First day of the leads that were counted."""


STAFF_NOTICES: tuple[type[Any], ...] = (
    LeadOffered,
    LeadReminder,
    LeadMoved,
    LeadYours,
    LeadNeedAdded,
    LeadContactChanged,
    LeadKept,
    LeadEscalated,
    LeadsSilent,
    LeadDigest,
    LeadAlerts,
)
"""All kinds, for `outbox.Notices`."""
