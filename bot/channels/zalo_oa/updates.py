"""What a webhook of a Zalo Official Account means to us, and whether Zalo sent it; pure."""

from __future__ import annotations

import hashlib
import hmac
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.typed import encodable, with_text
from bot.channels.zalo_json import id_in, moment, object_in, text_in
from bot.channels.zalo_oa.rendering import CHANNEL, PRESSED
from bot.messages.incoming import Contact, IncomingMessage, Kind, Location

_MEDIA = {
    "user_send_image": "photo",
    "user_send_gif": "photo",
    "user_send_audio": "voice",
    "user_send_video": "video",
    "user_send_sticker": "sticker",
    "user_send_file": "file",
    "user_send_link": "other",
    "user_send_business_card": "other",
}
_TYPED = frozenset({"user_send_text", "user_click_button"})
_RECEIPTS = frozenset({"user_received_message", "user_seen_message"})


def signed(body: bytes, timestamps: tuple[str, ...], given: str, *, app_id: str, secret: str) -> bool:
    """Whether *given* is the signature of *body*: SHA-256 over app id, body, timestamp and secret.

    Which timestamp signs, the body's or the header's, is told differently by those who saw it; either will do.
    """
    mac = given.strip().lower().removeprefix("mac=").removeprefix("sha256=").encode("utf-8", "replace")
    fits = False
    for timestamp in timestamps:
        # Anybody can put half of a surrogate pair where the timestamp belongs.
        time = timestamp.encode("utf-8", "replace")
        right = hashlib.sha256(app_id.encode() + body + time + secret.encode()).hexdigest()
        fits |= hmac.compare_digest(mac, right.encode())
    return fits


def to_incoming(event: Mapping[str, Any], body: bytes, oa_id: str | None = None) -> IncomingMessage | None:
    """What a person did; None for echoes of our own messages, receipts, and what is no event of a known person."""
    name = event.get("event_name")
    if name in ("follow", "unfollow"):
        return _followed(event, body, Kind.STARTED if name == "follow" else Kind.LEFT)
    if not isinstance(name, str) or not name.startswith("user_"):
        return None
    chat = id_in(object_in(event, "sender").get("id"))
    if chat is None or chat == oa_id:
        return None
    message = object_in(event, "message")
    bare = _bare(event, body, chat, id_in(message.get("msg_id")))
    return _submitted(bare, object_in(event, "info")) if name == "user_submit_info" else _sent(bare, name, message)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Messages of ours that arrived in a chat."""

    chat: str
    message_ids: tuple[str, ...]


def to_receipt(event: Mapping[str, Any], oa_id: str | None = None) -> Receipt | None:
    """The messages that an event says have arrived; None when it says nothing of the kind.

    Templates have a receipt of the same name in which the account is the sender: it names no chat, and is left out.
    """
    chat, message = id_in(object_in(event, "sender").get("id")), object_in(event, "message")
    name = event.get("event_name")
    if not isinstance(name, str) or name not in _RECEIPTS or chat in {None, oa_id} or "delivery_time" in message:
        return None
    several = message.get("msg_ids")
    named = several if isinstance(several, list) else [message.get("msg_id")]
    ids = tuple(filter(None, map(id_in, named)))
    return Receipt(str(chat), ids) if ids else None


def _sent(bare: IncomingMessage, name: str, message: Mapping[str, Any]) -> IncomingMessage | None:
    if name in _TYPED:
        return _said(bare, message.get("text"))
    if name == "user_send_location":
        where = _location(message)
        return None if where is None else replace(bare, kind=Kind.LOCATION, location=where)
    if name in _MEDIA:
        return replace(bare, kind=Kind.MEDIA, text=text_in(message.get("text")), media=_MEDIA[name])
    return None


def _followed(event: Mapping[str, Any], body: bytes, kind: Kind) -> IncomingMessage | None:
    chat = id_in(object_in(event, "follower").get("id"))
    if chat is None:
        return None
    # Words make it the beginning of a conversation: somebody who has just followed expects a greeting.
    return replace(_bare(event, body, chat, None), kind=kind, text="/start" if kind is Kind.STARTED else "")


def _bare(event: Mapping[str, Any], body: bytes, chat: str, message_id: str | None) -> IncomingMessage:
    return IncomingMessage(
        channel=CHANNEL,
        chat=chat,
        # A repeated delivery has the same bytes, so their digest names an event without an id.
        update_id=message_id or hashlib.sha256(body).hexdigest(),
        kind=Kind.TEXT,
        sent_at=moment(event.get("timestamp")),
    )


def _said(bare: IncomingMessage, text: Any) -> IncomingMessage | None:
    if not isinstance(text, str):
        return None
    if text.startswith(PRESSED):
        return replace(bare, kind=Kind.BUTTON, button=encodable(text.removeprefix(PRESSED).strip()))
    return with_text(bare, text)


def _submitted(bare: IncomingMessage, info: Mapping[str, Any]) -> IncomingMessage | None:
    """The form can be filled in with any number, so nobody vouches for it."""
    digits = "".join(filter(str.isdecimal, str(info.get("phone", ""))))
    if not digits:
        return None
    return replace(bare, kind=Kind.CONTACT, contact=Contact(digits if digits.startswith("0") else f"+{digits}", False))


def _location(message: Mapping[str, Any]) -> Location | None:
    attachments = message.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else {}
    payload = object_in(first, "payload") if isinstance(first, dict) else {}
    at = object_in(payload, "coordinates")
    latitude = _degrees(at.get("latitude", at.get("lat")), 90)
    longitude = _degrees(at.get("longitude", at.get("long", at.get("lng"))), 180)
    return None if latitude is None or longitude is None else Location(latitude, longitude)


def _degrees(value: Any, most: float) -> float | None:
    try:
        degrees = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= most else None
