"""Trains the Rasa model when, and only when, something it is made from has changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.errors import DialogueError
from bot.settings import CHECKOUT

# Everything the model is made from; a change in any of these files makes a new model.
_SOURCES = ("config.yml", "domain.yml", "nlu", "stories", "bot/knowledge/topics", "bot/language", "requirements.lock")
_KINDS = {".yml", ".yaml", ".py", ".lock", ".json", ".txt"}


def _source_files(checkout: Path) -> Iterator[Path]:
    for name in _SOURCES:
        path = checkout / name
        if path.is_file():
            yield path
        else:
            yield from sorted(file for file in path.rglob("*") if file.suffix in _KINDS)


def fingerprint(checkout: Path = CHECKOUT) -> str:
    """Sixteen hexadecimal digits that change when the model has to be trained anew."""
    digest = hashlib.sha256()
    for file in _source_files(checkout):
        digest.update(file.relative_to(checkout).as_posix().encode())
        digest.update(b"\0")
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def current_model(models: Path, checkout: Path = CHECKOUT) -> Path | None:
    """The model trained from the files as they are now; None when it has to be trained.

    *models* may also be one archive, which then is the model whatever it was made from.
    """
    if models.is_file():
        return models
    model = models / f"{fingerprint(checkout)}.tar.gz"
    return model if model.exists() else None


def train(models: Path, checkout: Path = CHECKOUT) -> Path:
    """Trains a model into *models* and gives its archive; raises DialogueError when Rasa refuses the data."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(checkout / ".rasa" / "cache"))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import rasa.model_training  # noqa: PLC0415  seconds of imports, only when there is something to train

    name = fingerprint(checkout)
    # Rasa reports on standard output, which belongs to whoever pipes our answers on.
    with contextlib.redirect_stdout(sys.stderr):
        result = rasa.model_training.train(
            domain=str(checkout / "domain.yml"),
            config=str(checkout / "config.yml"),
            training_files=[str(checkout / "nlu"), str(checkout / "stories")],
            output=str(models),
            fixed_model_name=name,
        )
    if result.code != 0 or result.model is None:
        raise DialogueError("Rasa could not train a model; the messages above say why")
    return models / f"{name}.tar.gz"
