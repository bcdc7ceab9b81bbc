"""Forgetting what a person sent, what was sent to them, and the buttons they were shown."""

from __future__ import annotations

from sqlite_utils import Database

from bot.outbox import erase_chats


class MessageErasure:
    """The part of an erasure that belongs to this package; runs while the person's accounts are still known."""

    name = "messages"

    def erase(self, db: Database, person_id: str) -> int:
        """Removes inbox, outbox and buttons of every chat of the person; gives the rows removed.

        The message that asks for the erasure is being answered: its row stays until its turn empties it.
        """
        chats = [
            (channel, chat)
            for channel, chat in db.conn.execute("SELECT channel, chat FROM accounts WHERE person_id = ?", (person_id,))
        ]
        removed = erase_chats(db, chats)
        for channel, chat in chats:
            removed += db.conn.execute(
                "DELETE FROM links WHERE to_channel = ? AND to_chat = ?", (channel, chat)
            ).rowcount
            for table in ("inbox", "buttons", "link_guesses"):
                kept = " AND state != 'new'" if table == "inbox" else ""
                removed += db.conn.execute(
                    f"DELETE FROM {table} WHERE channel = ? AND chat = ?{kept}",  # noqa: S608  # own names
                    (channel, chat),
                ).rowcount
        for table in ("relays", "links"):
            removed += db.conn.execute(
                f"DELETE FROM {table} WHERE person_id = ?",  # noqa: S608  # own names
                (person_id,),
            ).rowcount
        return int(removed)
