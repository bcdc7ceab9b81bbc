"""What the bot says: one message, its buttons, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from bot.eligibility.citation import Citation


class Outcome(StrEnum):
    """What a turn came to, as the `ask` contract names it."""

    ANSWERED = "answered"
    UNVERIFIED = "unverified"
    CLARIFY = "clarify"
    SCREENING = "screening"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOVER = "handover"
    SMALLTALK = "smalltalk"
    COMMAND = "command"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the intent with data that pressing it means."""

    title: str
    intent: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; channels have it rendered when they send it, so that no bytes are stored."""

    id: str
    """Unguessable; opens the file on channels that offer it as a link."""
    kind: str
    """What `bot.documents` makes of it."""
    filename: str
    media_type: str
    data: dict[str, Any]
    """What it says, as plain values."""


@dataclass(frozen=True, slots=True)
class News:
    """A message as values, for channels that outside a conversation take nothing but approved templates."""

    name: str
    """Which template: the kind of the notice."""
    values: dict[str, str]
    """By the names that the template's blanks must have."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a person. `text` may hold `**bold**`; each channel renders that as it can."""

    kind: ClassVar[str] = "reply"

    text: str
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    question: str | None = None
    """The fact this message asks for (`employees`, `consent`, `phone` …)."""
    topic: str | None = None
    citations: tuple[Citation, ...] = ()
    assessment: tuple[dict[str, Any], ...] | None = None
    """The results shown, in the shape of the `assess` contract."""
    asks_contact: bool = False
    """The channel may offer its own way to share a phone number."""
    asks_location: bool = False
    document: Attachment | None = None
    quiet: bool = False
    """A note that startles nobody: without a sound, or shown as a note, where the channel can."""
    news: News | None = None
    """The same as values, when it is news about a case that may reach the person later."""
