"""The intents that the stock Rasa shape and ours name on the same held-out lines, as typed and without diacritics."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from bot.clock import TurnedClock
from bot.language import fold
from tests.bench.scoring import Score, lines
from tests.bench.stock_and_ours import KEPT

OUTSIDE = ["out_of_scope", "abuse", "steer_bot", "nlu_fallback"]


def kept_stock() -> Path | None:
    """The stock model that `make bench` trained last; None when it never did."""
    return max(KEPT.glob("stock-*.tar.gz"), key=lambda model: model.stat().st_mtime, default=None)


def expected() -> Iterator[tuple[str, str, str, list[str]]]:
    """Set, style, text and acceptable intents of every line whose intent is known."""
    for name in ("intents", "intents_second"):
        for line in lines(name):
            yield "other intents", line["style"], line["text"], line["intent"]
    for name in ("questions", "questions_second"):
        for line in lines(name):
            yield "policy questions", line["style"], line["text"], ["ask_policy", "start_screening"]
    for name in ("outside", "outside_second"):
        for line in lines(name):
            yield "outside", line["style"], line["text"], OUTSIDE


def named_by(model: Path) -> dict[str, Score]:
    """How many lines of each set *model* names rightly, by style; accented ones a second time without diacritics."""
    from actions.registry import all_actions
    from bot.assembly import build_services, migrate
    from bot.dialogue.embedded import EmbeddedDialogue
    from bot.store import Store

    scores: dict[str, Score] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "named.sqlite")
        migrate(store)
        clock = TurnedClock(datetime(2026, 11, 23, 3, tzinfo=UTC))
        dialogue = EmbeddedDialogue.load(model, all_actions(build_services(store, clock)))

        async def all_lines() -> None:
            for name, style, text, wanted in expected():
                score = scores.setdefault(name, Score())
                score.count(style, await dialogue.intent_of(text) in wanted, text)
                if style == "accented":
                    bare = scores.setdefault(f"{name}, accented lines stripped", Score())
                    bare.count("stripped", await dialogue.intent_of(fold(text)) in wanted, text)

        asyncio.run(all_lines())
        store.close()
    return scores


def side_by_side(ours: Path, stock: Path | None) -> Table | str:
    """Both as a table; where no stock model is kept, what to do to have one."""
    if stock is None:
        return (
            "The stock shape is not beside it: `make bench` trains it once (the better part of an hour) and keeps it."
        )
    table = Table("intents named rightly", "style", "stock", "ours")
    by_stock, by_ours = named_by(stock), named_by(ours)
    for name, score in by_ours.items():
        for (style, mine), (_, theirs) in zip(score.table(), by_stock[name].table(), strict=True):
            table.add_row(name, style, theirs, mine)
    return table
