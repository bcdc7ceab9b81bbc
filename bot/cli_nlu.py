"""`khuyencong nlu …`: for staff who teach the machine what people meant."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands' start light

from __future__ import annotations

import typer

nlu_app = typer.Typer(help="Máy hiểu lời người dân: xem những câu chưa hiểu, dạy thêm.", no_args_is_help=True)


@nlu_app.callback()
def _group() -> None:
    """Keeps `review` a command of its own while it is the only one."""


@nlu_app.command()
def review() -> None:
    """Xem từng câu máy chưa hiểu (đã bỏ tên, số điện thoại), chọn ý đúng, ghi vào dữ liệu dạy."""
    from rich.console import Console
    from rich.prompt import Prompt

    from bot.assembly import open_store
    from bot.clock import SystemClock
    from bot.knowledge.loader import load_topics
    from bot.programmes.loader import load_law
    from bot.replies import nlu_desk as words
    from bot.review import waiting
    from bot.settings import read_settings
    from bot.teaching import Walk
    from nlu.writing import TrainingFiles

    console = Console(highlight=False, soft_wrap=True, markup=False)
    store = open_store(read_settings())
    listed = waiting(store.db, SystemClock().now())
    if not listed:
        console.print(words.nothing_waits())
        return

    def ask(what: str) -> str:
        return Prompt.ask(what, console=console, default="", show_default=False)

    walk = Walk(store, load_topics(load_law()), TrainingFiles(), say=console.print, ask=ask)
    console.print(words.what_may_be_typed())
    settled = walk.through(listed)
    console.print(words.render_done(walk.written, len(walk.files), len(listed) - settled))
