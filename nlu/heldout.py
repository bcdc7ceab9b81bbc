"""The held-out sets as a thing that nothing may be learned from: they are compared with, never shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlu.examples import FOLDER, same

HELD_OUT = FOLDER.parent / "tests" / "heldout"


def held_out(folder: Path = HELD_OUT) -> frozenset[str]:
    """What the sentences of all sets come to, folded; nothing where an installation has no sets.

    Answers to a question and cases to assess judge values, not sentences: "8 người" may be learned from.
    """
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in _lines(path))
    return frozenset(same(line["text"]) for line in lines if "text" in line and "question" not in line)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf8").splitlines():
        if line.strip():
            yield json.loads(line)
