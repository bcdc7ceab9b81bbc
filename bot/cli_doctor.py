"""`khuyencong doctor`: a line for each thing that must be right, and what to do next."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands quick

from __future__ import annotations

import typer

from bot.clock import SystemClock
from bot.errors import SettingsError


def doctor() -> None:
    """Xem thiết lập, dữ liệu, đồng hồ, các kênh có ổn không; mỗi việc một dòng, kèm bước tiếp theo."""
    import asyncio

    from bot.doctor import examine
    from bot.replies.doctor_lines import Mark, Observation, end, line, mark
    from bot.settings import read_settings

    async def look() -> list[Observation]:
        observed = []
        async for found in examine(read_settings(), SystemClock()):
            observed.append(found)
            print(line(found), flush=True)
        return observed

    try:
        observed = asyncio.run(look())
    except SettingsError as error:
        observed = [Observation("settings_wrong", {"why": str(error)})]
        print(line(observed[0]))
    print(end(observed))
    if any(mark(found) is Mark.WRONG for found in observed):
        raise typer.Exit(1)
