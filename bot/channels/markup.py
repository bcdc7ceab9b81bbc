"""A reply's text taken apart for channels: its one piece of markup, `**bold**`, and where a long one may be cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_BOLD = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# A cut is moved back over at most this many marks that belong to the letter before them.
_LONGEST_CLUSTER = 16
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of visible text in one weight."""

    text: str
    bold: bool = False


def spans(text: str) -> tuple[Span, ...]:
    """*text* as spans; stars that are not a pair around words of one line stay as they are.

    What no channel can encode (half of a surrogate pair) becomes the replacement character.
    """
    whole = _LONE_SURROGATE.sub("\ufffd", text)
    found: list[Span] = []
    at = 0
    for match in _BOLD.finditer(whole):
        found += [Span(whole[at : match.start()]), Span(match[1], bold=True)]
        at = match.end()
    found.append(Span(whole[at:]))
    return tuple(span for span in found if span.text)


def visible(text: str) -> str:
    """*text* as a person reads it, without markup."""
    return "".join(span.text for span in spans(text))


def cuts(text: str, limit: int) -> Iterator[int]:
    """Where the parts of *text* end that each fit into *limit* UTF-16 units, at line ends where possible."""
    start = 0
    while start < len(text):
        end = start + _fitting(text, start, limit)
        if end < len(text):
            end = _better_cut(text, start, end)
        yield end
        start = end


def _fitting(text: str, start: int, limit: int) -> int:
    """How many characters from *start* fit into one message."""
    units = 0
    for count, character in enumerate(text[start : start + limit + 1]):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > limit:
            return count
    return len(text) - start


def _better_cut(text: str, start: int, end: int) -> int:
    """The last line end, else the last space, of the second half; else between two letters, not inside one."""
    half = start + (end - start) // 2
    for border in ("\n", " "):
        found = text.rfind(border, half, end)
        if found >= 0:
            return found + 1
    for cut in range(end, max(half, end - _LONGEST_CLUSTER), -1):
        if not (unicodedata.category(text[cut])[0] == "M" or _JOINER in (text[cut], text[cut - 1])):
            return cut
    return end
