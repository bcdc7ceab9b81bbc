"""The held-out sets as a thing that nothing may be learned from: they are compared with, never shown."""

from __future__ import annotations

import json
from pathlib import Path

from nlu.examples import FOLDER, same

HELD_OUT = FOLDER.parent / "tests" / "heldout"
SETS = ("questions", "intents", "outside")
"""The sets whose lines could also be training sentences; the others judge values and verdicts."""


def held_out(folder: Path = HELD_OUT) -> frozenset[str]:
    """What the lines of the sets come to, folded; empty where an installation has none of them."""
    paths = (folder / f"{name}.jsonl" for name in SETS)
    lines = (line for path in paths if path.exists() for line in path.read_text("utf8").splitlines())
    return frozenset(same(json.loads(line)["text"]) for line in lines if line.strip())
