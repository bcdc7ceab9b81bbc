"""Days as they are typed on the command line."""

from __future__ import annotations

from datetime import date

import typer

from bot.clock import SystemClock


def typed_day(text: str | None, option: str) -> date | None:
    """The day that *option* names, None without one; a usage error in Vietnamese when it is no day."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” không phải là ngày; viết như 2026-11-23", param_hint=option) from None


def typed_day_or_today(text: str | None, option: str = "--as-of") -> date:
    """The day that *option* names, today in Vietnam without one."""
    return typed_day(text, option) or SystemClock().today()
