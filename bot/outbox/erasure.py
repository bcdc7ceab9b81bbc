"""Forgetting what was sent: to a person, or about something."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from bot.outbox.outbox import ERASED


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
