"""Channels that come and fetch their messages instead of being sent them: the web page, the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.messages import buttons
from bot.messages.buttons import Button
from bot.outbox import Outbox, Outgoing
from bot.replies.notices import render
from bot.replies.reply import Attachment, Reply
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message as it is shown."""

    id: int
    """Its place among all messages: later ones have higher numbers."""
    reply: Reply
    buttons: tuple[Button, ...]


class Mailbox:
    """The messages of one polling channel."""

    def __init__(self, store: Store, clock: Clock, channel: str) -> None:
        self._store = store
        self._clock = clock
        self._channel = channel
        self._outbox = Outbox(store, clock)

    def waiting(self, chat: str) -> tuple[Fetched, ...]:
        """What nobody has fetched yet, oldest first; from now on it counts as delivered."""
        return self._fetch(chat, self._outbox.waiting(self._channel, chat))

    def after(self, chat: str, last: int) -> tuple[Fetched, ...]:
        """Everything with a higher number than *last*, fetched before or not."""
        return self._fetch(chat, self._outbox.for_chat(self._channel, chat, after=last))

    def standing(self, chat: str) -> tuple[Fetched, ...]:
        """All messages as they stand now, replaced ones in their newest wording, oldest first."""
        return self._fetch(chat, tuple(self._outbox.standing(self._channel, chat)))

    def document(self, chat: str, document_id: str) -> Attachment | None:
        """The document of that id among the messages of *chat*; None when it belongs to no message there."""
        row = self._outbox.holding(self._channel, chat, document_id)
        document = None if row is None else render(row).document
        return document if document is not None and document.id == document_id else None

    def show(self, chat: str, replies: list[Reply]) -> tuple[Fetched, ...]:
        """Replies that need no outbox because they are shown in the same request."""
        with self._store.transaction():
            return tuple(Fetched(0, reply, self._issue(chat, reply)) for reply in replies)

    def _fetch(self, chat: str, rows: tuple[Outgoing, ...]) -> tuple[Fetched, ...]:
        replies = [(row.id, render(row)) for row in rows]
        with self._store.transaction():
            shown = tuple(Fetched(number, reply, self._issue(chat, reply, number)) for number, reply in replies)
            self._outbox.mark_fetched([number for number, _ in replies])
        return shown

    def _issue(self, chat: str, reply: Reply, message: int | None = None) -> tuple[Button, ...]:
        if not reply.choices:
            return ()
        # A message that is looked at again keeps its buttons: a page that asks every few seconds makes no new ones.
        at = self._clock.now()
        return buttons.issue(self._store.db, self._channel, chat, reply.choices, at, message=message)
