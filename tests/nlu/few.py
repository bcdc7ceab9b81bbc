"""The training files with a few sentences of each intent: all their shapes, and read in a moment."""

from __future__ import annotations

from pathlib import Path

from nlu.examples import FOLDER

EACH = 8


def copy_few(folder: Path) -> None:
    """Writes them into *folder*, which may be new; everything but the further sentences stays as it is."""
    folder.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.yml"):
        kept: list[str] = []
        sentences = 0
        for line in path.read_text("utf8").splitlines(keepends=True):
            sentences = sentences + 1 if line.startswith("    - ") else 0
            if sentences <= EACH:
                kept.append(line)
        (folder / path.name).write_text("".join(kept), "utf8")
