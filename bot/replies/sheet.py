"""A table in words: what a spreadsheet or a terminal shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table under one title."""

    title: str
    """At most 31 characters, none of `[]:*?/\\`: what a spreadsheet takes."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
