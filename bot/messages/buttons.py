"""Our own buttons: an opaque id goes out, only that id may come back as an intent."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from bot.messages import menu
from bot.replies.reply import Choice
from bot.store import as_text

# 9 random bytes: unguessable within one chat, and 12 of the 64 bytes Telegram allows.
_ID_BYTES = 9


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a channel shows it."""

    title: str
    id: str
    number: int | None = None
    """What may be typed instead of pressing it; None where a bare number would answer the open question."""


def issue(
    db: Database,
    channel: str,
    chat: str,
    choices: tuple[Choice, ...],
    at: datetime,
    *,
    message: int | None = None,
    numbered: bool = True,
) -> tuple[Button, ...]:
    """Stores *choices* for this chat and gives each its id and, when *numbered*, its number.

    The same choices of the same outbox *message* again, for another attempt at sending it, are the same buttons.
    """
    if message is not None and (earlier := _issued_for(db, message, choices)):
        return earlier
    first = menu.next_number(db, channel, chat) if numbered else None
    issued = tuple(
        Button(choice.title, secrets.token_urlsafe(_ID_BYTES), None if first is None else first + place)
        for place, choice in enumerate(choices)
    )
    db.conn.executemany(
        "INSERT INTO buttons (id, channel, chat, title, intent, data, created_at, number, message)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                button.id,
                channel,
                chat,
                choice.title,
                choice.intent,
                json.dumps(choice.data, ensure_ascii=False),
                as_text(at),
                button.number,
                message,
            )
            for button, choice in zip(issued, choices, strict=True)
        ],
    )
    return issued


def _issued_for(db: Database, message: int, choices: tuple[Choice, ...]) -> tuple[Button, ...]:
    rows = db.conn.execute(
        "SELECT id, number, title, intent, data FROM buttons WHERE message = ? ORDER BY rowid", (message,)
    ).fetchall()
    if tuple(Choice(title, intent, json.loads(data)) for _, _, title, intent, data in rows) != choices:
        return ()
    return tuple(Button(title, button, number) for button, number, title, _, _ in rows)


def pressed(db: Database, channel: str, chat: str, button: str) -> Choice | None:
    """What *button* means; None when it was never shown in this chat."""
    found = db.conn.execute(
        "SELECT title, intent, data FROM buttons WHERE id = ? AND channel = ? AND chat = ?", (button, channel, chat)
    ).fetchone()
    return Choice(found[0], found[1], json.loads(found[2])) if found else None
