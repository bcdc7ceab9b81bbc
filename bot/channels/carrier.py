"""What the sender may ask of any channel; failures are `RetryLater`, `Unreachable` and `Refused` of `bot.errors`."""

from __future__ import annotations

from typing import Protocol

from bot.errors import Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.replies.reply import Reply

__all__ = ["Button", "Carrier", "Refused", "RetryLater", "Unreachable"]


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
