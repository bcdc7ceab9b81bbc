"""What a Zalo Bot update means to us; pure, so that every odd update can be tried in a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.typed import with_text
from bot.channels.zalo_json import id_in, moment, object_in, text_in
from bot.messages.incoming import IncomingMessage, Kind

CHANNEL = "zalo_bot"

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
    sender, chat = object_in(message, "from"), object_in(message, "chat")
    chat_id, sender_id = id_in(chat.get("id")), id_in(sender.get("id"))
    if chat_id is None or sender.get("is_bot") is True or (own_id is not None and sender_id == own_id):
        return None
    if str(chat.get("chat_type", "PRIVATE")).upper() != "PRIVATE":
        return None
    bare = IncomingMessage(
        channel=CHANNEL,
        chat=chat_id,
        update_id=id_in(message.get("message_id")) or _digest(update),
        kind=Kind.TEXT,
        sender_name=text_in(sender.get("display_name")).strip() or None,
        sent_at=moment(message.get("date")),
    )
    text = message.get("text")
    if isinstance(text, str):
        return with_text(bare, text)
    event = str(update.get("event_name", ""))
    if not event.startswith("message."):
        return None
    return replace(bare, kind=Kind.MEDIA, text=text_in(message.get("caption")), media=_media(event, message))


def _media(event: str, message: Mapping[str, Any]) -> str:
    if "photo_url" in message or "photo" in message:
        return "photo"
    return _MEDIA.get(event, "other")


def _digest(update: Mapping[str, Any]) -> str:
    """A name for an update that brings none of its own."""
    return hashlib.sha256(json.dumps(update, sort_keys=True, default=str).encode("utf-8", "replace")).hexdigest()
