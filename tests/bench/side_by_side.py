"""What answering several chats at once brings: turns a second by how many, and where the processor time of a turn goes.

KHUYENCONG_MODEL=models/….tar.gz python -m tests.bench.side_by_side [--messages 100] [--rounds 3]

Real model, real database; as many people as messages write at the same moment. The rounds go through all settings in
turn and the best round of each counts, so that other work on the machine tells little. The times by thread
(`time.thread_time`) are processor time, which other work hardly changes.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import itertools
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from bot.assembly import ensure_model, migrate, turns_on
from bot.clock import SystemClock
from bot.logs import quiet
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.turns import Turns
from bot.settings import read_settings
from bot.store import Store
from nlu.encoder import shared_encoder

AT_ONCE = (1, 2, 4)
SAID = (
    "mua máy khắc gỗ cnc được hỗ trợ bao nhiêu",
    "xưởng em làm gốm ở Phú Giáo 8 thợ tính mua lò nung 400tr",
    "hội chợ trong nước hỗ trợ gì",
    "đăng ký nhãn hiệu thì cho bao nhiêu",
    "hồ sơ gồm những giấy tờ gì",
    "cho tôi gặp cán bộ",
    "kiểm tra xưởng của tôi",
    "máy cũ có được không",
    "làm sao để được hỗ trợ sản xuất sạch hơn",
    "chào",
)
_numbers = itertools.count(1)


async def rush(turns: Turns, messages: int) -> float:
    """Turns a second while everybody writes at once; no text was seen before."""

    async def one(number: int) -> None:
        said = f"{SAID[number % len(SAID)]} {number}"
        await turns.ask(IncomingMessage("ask", f"chat-{number}", str(number), Kind.TEXT, text=said))

    begun = time.perf_counter()
    await asyncio.gather(*(one(next(_numbers)) for _ in range(messages)))
    return messages / (time.perf_counter() - begun)


class Spent:
    """Processor time of the calling threads, by what they were doing."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def watch(self, owner: Any, method: str, doing: str) -> None:
        """Counts the time that *method* of *owner* takes."""
        called = getattr(owner, method)
        setattr(
            owner, method, self._async(called, doing) if asyncio.iscoroutinefunction(called) else self.of(called, doing)
        )

    def of(self, called: Callable[..., Any], doing: str) -> Callable[..., Any]:
        """*called*, counted."""

        def counted(*given: Any) -> Any:
            begun = time.thread_time()
            try:
                return called(*given)
            finally:
                self._add(doing, begun)

        return counted

    def _async(self, called: Callable[..., Any], doing: str) -> Callable[..., Any]:
        async def counted(*given: Any) -> Any:
            begun = time.thread_time()
            try:
                return await called(*given)
            finally:
                self._add(doing, begun)

        return counted

    def _add(self, doing: str, begun: float) -> None:
        self.seconds[doing] = self.seconds.get(doing, 0.0) + time.thread_time() - begun


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--messages", type=int, default=100)
    arguments.add_argument("--rounds", type=int, default=3)
    told = arguments.parse_args()
    quiet()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "bench.sqlite")
        migrate(store)
        _, desk, first = turns_on(store, SystemClock(), ensure_model(read_settings()), chats_at_once=1)
        asyncio.run(rush(first, len(SAID)))
        best = dict.fromkeys(AT_ONCE, 0.0)
        for _, at_once in itertools.product(range(told.rounds), AT_ONCE):
            turns = Turns(store, SystemClock(), first._people, first._dialogue, desk, at_once=at_once)
            best[at_once] = max(best[at_once], asyncio.run(rush(turns, told.messages)))
            turns.close()
        spent = Spent()
        encoder = shared_encoder()
        encoder._query = functools.lru_cache(maxsize=None)(spent.of(encoder._encode_query, "encoder"))
        for owner, method, doing in (
            (first._dialogue, "read", "read"),
            (first, "_answer_in", "in the transaction"),
            (first, "_turn", "together"),
        ):
            spent.watch(owner, method, doing)
        asyncio.run(rush(first, told.messages))
        first.close()
        store.close()
    table = Table("chats at once", "turns a second")
    for at_once, speed in best.items():
        table.add_row(str(at_once), f"{speed:.1f}")
    console.print(table)
    parts = Table("processor time of a turn", "ms")
    for doing, seconds in spent.seconds.items():
        parts.add_row(doing, f"{1000 * seconds / told.messages:.1f}")
    console.print(parts)
    memory = psutil.Process().memory_info().rss / 1e6
    console.print(f"{memory:.0f} MB; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
