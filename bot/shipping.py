"""Trains a model and lets it serve only when it understands no guarded class worse than the one before."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot.assembly import ensure_model
from bot.clock import SystemClock
from bot.dialogue.training import archive_name
from bot.guard import Figures, Judged, ModelRefused, Shelf, judged_lines, measure, sets_digest, worse
from bot.replies import nlu_desk as words
from bot.settings import Settings, read_settings
from bot.talking import answering_once

LINES_ARE_OF = date(2026, 11, 23)
"""The day for which the sets were written."""

Measuring = Callable[[Path, Sequence[Judged], str], Figures]
"""What a model comes to on lines of the sets with a digest."""


def ship(
    settings: Settings,
    *,
    force: bool = False,
    guard: bool = False,
    accept: bool = False,
    measuring: Measuring | None = None,
) -> Path:
    """The model for the files as they are, trained when there is none, and measured when that can be compared.

    It is measured when an earlier model's figures are there, or when *guard* asks for it. Raises ModelRefused when it
    is worse; *accept* lets it serve all the same.
    """
    shelf = Shelf(settings.model)
    if accept:
        shelf.take_back(archive_name())
    elif not force and (instead := shelf.instead_of(archive_name())):
        raise ModelRefused(archive_name(), instead)
    model = ensure_model(settings, force=force)
    if settings.model.is_file() or (shelf.figures_of(model) is not None and not force):
        return model
    sets, lines = sets_digest(), tuple(judged_lines())
    before = shelf.last_shipped(sets, but=model)
    if lines and (before is not None or guard):
        _judge(shelf, model, before, (measuring or measured)(model, lines, sets), accept=accept)
    return model


def ship_or_go_on(settings: Settings) -> Path:
    """The same for a service that has to start: a refused model leaves the one before serving, and says so."""
    try:
        return ship(settings)
    except ModelRefused as refusal:
        print(words.refused_model(refusal.refused, refusal.instead), file=sys.stderr)
        return settings.model / refusal.instead


def measured(model: Path, lines: Sequence[Judged], sets: str, day: date = LINES_ARE_OF) -> Figures:
    """What *model* comes to on *lines*, each put through the whole turn on a database that is thrown away."""
    from bot.dialogue.embedded import EmbeddedDialogue  # noqa: PLC0415  seconds of Rasa, only when there is a need

    told = track(lines, words.MEASURING, console=Console(file=sys.stderr), transient=True)
    dialogue = EmbeddedDialogue.load(model, ())
    settings = replace(read_settings(), model=model)
    with answering_once(settings, SystemClock(day)) as answer, asyncio.Runner() as runner:
        return measure(model.name, told, answer, lambda text: runner.run(dialogue.intent_of(text)), sets=sets)


def _judge(shelf: Shelf, model: Path, before: Figures | None, after: Figures, *, accept: bool) -> None:
    Console(file=sys.stderr, highlight=False, markup=False).print(words.render_figures(before, after))
    faults = tuple(worse(before, after)) if before else ()
    if before is not None and (faults or after.stated_unverified) and not accept:
        shelf.refuse(model, before.model)
        raise ModelRefused(model.name, before.model, faults)
    shelf.ship(model, after)
