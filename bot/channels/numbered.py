"""A reply as plain text with its choices as a numbered menu, cut into messages that the channel takes."""

from __future__ import annotations

from bot.channels.markup import cuts, visible
from bot.messages.buttons import Button
from bot.replies.channel_lines import numbered_menu, worded_menu


def with_menu(text: str, buttons: tuple[Button, ...]) -> str:
    """*text* without markup, and below it how to choose."""
    said = visible(text).rstrip()
    numbered = [(button.number, button.title) for button in buttons if button.number is not None]
    if numbered:
        return f"{said}\n\n{numbered_menu(numbered)}"
    return f"{said}\n\n{worded_menu([button.title for button in buttons])}" if buttons else said


def messages(text: str, limit: int) -> tuple[str, ...]:
    """*text* in messages of at most *limit* UTF-16 units, without those that would show nothing."""
    start, found = 0, []
    for end in cuts(text, limit):
        found.append(text[start:end].strip("\n"))
        start = end
    return tuple(part for part in found if part.strip())
