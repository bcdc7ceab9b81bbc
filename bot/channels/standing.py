"""How a bot stands at its platform, as `khuyencong doctor` asks while the service runs or not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Contact(StrEnum):
    """Whether the platform talks to us."""

    TALKS = "talks"
    REFUSED = "refused"
    """It does not know the token."""
    SILENT = "silent"
    """It could not be reached, or made no sense."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the platform says of a bot; asking changes nothing there."""

    contact: Contact
    name: str = ""
    webhook: str = ""
    """The address it delivers to; empty when the bot polls."""
    waiting: int = 0
    """Updates that wait for delivery."""
    trouble: str = ""
    """What went wrong with the last delivery, in the platform's words, when that was within the hour."""
