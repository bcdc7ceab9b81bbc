"""Our own buttons: an opaque id goes out, only that id may come back as an intent."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.replies.reply import Choice
from bot.store import as_text

# 9 random bytes: unguessable within one chat, and 12 of the 64 bytes Telegram allows.
_ID_BYTES = 9


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a channel shows it."""

    title: str
    id: str


def issue(db: Database, channel: str, chat: str, choices: tuple[Choice, ...], at: datetime) -> tuple[Button, ...]:
    """Stores *choices* for this chat and gives each its id."""
    issued = tuple(Button(choice.title, secrets.token_urlsafe(_ID_BYTES)) for choice in choices)
    db.conn.executemany(
        "INSERT INTO buttons (id, channel, chat, title, intent, data, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                button.id,
                channel,
                chat,
                choice.title,
                choice.intent,
                json.dumps(choice.data, ensure_ascii=False),
                as_text(at),
            )
            for button, choice in zip(issued, choices, strict=True)
        ],
    )
    return issued


def pressed(db: Database, channel: str, chat: str, button: str) -> Choice | None:
    """What *button* means; None when it was never shown in this chat."""
    found = db.conn.execute(
        "SELECT title, intent, data FROM buttons WHERE id = ? AND channel = ? AND chat = ?", (button, channel, chat)
    ).fetchone()
    return Choice(found[0], found[1], json.loads(found[2])) if found else None


def last_shown(db: Database, channel: str, chat: str) -> tuple[Choice, ...]:
    """The buttons of the newest message that had any, in order: for channels where one answers with a number."""
    newest = db.conn.execute(
        "SELECT max(created_at) FROM buttons WHERE channel = ? AND chat = ?", (channel, chat)
    ).fetchone()[0]
    rows = db.conn.execute(
        "SELECT title, intent, data FROM buttons WHERE channel = ? AND chat = ? AND created_at = ? ORDER BY rowid",
        (channel, chat, newest),
    )
    return tuple(Choice(title, intent, json.loads(data)) for title, intent, data in rows)
