"""Where a channel meets the rest: what it hands in, what the sender may ask of it, and how delivery fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from starlette.routing import BaseRoute

from bot.errors import Held, Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage
from bot.replies.reply import Reply

__all__ = ["Button", "Carrier", "Channel", "Held", "Intake", "Refused", "RetryLater", "State", "Unreachable"]


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

        Raises RetryLater, Unreachable, Held or Refused.
        """
        ...

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        """Replaces text and buttons of a message; the same content again is not an error.

        Raises RetryLater, Unreachable, Held or Refused.
        """
        ...

    async def typing(self, chat: str) -> None:
        """Shows that an answer is being prepared; never raises, because nothing depends on it."""
        ...


class State(StrEnum):
    """Where a channel stands, for health checks and `doctor`."""

    STOPPED = "stopped"
    CONNECTING = "connecting"
    RUNNING = "running"
    REJECTED = "rejected"
    """The platform does not accept the token; nothing is tried any more."""


class Channel(Protocol):
    """A channel as the server runs it."""

    state: State

    @property
    def carrier(self) -> Carrier:
        """Its way out."""
        ...

    def figures(self) -> Mapping[str, float]:
        """What it tells of itself in the metrics, by name; nothing about persons."""
        ...

    def routes(self) -> Sequence[BaseRoute]:
        """What it needs on the public server; nothing when it polls."""
        ...

    def entrance(self, payload: str = "") -> str | None:
        """The address that opens a chat with us there, handing over *payload* where it can; None while there is none."""
        ...

    async def start(self) -> None:
        """Begins in the background, so that a platform that cannot be reached does not hold up the rest."""
        ...

    async def stop(self) -> None:
        """Ends cleanly."""
        ...
