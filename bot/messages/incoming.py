"""The one shape that every channel turns its updates into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What arrived."""

    TEXT = "text"
    BUTTON = "button"
    CONTACT = "contact"
    LOCATION = "location"
    MEDIA = "media"
    STARTED = "started"
    """The person opened or followed the bot; `start` may hold a deep link's payload."""
    EDITED = "edited"
    """The person changed a message that was sent before; `text` is what it says now. Never a turn of its own."""
    LEFT = "left"
    """The person blocked or unfollowed the bot."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number shared through the channel."""

    phone: str
    own: bool
    """True when the channel vouches that it is the sender's own."""


@dataclass(frozen=True, slots=True)
class Location:
    """A shared position, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """Something a person did on a channel."""

    channel: str
    """`telegram`, `zalo_bot`, `zalo_oa`, `web`, `terminal` or `ask`."""
    chat: str
    """The channel's own id of the chat."""
    update_id: str
    """The channel's own id of this update; the same id again is the same message."""
    kind: Kind
    text: str = ""
    button: str | None = None
    """The opaque id of one of our own buttons."""
    contact: Contact | None = None
    location: Location | None = None
    start: str | None = None
    media: str | None = None
    """`photo`, `voice`, `video`, `sticker`, `file` …"""
    reply_to: str | None = None
    """The channel's own id of the message of ours that this one answers."""
    sender_name: str | None = None
    sent_at: datetime | None = None


def conversation_of(person: str, channel: str) -> str:
    """Our own id of a conversation: no part of it comes from the channel."""
    return f"{person}.{channel}"
