"""Putting a message in the outbox, inside the transaction that gave the reason for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlite_utils import Database

from bot.outbox.notice import plain
from bot.store import as_text


class State(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    """Handed to one sender; back to queued when that sender died."""
    SENT = "sent"
    FAILED = "failed"
    """The channel will never take it."""
    PARKED = "parked"
    """Held back on purpose; the reason says by what."""


class Priority(IntEnum):
    """Who goes first when several wait."""

    REPLY = 0
    NOTICE = 0
    """As a reply: in one chat they keep the order in which they were written."""
    CAMPAIGN = 50


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox."""

    id: int
    channel: str
    chat: str
    kind: str
    """`reply`, or the kind of a typed notice."""
    payload: str
    """JSON; `Notices.read` makes a notice of it."""
    state: State
    attempts: int
    """Times it was handed to a sender, this one included."""
    created: datetime
    subject: str | None = None
    """What it is about, e.g. `lead:12`; erasing the subject erases the message."""
    edits_external_id: str | None = None
    """The channel's id of the message that this one replaces; None sends a new one."""
    external_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How much waits, for metrics."""

    by_state: dict[str, int]
    oldest_due: datetime | None
    """Since when the message that has waited longest could have been sent."""


def enqueue(
    db: Database,
    *,
    now: datetime,
    channel: str,
    chat: str,
    notice: Any,
    kind: str | None = None,
    subject: str | None = None,
    dedupe_key: str | None = None,
    not_before: datetime | None = None,
    priority: int = Priority.NOTICE,
    edits: int | None = None,
    at_most_once: bool = False,
) -> int:
    """Keeps a message to be sent, in the caller's transaction, and gives its id.

    *kind* defaults to the notice's own. A *dedupe_key* seen before gives the earlier message's id and keeps nothing
    new. *edits* is the id of an earlier message in the same chat that this one replaces. A message that went
    *at_most_once* to a sender that died is parked, not sent again.
    """
    cursor = db.execute(
        """
        INSERT INTO outbox
            (channel, chat, kind, payload, subject, dedupe_key, priority, not_before, edits, at_most_once, created)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (dedupe_key) DO NOTHING
        """,
        [
            channel,
            chat,
            kind or notice.kind,
            json.dumps(plain(notice), ensure_ascii=False),
            subject,
            dedupe_key,
            int(priority),
            as_text(not_before or now),
            edits,
            int(at_most_once),
            as_text(now),
        ],
    )
    if cursor.rowcount == 1:
        return int(cursor.lastrowid or 0)
    (earlier,) = db.query("SELECT id FROM outbox WHERE dedupe_key = ?", [dedupe_key])
    return int(earlier["id"])


def erase_subject(db: Database, subject: str) -> int:
    """Removes every message about *subject*, sent or not; gives how many."""
    return int(db.execute("DELETE FROM outbox WHERE subject = ?", [subject]).rowcount)


def erase_chats(db: Database, chats: list[tuple[str, str]]) -> int:
    """Removes every message to these (channel, chat) pairs, sent or not; gives how many."""
    return sum(
        int(db.execute("DELETE FROM outbox WHERE channel = ? AND chat = ?", [channel, chat]).rowcount)
        for channel, chat in chats
    )
