"""`khuyencong screen PERSONA.yml`: a household's screening played through the real dialogue, for officers to look at."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands' start light

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_days import typed_day
from bot.clock import SystemClock


def screen(
    persona: Annotated[Path, typer.Argument(help="Tệp YAML mô tả một cơ sở; mẫu ở tests/screening/personas.")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Ngày áp dụng.")] = None,
) -> None:
    """Chạy lại cuộc sơ tuyển của một cơ sở và in từng câu."""
    import asyncio

    from bot.rehearsal import as_text, installation, replay
    from bot.screening.persona import load_persona

    who = load_persona(persona)
    with installation(SystemClock(typed_day(as_of, "--as-of"))) as app:
        transcript = asyncio.run(replay(app, who))
    print(as_text(transcript))
