"""The one piece of markup in a reply, `**bold**`, taken apart for channels to show as they can."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOLD = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


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
