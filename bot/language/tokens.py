"""Splits text into words that remember where they stood as typed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from bot.language.text import fold


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number; `text == original[start:end]`, `folded` is `fold(text)` and never empty."""

    text: str
    start: int
    end: int
    folded: str


def tokens(text: str) -> tuple[Token, ...]:
    """Words and numbers of *text* in order, punctuation left out; offsets point into *text* itself, not a cleaned copy.

    A number keeps its inner separators ("1.200.000", "2,5", "15/10/2025"); "650tr" is one token.
    """
    found = []
    start = None
    for index, char in enumerate(text):
        if _in_word(text, index, char):
            start = index if start is None else start
        elif start is not None:
            found.append(_token(text, start, index))
            start = None
    if start is not None:
        found.append(_token(text, start, len(text)))
    return tuple(token for token in found if token.folded.strip())


def _in_word(text: str, index: int, char: str) -> bool:
    if char.isalnum() or char == "%":
        return True
    if char in ".,/" and 0 < index < len(text) - 1:
        return text[index - 1].isdigit() and text[index + 1].isdigit()
    # A combining mark or a zero-width character belongs to the letter before it.
    category = unicodedata.category(char)
    return category.startswith("M") or category == "Cf"


def _token(text: str, start: int, end: int) -> Token:
    return Token(text[start:end], start, end, fold(text[start:end]))
