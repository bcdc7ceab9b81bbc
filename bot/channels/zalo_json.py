"""Reads the values of Zalo's JSON, whatever shape they have: a wrong one is as good as none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.typed import encodable

LONGEST_ID = 128
_MILLISECONDS_FROM = 100_000_000_000
"""A date above this counts milliseconds: in seconds it would be the year 5138."""


def object_in(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object *name*; an empty one when it is none."""
    value = of.get(name)
    return value if isinstance(value, dict) else {}


def id_in(value: Any) -> str | None:
    """An id as text; None for what can be none. 64-bit ones arrive as text, because JSON numbers would lose digits."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return encodable(text) if 0 < len(text) <= LONGEST_ID else None


def text_in(value: Any) -> str:
    """A text that can be stored; an empty one when it is none."""
    return encodable(value) if isinstance(value, str) else ""


def moment(date: Any) -> datetime | None:
    """A date in seconds or milliseconds, as a number or digits; None when it is none."""
    try:
        count = float(date)
        return datetime.fromtimestamp(count / 1000 if count > _MILLISECONDS_FROM else count, UTC) if count > 0 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None
