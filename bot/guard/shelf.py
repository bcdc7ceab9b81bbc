"""The folder of models: each with its figures beside it, and a refused one set aside with the name of what serves instead."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.errors import BotError
from bot.guard.figures import Figures, Share, Worse

_ARCHIVE = ".tar.gz"
_FIGURES = ".figures.json"
_INSTEAD = ".instead"
_REFUSED = "refused"


class ModelRefused(BotError):
    """A model that is worse than the one before; the one before goes on serving."""

    def __init__(self, refused: str, instead: str, worse: Iterable[Worse] = ()) -> None:
        named = ", ".join(f"{one.name} {one.before.right}→{one.after.right}/{one.after.of}" for one in worse)
        super().__init__(
            f"{refused} is refused{f' ({named})' if named else ''}; {instead} goes on serving."
            " `khuyencong train --force` trains and measures again, `--accept` lets it serve all the same"
        )
        self.refused = refused
        self.instead = instead


@dataclass(frozen=True)
class Shelf:
    """One folder of models."""

    folder: Path

    def figures_of(self, model: Path) -> Figures | None:
        """What was measured of *model*; None when nothing was, or it cannot be read."""
        return _read(self._beside(model, _FIGURES))

    def last_shipped(self, sets: str, *, but: Path) -> Figures | None:
        """The figures of the newest other model that was measured on the same *sets* and is still there."""
        found = sorted(self.folder.glob(f"*{_FIGURES}"), key=lambda path: path.stat().st_mtime, reverse=True)
        figures = (_read(path) for path in found)
        return next(
            (one for one in figures if one and one.sets == sets and one.model != but.name and self._has(one.model)),
            None,
        )

    def ship(self, model: Path, figures: Figures) -> None:
        """Notes what *model* comes to: from now on it is what later ones are compared with."""
        body = {
            **asdict(figures),
            "classes": {name: [share.right, share.of] for name, share in figures.classes.items()},
        }
        self._beside(model, _FIGURES).write_text(f"{json.dumps(body, ensure_ascii=False, indent=1)}\n", "utf8")
        self._beside(model, _INSTEAD).unlink(missing_ok=True)

    def refuse(self, model: Path, instead: str) -> None:
        """Sets *model* aside; whoever looks for it finds the model *instead*."""
        aside = self.folder / _REFUSED
        aside.mkdir(exist_ok=True)
        self._beside(model, _INSTEAD).write_text(instead, "utf8")
        model.rename(aside / model.name)

    def take_back(self, name: str) -> Path | None:
        """The refused model *name*, on the shelf again; None when there is none."""
        aside = self.folder / _REFUSED / name
        self._beside(self.folder / name, _INSTEAD).unlink(missing_ok=True)
        return aside.rename(self.folder / name) if aside.exists() else None

    def instead_of(self, name: str) -> str | None:
        """The model that serves instead of the refused model *name*; None when that was not refused."""
        note = self._beside(self.folder / name, _INSTEAD)
        instead = note.read_text("utf8").strip() if note.exists() else None
        return instead if instead and self._has(instead) else None

    def _has(self, name: str) -> bool:
        return (self.folder / name).exists()

    def _beside(self, model: Path, ending: str) -> Path:
        return self.folder / f"{model.name.removesuffix(_ARCHIVE)}{ending}"


def _read(path: Path) -> Figures | None:
    try:
        body = json.loads(path.read_text("utf8"))
        classes = {name: Share(*counts) for name, counts in body["classes"].items()}
        return Figures(body["model"], body["sets"], classes, body["stated_unverified"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
