"""`khuyencong …` with the machine's clock moved on, for what happens by day alone: `SHIFT_SECONDS` says how far."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from bot import cli
from bot.clock import SystemClock

SHIFT = "SHIFT_SECONDS"


def _moved(_: SystemClock) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(os.environ[SHIFT]))


if __name__ == "__main__":
    SystemClock.now = _moved  # type: ignore[method-assign]  # every part asks this clock
    cli.main()
