"""A message as the staff page shows it: lines of plain and bold text and drawn marks, so that no markup is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.markup import spans
from bot.messages.buttons import Button
from bot.messages.fetching import Fetched

_MARKS = {"✅": "met", "❌": "failed", "❓": "open", "👤": "officer"}
_APART = re.compile(rf"({'|'.join(_MARKS)})|\b(0\d{{2,3}} \d{{3}} \d{{3,4}})\b")
"""What is not plain words: marks, and phone numbers as our messages write them."""
_HANGING = ("✅", "❌", "❓", "👤", "→")


class Look(StrEnum):
    """How a piece of text is shown."""

    PLAIN = "plain"
    BOLD = "bold"
    MARK = "mark"
    PHONE = "phone"


_LOOKS = (Look.PLAIN, Look.MARK, Look.PHONE)
"""What the parts of a split are, in turn."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; of a mark, the name it is drawn by."""

    look: Look
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card."""

    pieces: tuple[Piece, ...]
    hanging: bool
    """Begins with a mark that stands out to the left."""


@dataclass(frozen=True, slots=True)
class Card:
    """One message on the page, newest state of it."""

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]


def card_of(message: Fetched) -> Card:
    """*message* line by line, blank lines left out."""
    return Card(tuple(line_of(line) for line in message.reply.text.split("\n") if line.strip()), message.buttons)


def line_of(text: str) -> Line:
    """*text* in its pieces."""
    pieces: list[Piece] = []
    for span in spans(text):
        if span.bold:
            pieces.append(Piece(Look.BOLD, span.text))
            continue
        for place, part in enumerate(_APART.split(span.text)):
            if part:
                pieces.append(Piece(_LOOKS[place % 3], _MARKS.get(part, part)))
    return Line(tuple(pieces), text.startswith(_HANGING))
