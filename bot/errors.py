"""One root for every error this project raises on purpose."""

from datetime import datetime


class BotError(Exception):
    """Anything this project reports by raising."""


class SettingsError(BotError):
    """A setting cannot be used; the message says which one and what to do."""


class ContentError(BotError):
    """A content file (law, topic, programme, place) is wrong; the message starts with file:line."""


class NotInForce(BotError):
    """A figure or rule was asked for on a day for which none is held."""


class TransitionRefused(BotError):
    """A lead cannot take this step from the state it is in."""


class DeliveryError(BotError):
    """A message could not be handed to its channel."""


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


class Held(DeliveryError):
    """The channel may not or should not be given this message now; it waits, with the reason beside it.

    Until `until`, or without one until the person writes again or somebody releases it.
    """

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


class Refused(DeliveryError):
    """The channel will never take this message; the content or the request is wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreError(BotError):
    """The database cannot be opened, migrated or written."""


class DialogueError(BotError):
    """The dialogue engine did not give an answer."""
