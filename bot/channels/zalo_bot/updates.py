"""What a Zalo Bot update means to us; pure, so that every odd update can be tried in a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.channels.typed import encodable, with_text
from bot.messages.incoming import IncomingMessage, Kind

CHANNEL = "zalo_bot"
LONGEST_ID = 128
_MILLISECONDS_FROM = 100_000_000_000
"""A date above this counts milliseconds: in seconds it would be the year 5138."""

_MEDIA = {
    "message.image.received": "photo",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.video.received": "video",
    "message.file.received": "file",
}


def updates_in(body: Any) -> tuple[Mapping[str, Any], ...]:
    """The updates of an answer or a webhook body: bare or wrapped in `result`, one object or a list."""
    if isinstance(body, dict) and "message" not in body and "result" in body:
        body = body["result"]
    many = body if isinstance(body, list) else [body]
    return tuple(one for one in many if isinstance(one, dict))


def to_incoming(update: Mapping[str, Any], own_id: str | None = None) -> IncomingMessage | None:
    """What a person did in a private chat; None for groups, for our own messages and for what is no message."""
    message = update.get("message")
    if not isinstance(message, dict):
        return None
    sender, chat = _object(message, "from"), _object(message, "chat")
    chat_id, sender_id = _id(chat.get("id")), _id(sender.get("id"))
    if chat_id is None or sender.get("is_bot") is True or (own_id is not None and sender_id == own_id):
        return None
    if str(chat.get("chat_type", "PRIVATE")).upper() != "PRIVATE":
        return None
    bare = IncomingMessage(
        channel=CHANNEL,
        chat=chat_id,
        update_id=_id(message.get("message_id")) or _digest(update),
        kind=Kind.TEXT,
        sender_name=_text(sender.get("display_name")).strip() or None,
        sent_at=moment(message.get("date")),
    )
    text = message.get("text")
    if isinstance(text, str):
        return with_text(bare, text)
    event = str(update.get("event_name", ""))
    if not event.startswith("message."):
        return None
    return replace(bare, kind=Kind.MEDIA, text=_text(message.get("caption")), media=_media(event, message))


def moment(date: Any) -> datetime | None:
    """A date in seconds or milliseconds, as a number or digits; None when it is none."""
    try:
        count = float(date)
        return datetime.fromtimestamp(count / 1000 if count > _MILLISECONDS_FROM else count, UTC) if count > 0 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _media(event: str, message: Mapping[str, Any]) -> str:
    if "photo_url" in message or "photo" in message:
        return "photo"
    return _MEDIA.get(event, "other")


def _object(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def _id(value: Any) -> str | None:
    """An id as text; None for what can be none."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return encodable(text) if 0 < len(text) <= LONGEST_ID else None


def _text(value: Any) -> str:
    return encodable(value) if isinstance(value, str) else ""


def _digest(update: Mapping[str, Any]) -> str:
    """A name for an update that brings none of its own."""
    return hashlib.sha256(json.dumps(update, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()
