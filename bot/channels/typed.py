"""What a channel that knows only text lets people say by typing: the start with a payload, in an encodable form."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.messages.incoming import IncomingMessage, Kind

_START = re.compile(r"/start(?:@\w+)?(?:\s+(\S+))?\s*")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def with_text(bare: IncomingMessage, text: str) -> IncomingMessage:
    """*bare* with what was typed; `/start` with a code is the start of an invited or referred person."""
    if started := _START.fullmatch(text):
        payload = started[1] if started[1] and _PAYLOAD.fullmatch(started[1]) else None
        return replace(bare, kind=Kind.STARTED, text=encodable(text), start=payload)
    return replace(bare, kind=Kind.TEXT, text=encodable(text))


def encodable(text: str) -> str:
    """*text* without halves of surrogate pairs, which JSON can carry and no database can store."""
    return text.encode("utf-8", "replace").decode("utf-8")
