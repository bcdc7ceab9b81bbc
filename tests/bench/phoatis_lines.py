"""The lines of PhoATIS as its files hold them: reading them takes neither Rasa nor a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.language import fold

SYLLABLES = "syllable-level"
"""Our normaliser reads syllables; the word-level files join them with underscores."""


class NotPhoAtis(BotError):
    """The folder is not of the format."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and its intent."""

    text: str
    intent: str


def read_split(folder: Path, split: str) -> list[Labelled]:
    """One of `train`, `dev`, `test`; raises NotPhoAtis with one line when it cannot be read."""
    base = folder / SYLLABLES if (folder / SYLLABLES).is_dir() else folder
    try:
        texts = (base / split / "seq.in").read_text("utf8").splitlines()
        labels = (base / split / "label").read_text("utf8").splitlines()
    except OSError as error:
        raise NotPhoAtis(f"{base / split}: seq.in and label are needed ({error.strerror})") from error
    if len(texts) != len(labels):
        raise NotPhoAtis(f"{base / split}: {len(texts)} sentences and {len(labels)} labels")
    return [Labelled(text.strip(), label.strip()) for text, label in zip(texts, labels, strict=True) if text.strip()]


def stripped(lines: Sequence[Labelled]) -> list[Labelled]:
    """The same without any diacritic."""
    return [Labelled(fold(line.text), line.intent) for line in lines]
