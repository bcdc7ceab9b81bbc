"""Where a channel meets the rest: what it hands in, what the sender may ask of it, and how delivery fails."""

from __future__ import annotations

from typing import Protocol

from bot.errors import Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage
from bot.replies.reply import Reply

__all__ = ["Button", "Carrier", "Intake", "Refused", "RetryLater", "Unreachable"]


class Intake(Protocol):
    """Where a channel puts what arrives."""

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message* durably and schedules its answer; the same update again is the same message.

        Returns only when it is stored, and never raises for its content; StoreError when it cannot be stored now.
        """
        ...


class Carrier(Protocol):
    """One channel's way out. It obeys: pace, order and retries belong to the sender."""

    @property
    def name(self) -> str:
        """The channel's name as in `IncomingMessage.channel`."""
        ...

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        """Delivers one message and returns the channel's id of it (of the part with the buttons, when split).

        Raises RetryLater, Unreachable or Refused.
        """
        ...

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        """Replaces text and buttons of a message; the same content again is not an error.

        Raises RetryLater, Unreachable or Refused.
        """
        ...

    async def typing(self, chat: str) -> None:
        """Shows that an answer is being prepared; never raises, because nothing depends on it."""
        ...
