"""A conversation as both sides had it, for those whom the person agreed may read it, and for the person itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.errors import BotError
from bot.outbox import Outgoing, State
from bot.replies.notices import render
from bot.store import from_text


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a conversation."""

    at: datetime
    channel: str
    from_person: bool
    """False for what the bot or a collaborator said."""
    text: str


def transcript(db: Database, chats: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """Everything that is kept of these (channel, chat) pairs, oldest first."""
    lines = [line for channel, chat in chats for line in (*_heard(db, channel, chat), *_said(db, channel, chat))]
    return tuple(sorted(lines, key=lambda line: line.at))


_HEARD = """
    SELECT i.received_at, i.body, b.title FROM inbox i
    LEFT JOIN buttons b ON b.id = json_extract(i.body, '$.button') AND b.channel = i.channel AND b.chat = i.chat
    WHERE i.channel = ? AND i.chat = ? ORDER BY i.id
"""


def _heard(db: Database, channel: str, chat: str) -> Iterable[Line]:
    for at, stored, title in db.conn.execute(_HEARD, (channel, chat)).fetchall():
        body = json.loads(stored)
        shared = (body.get("contact") or {}).get("phone") or body.get("location") or body.get("media")
        words = body.get("text") or title or (str(shared) if shared else "")
        if words:
            yield Line(from_text(at), channel, from_person=True, text=words)


_SAID = "SELECT id, kind, payload, created FROM outbox WHERE channel = ? AND chat = ? AND state != 'failed' ORDER BY id"


def _said(db: Database, channel: str, chat: str) -> Iterable[Line]:
    for number, kind, payload, created in db.conn.execute(_SAID, (channel, chat)).fetchall():
        at = from_text(created)
        message = Outgoing(number, channel, chat, kind, payload, State.SENT, attempts=0, created=at)
        try:
            words = render(message).text
        except BotError:
            continue  # a message of a kind that is no more, or whose words were erased
        yield Line(at, channel, from_person=False, text=words.replace("**", ""))
