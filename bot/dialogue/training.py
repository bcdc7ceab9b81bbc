"""Trains the Rasa model when, and only when, something it is made from has changed."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

from bot.errors import DialogueError
from bot.guard import Shelf
from bot.settings import CHECKOUT

# Everything the model is made from; a change in any of these files makes a new model.
_SOURCES = ("config.yml", "domain.yml", "nlu", "stories", "bot/knowledge/topics", "bot/language", "requirements.lock")
_TAIL = 3000
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


def archive_name(checkout: Path = CHECKOUT) -> str:
    """What the model of the files as they are now is called."""
    return f"{fingerprint(checkout)}.tar.gz"


def current_model(models: Path, checkout: Path = CHECKOUT) -> Path | None:
    """The model trained from the files as they are now, or what serves instead; None when it has to be trained.

    *models* may also be one archive, which then is the model whatever it was made from.
    """
    if models.is_file():
        return models
    model = models / archive_name(checkout)
    instead = Shelf(models).instead_of(model.name)
    if instead is not None:
        return models / instead
    return model if model.exists() else None


def train(models: Path, checkout: Path = CHECKOUT) -> Path:
    """Trains a model into *models* and gives its archive; raises DialogueError when Rasa refuses the data."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(checkout / ".rasa" / "cache"))
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    name = fingerprint(checkout)
    said = io.StringIO()
    try:
        # Rasa and what it imports report a great deal; it is kept for the case that something goes wrong.
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            import rasa.model_training  # noqa: PLC0415  seconds of imports, only when there is something to train

            result = rasa.model_training.train(
                domain=str(checkout / "domain.yml"),
                config=str(checkout / "config.yml"),
                training_files=[str(checkout / "nlu"), str(checkout / "stories")],
                output=str(models),
                fixed_model_name=f"{name}.unfinished",
            )
    except Exception as error:
        raise DialogueError(f"the model could not be trained: {error}\n{said.getvalue()[-_TAIL:]}") from error
    if result.code != 0 or result.model is None:
        raise DialogueError(f"Rasa could not train a model:\n{said.getvalue()[-_TAIL:]}")
    # Renamed when it is whole, so that a start at the same moment never loads half a model.
    return Path(result.model).rename(models / archive_name(checkout))
