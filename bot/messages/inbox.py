"""Everything that arrives is a row before it is answered; the same update twice is one row."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bot.messages.incoming import Contact, IncomingMessage, Kind, Location
from bot.store import as_text, from_text


class State(StrEnum):
    """Where a received message stands."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"


def receive(db: Database, message: IncomingMessage, at: datetime) -> int | None:
    """Stores *message*; its row id, or None when it was stored before."""
    cursor = db.conn.execute(
        "INSERT INTO inbox (channel, chat, update_id, body, received_at, state) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (channel, chat, update_id) DO NOTHING",
        (message.channel, message.chat, message.update_id, _to_json(message), as_text(at), State.NEW),
    )
    return cursor.lastrowid if cursor.rowcount else None


def is_waiting(db: Database, message: IncomingMessage) -> bool:
    """Whether this update is stored and not yet answered."""
    found = db.conn.execute(
        "SELECT 1 FROM inbox WHERE channel = ? AND chat = ? AND update_id = ? AND state = 'new'",
        (message.channel, message.chat, message.update_id),
    ).fetchone()
    return found is not None


def load(db: Database, row: int) -> tuple[IncomingMessage, State]:
    """The message stored under *row* and where it stands."""
    body, state = db.conn.execute("SELECT body, state FROM inbox WHERE id = ?", (row,)).fetchone()
    return _from_json(json.loads(body)), State(state)


def place(db: Database, row: int) -> tuple[str, str, State]:
    """The channel and chat of *row* and where it stands, without reading what was said."""
    channel, chat, state = db.conn.execute("SELECT channel, chat, state FROM inbox WHERE id = ?", (row,)).fetchone()
    return channel, chat, State(state)


def received_at(db: Database, row: int) -> datetime:
    """When the message stored under *row* arrived."""
    return from_text(db.conn.execute("SELECT received_at FROM inbox WHERE id = ?", (row,)).fetchone()[0])


def last_heard(db: Database, channel: str, chat: str) -> datetime | None:
    """When the newest message of a chat arrived; None when there is none."""
    (newest,) = db.conn.execute(
        "SELECT max(received_at) FROM inbox WHERE channel = ? AND chat = ?", (channel, chat)
    ).fetchone()
    return from_text(newest) if newest else None


def finish(db: Database, row: int, at: datetime, error: str | None = None) -> None:
    """Marks *row* as answered, or as failed with the name of the *error*."""
    db.conn.execute(
        "UPDATE inbox SET state = ?, finished_at = ?, error = ? WHERE id = ?",
        (State.FAILED if error else State.DONE, as_text(at), error, row),
    )


def empty(db: Database, row: int) -> None:
    """Forgets who sent *row* and what it said."""
    db.conn.execute("UPDATE inbox SET chat = '', update_id = 'erased:' || id, body = '{}' WHERE id = ?", (row,))


def forget_words(db: Database, row: int) -> None:
    """Forgets what *row* said; that it was answered stays known."""
    db.conn.execute("UPDATE inbox SET body = '{}' WHERE id = ?", (row,))


def unanswered_chats(db: Database) -> dict[tuple[str, str], int]:
    """How many messages of each (channel, chat) are not yet answered; whose oldest came first is first."""
    rows = db.conn.execute(
        "SELECT channel, chat, count(*) FROM inbox WHERE state = 'new' GROUP BY channel, chat ORDER BY min(id)"
    )
    return {(channel, chat): waiting for channel, chat, waiting in rows}


def next_unanswered(db: Database, channel: str, chat: str) -> int | None:
    """The oldest row of a chat that is not yet answered; None when there is none."""
    found = db.conn.execute(
        "SELECT id FROM inbox WHERE channel = ? AND chat = ? AND state = 'new' ORDER BY id LIMIT 1", (channel, chat)
    ).fetchone()
    return int(found[0]) if found else None


def _to_json(message: IncomingMessage) -> str:
    body = asdict(message)
    body["sent_at"] = as_text(message.sent_at) if message.sent_at else None
    return json.dumps(body, ensure_ascii=False)


def _from_json(body: dict[str, Any]) -> IncomingMessage:
    return IncomingMessage(
        **{
            **body,
            "kind": Kind(body["kind"]),
            "contact": Contact(**body["contact"]) if body["contact"] else None,
            "location": Location(**body["location"]) if body["location"] else None,
            "sent_at": datetime.fromisoformat(body["sent_at"]) if body["sent_at"] else None,
        }
    )
