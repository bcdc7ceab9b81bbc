"""Scores the held-out sets: right or wrong per line, shares with a 95 % interval per style."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.guard import held_out_lines as lines

__all__ = ["Score", "answer_holds", "interval", "lines", "wrong_reading"]


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent."""
    if of == 0:
        return (0.0, 100.0)
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return (100 * (middle - half), 100 * (middle + half))


@dataclass
class Score:
    """Right and wrong by group, with the wrong ones kept for reading."""

    right: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    of: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, group: str, holds: bool, what: str) -> None:
        """Counts one line in *group* and in the whole."""
        for name in (group, "all"):
            self.of[name] += 1
            self.right[name] += holds
        if not holds:
            self.wrong.append(f"[{group}] {what}")

    def share(self, group: str = "all") -> float:
        """Right in percent."""
        return 100 * self.right[group] / self.of[group] if self.of[group] else float("nan")

    def table(self) -> list[tuple[str, str]]:
        """Group and share with its interval, the whole last."""
        rows = []
        for group in [*sorted(set(self.of) - {"all"}), "all"]:
            low, high = interval(self.right[group], self.of[group])
            rows.append(
                (group, f"{self.share(group):5.1f} %  [{low:.1f}–{high:.1f}]  {self.right[group]}/{self.of[group]}")
            )
        return rows


def _same(want: Any, got: Any) -> bool:
    if isinstance(want, list) and isinstance(got, list | tuple) and all(isinstance(x, str | dict) for x in want):
        return sorted(map(_key, want)) == sorted(map(_key, got))
    return bool(want == got) and type(want) is type(got)


def _key(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _has(subset: Mapping[str, Any], value: Any) -> bool:
    return isinstance(value, dict) and all(value.get(name) == wanted for name, wanted in subset.items())


def _within(bound: Any, value: Any) -> bool:
    if bound == "any":
        return True
    if bound == "none" or bound is None:
        return value is None
    return value is not None and bound[0] <= value <= bound[1]


def answer_holds(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Whether a reading is what the line wants; the exceptions are those of the sets' README."""
    for name, wanted in want.items():
        if name == "value_has":
            holds = _has(wanted, got.get("value"))
        elif name == "reading_has":
            holds = any(_has(wanted, reading) for reading in [got.get("value"), *got.get("candidates", [])])
        elif name == "candidates_nonempty":
            holds = bool(got.get("candidates")) == wanted
        elif name == "range_bounds":
            found = got.get("range")
            holds = found is not None and _within(wanted["low"], found[0]) and _within(wanted["high"], found[1])
        elif name == "range" and isinstance(wanted, list):
            holds = list(got.get("range") or []) == wanted
        else:
            holds = _same(wanted, got.get(name))
        if not holds:
            return False
    return True


def wrong_reading(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Whether something was read that is not so: worse than asking back."""
    stated = got.get("understood") and (got.get("value") is not None or got.get("range") is not None)
    return bool(stated) and not answer_holds(want, got)
