"""Which chat is answered next: each chat by one worker at a time, and the chats one after another in turn."""

from __future__ import annotations

import threading

Chat = tuple[str, str]
"""A channel and its own id of the chat."""


class Lanes:
    """Hands chats that have something to be answered to workers, from any thread.

    A chat is with one worker at most, so its messages keep their order however many workers there are. When it comes back
    with more it waits behind all others, so a chat that writes without end holds nobody up.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[Chat, None] = {}
        """In the order in which they are taken."""
        self._taken: set[Chat] = set()
        self._called_meanwhile: set[Chat] = set()
        self._closed = False

    def call(self, chat: Chat) -> None:
        """Something of *chat* is to be answered; calling it again before it was taken changes nothing."""
        with self._changed:
            if chat in self._taken:
                self._called_meanwhile.add(chat)
            else:
                self._queue(chat)

    def take(self) -> Chat | None:
        """The chat that has waited longest, once there is one; None when no more are handed out."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            chat = next(iter(self._waiting))
            del self._waiting[chat]
            self._taken.add(chat)
            return chat

    def give_back(self, chat: Chat, *, more: bool) -> None:
        """*chat* may be taken again; it waits at once when it has *more*, or was called meanwhile."""
        with self._changed:
            self._taken.remove(chat)
            if more or chat in self._called_meanwhile:
                self._called_meanwhile.discard(chat)
                self._queue(chat)

    def close(self) -> None:
        """From now on nothing is handed out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _queue(self, chat: Chat) -> None:
        self._waiting.setdefault(chat)
        self._changed.notify()
