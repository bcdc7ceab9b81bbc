"""Puts the held-out sets to a model and counts what is right, class by class; nothing of a line is ever shown."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.eligibility.citation import Status
from bot.guard.figures import Figures, Share
from bot.settings import CHECKOUT

FOLDER = CHECKOUT / "tests" / "heldout"
KINDS = ("questions", "outside", "intents")
"""The sets that judge understanding; every file whose name begins with one of them is of that kind."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a set, with the class that it stands for."""

    kind: str
    group: str
    line: Mapping[str, Any]


def held_out_lines(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The lines of one set, `questions` for questions.jsonl."""
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf8").splitlines() if line.strip()]


def judged_lines(folder: Path = FOLDER) -> Iterator[Judged]:
    """Every line that judges understanding; none where an installation has no sets."""
    for path in _files(folder):
        kind = path.stem.split("_")[0]
        for line in held_out_lines(path.stem, folder):
            best = line["intent"][0] if kind == "intents" else line["outcome"][0]
            yield Judged(kind, f"{path.stem}: {best}", line)


def sets_digest(folder: Path = FOLDER) -> str:
    """Changes when any line of the sets does."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in _files(folder))).hexdigest()[:16]


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.jsonl")) if path.stem.split("_")[0] in KINDS]


def holds(line: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Whether an answer in the shape of the `ask` contract is what a line of questions or outside wants."""
    named = got["outcome"] in ("answered", "unverified") and "topics" in line
    return got["outcome"] in line["outcome"] and (not named or got["topic"] in line["topics"])


def cited(documents: Iterable[str], citations: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of *documents* is among the citations; an empty list asks for none."""
    wanted = list(documents)
    return not wanted or any(document in citation["document"] for document in wanted for citation in citations)


def measure(
    model: str,
    lines: Iterable[Judged],
    answer: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    intent_of: Callable[[str], str],
    *,
    sets: str,
) -> Figures:
    """What *model* comes to; *answer* and *intent_of* put a line through it."""
    right, of, stated_unverified = Counter[str](), Counter[str](), 0
    for judged in lines:
        of[judged.group] += 1
        if judged.kind == "intents":
            right[judged.group] += intent_of(judged.line["text"]) in judged.line["intent"]
            continue
        got = answer(judged.line)
        right[judged.group] += holds(judged.line, got)
        stated_unverified += _states_unverified(got)
    classes = {group: Share(right[group], of[group]) for group in sorted(of)}
    return Figures(model, sets, classes, stated_unverified)


def _states_unverified(got: Mapping[str, Any]) -> bool:
    """Whether an answer stands on nothing but what is held as unverified."""
    statuses = {citation["status"] for citation in got["citations"]}
    return got["outcome"] == "answered" and statuses == {Status.UNVERIFIED}
