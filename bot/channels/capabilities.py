"""What each channel can show and take, in one table: rendering, pace and the tests of all channels read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.outbox import Rate

_UNHURRIED = Rate(per_second=20, burst=20)


class Buttons(StrEnum):
    """How choices are shown."""

    INLINE = "inline"
    """Pressed, as many as there are."""
    TEMPLATE = "template"
    """Pressed, up to `most_buttons`; more become a numbered menu."""
    NUMBERED = "numbered"
    """Lines of the text, answered by typing the number."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One channel."""

    buttons: Buttons
    most_buttons: int | None = None
    text_limit: int | None = None
    """Longest message in UTF-16 units; longer texts are cut into several. None where there is no limit."""
    contact_request: bool = False
    """Can ask for the person's own phone number with one tap."""
    location_request: bool = False
    document: bool = True
    """Can hand over a file."""
    edit: bool = False
    """A message that was sent can be replaced; elsewhere the new words are sent as a new message."""
    quiet: bool = False
    """Can bring a note without a sound, or show it as one; elsewhere it is a message like any other."""
    typing: bool = False
    """Can show that an answer is being prepared."""
    rate: Rate = _UNHURRIED


CAPABILITIES: Mapping[str, Capabilities] = {
    # In any second at most 27 and a burst of 3: never above Telegram's own thirty, so that no reply waits for a 429.
    "telegram": Capabilities(
        Buttons.INLINE,
        text_limit=4096,
        contact_request=True,
        location_request=True,
        edit=True,
        quiet=True,
        typing=True,
        rate=Rate(per_second=27, burst=3),
    ),
    # No rate is published for either Zalo; these are careful guesses, and a 429 or -32 is obeyed whatever they are.
    "zalo_bot": Capabilities(
        Buttons.NUMBERED,
        text_limit=2000,
        document=False,
        typing=True,
        rate=Rate(per_second=5, burst=5),
    ),
    "zalo_oa": Capabilities(
        Buttons.TEMPLATE,
        most_buttons=5,
        text_limit=2000,
        contact_request=True,
        rate=Rate(per_second=10, burst=10, chat_interval=timedelta(milliseconds=500)),
    ),
    "web": Capabilities(Buttons.INLINE, edit=True, quiet=True),
    "terminal": Capabilities(Buttons.NUMBERED),
}

RATES: Mapping[str, Rate] = {name: channel.rate for name, channel in CAPABILITIES.items()}

NUMBERED = frozenset(name for name, channel in CAPABILITIES.items() if channel.buttons is not Buttons.INLINE)
"""Channels on which a typed number may pick a choice."""
