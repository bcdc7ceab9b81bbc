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

ERASED = "erased"
"""The kind of a message whose words were erased after it was handed to its channel; only its id there is kept."""


INTERRUPTED = "interrupted"
"""The reason of a message that was on its way when its sender died or the line broke: it may have arrived."""


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
    at_most_once: bool = False
    """Rather lost than doubled."""
    priority: int = Priority.REPLY


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
    forget: bool = False,
) -> int:
    """Keeps a message to be sent, in the caller's transaction, and gives its id.

    *kind* defaults to the notice's own. A *dedupe_key* seen before gives the earlier message's id and keeps nothing
    new. *edits* is the id of an earlier message in the same chat that this one replaces. A message that went
    *at_most_once* to a sender that died is parked, not sent again. One to *forget* is deleted once it was sent.
    """
    cursor = db.execute(
        """
        INSERT INTO outbox
            (channel, chat, kind, payload, subject, dedupe_key, priority, not_before, edits, at_most_once, forget,
             created)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
            int(forget),
            as_text(now),
        ],
    )
    if cursor.rowcount == 1:
        return int(cursor.lastrowid or 0)
    (earlier,) = db.query("SELECT id FROM outbox WHERE dedupe_key = ?", [dedupe_key])
    return int(earlier["id"])


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a message about a subject went, for editing it later."""

    id: int
    channel: str
    chat: str


def about(db: Database, subject: str, kind: str) -> tuple[Kept, ...]:
    """The messages of *kind* about *subject*, sent or not, oldest first."""
    rows = db.query("SELECT id, channel, chat FROM outbox WHERE subject = ? AND kind = ? ORDER BY id", [subject, kind])
    return tuple(Kept(row["id"], row["channel"], row["chat"]) for row in list(rows))


def shown_about(db: Database, subject: str) -> tuple[Kept, ...]:
    """The messages about *subject* that stand in somebody's chat or are on their way there, without mere edits."""
    rows = db.query(
        "SELECT id, channel, chat FROM outbox"
        " WHERE subject = ? AND edits IS NULL AND state IN ('sending', 'sent') ORDER BY id",
        [subject],
    )
    return tuple(Kept(row["id"], row["channel"], row["chat"]) for row in list(rows))


def undeliverable(db: Database, message_ids: list[int]) -> frozenset[int]:
    """Those of *message_ids* that will not arrive: failed, or parked because the chat cannot be reached."""
    marks = ", ".join("?" * len(message_ids))
    rows = db.query(
        f"SELECT id FROM outbox WHERE state IN ('failed', 'parked') AND id IN ({marks})",  # noqa: S608  # own marks
        message_ids,
    )
    return frozenset(row["id"] for row in list(rows))


def undelivered(db: Database, channel: str, chat: str, subject: str, since: datetime) -> tuple[int, ...]:
    """The messages about *subject* put out for a chat from *since* on that will not arrive; mere edits do not count."""
    rows = db.query(
        "SELECT id FROM outbox WHERE subject = ? AND channel = ? AND chat = ? AND created >= ? AND edits IS NULL"
        " AND state IN ('failed', 'parked') ORDER BY id",
        [subject, channel, chat, as_text(since)],
    )
    return tuple(row["id"] for row in list(rows))


def sent_since(db: Database, channel: str, chat: str, since: datetime) -> int:
    """How many messages a chat was sent from *since* on."""
    (row,) = db.query(
        "SELECT count(*) AS n FROM outbox WHERE channel = ? AND chat = ? AND sent_at >= ?",
        [channel, chat, as_text(since)],
    )
    return int(row["n"])
