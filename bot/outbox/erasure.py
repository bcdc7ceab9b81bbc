"""Forgetting what was sent: to a person, or about something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from bot.outbox.outbox import ERASED
from bot.store import as_text, owe_scrub


def erase_chats(db: Database, chats: Iterable[tuple[str, str]]) -> int:
    """Removes every message to these (channel, chat) pairs, sent or not; gives how many."""
    return sum(
        int(db.execute("DELETE FROM outbox WHERE channel = ? AND chat = ?", [channel, chat]).rowcount)
        for channel, chat in chats
    )


def erase_subject(db: Database, subject: str) -> int:
    """Removes every unsent message about *subject* and the words of the others; gives how many it touched.

    The channel's id of a sent message stays, so that what still stands in somebody's chat can be replaced.
    """
    gone = db.execute("DELETE FROM outbox WHERE subject = ? AND state NOT IN ('sending', 'sent')", [subject]).rowcount
    emptied = db.execute(
        "UPDATE outbox SET kind = ?, payload = '{}', reason = NULL WHERE subject = ?", [ERASED, subject]
    ).rowcount
    return int(gone) + int(emptied)


def forget(db: Database, message_ids: Iterable[int]) -> None:
    """Deletes those of the messages that were to be forgotten once they were sent."""
    gone = [
        db.execute("DELETE FROM outbox WHERE id = ? AND forget = 1", [message_id]).rowcount
        for message_id in message_ids
    ]
    if any(gone):
        owe_scrub(db)


def forget_unsent(db: Database, before: datetime) -> None:
    """Deletes messages to be forgotten that nobody came for: they were written before *before*."""
    rows = db.query("SELECT id FROM outbox WHERE forget = 1 AND created < ?", [as_text(before)])
    forget(db, [row["id"] for row in list(rows)])
