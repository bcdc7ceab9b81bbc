"""Reads a yes to one of two things that were asked together: to be called, but not that the answers are read."""

from __future__ import annotations

import re

from bot.language import fold

_ONLY_THE_FIRST = re.compile(r"\b(?:chi|dieu|so)\s+(?:dieu\s+|so\s+)?(?:1|mot)\b|\bkhong (?:cho )?(?:xem|dieu 2)\b")


def agrees_to_contact_only(text: str) -> bool:
    """Whether *text* takes the first of the two only: "chỉ điều 1 thôi", "không cho xem"."""
    return _ONLY_THE_FIRST.search(fold(text)) is not None
