"""What a reader made of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The reading of one text under one question, in the shape of the `parse` contract.

    Exactly one of these holds: not understood; unknown; a value; a range; several candidates. Only a phone number
    may have a value and candidates: the first number that was given, and the others.
    """

    understood: bool
    value: Any = None
    """int, bool, str, list[str] or a place dict, by question."""
    range: tuple[Any, Any] | None = None
    unknown: bool = False
    candidates: tuple[Any, ...] = ()


NOT_UNDERSTOOD = Answer(understood=False)
UNKNOWN = Answer(understood=True, unknown=True)
