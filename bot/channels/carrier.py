"""What the sender may ask of any channel, and the three ways a channel can fail to deliver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.errors import DeliveryError
from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a channel shows it: its title, and our opaque id of at most 64 bytes."""

    title: str
    id: str


class RetryLater(DeliveryError):
    """Not delivered as far as is known; worth another try after `seconds`.

    `maybe_sent` is True when the connection broke before the channel answered: the message may have arrived.
    """

    def __init__(self, seconds: float, reason: str, *, maybe_sent: bool = False) -> None:
        super().__init__(f"{reason}; retry in {seconds:g} s")
        self.seconds = seconds
        self.reason = reason
        self.maybe_sent = maybe_sent


class Unreachable(DeliveryError):
    """This chat cannot be written to until the person comes back: blocked, never started, deactivated."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(DeliveryError):
    """The channel will never take this message; the content or the request is wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


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
