"""The table of facts names only what exists, and no topic is left out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.policy.content import load_content

PAGE = Path(__file__).parents[2] / "docs" / "policy-coverage.md"
CONTENT = load_content()
CRITERIA = {criterion.id for programme in CONTENT.programmes.values() for criterion in programme.criteria}
NAMES = (
    CONTENT.topics.keys()
    | CONTENT.law.parameters.keys()
    | CONTENT.law.provisions.keys()
    | CRITERIA
    | {instrument.short for instrument in CONTENT.law.instruments.values()}
)


def rows() -> Iterator[tuple[str, str]]:
    """The two columns of every row that is no heading."""
    for line in PAGE.read_text("utf8").splitlines():
        if line.startswith("| ") and not line.endswith("Where |"):
            fact, where = line.strip("| ").split(" | ")
            yield fact, where


def named(text: str) -> list[str]:
    """What stands in code marks, files of tests left out."""
    return [name for name in re.findall(r"`([^`]+)`", text) if "/" not in name]


def test_every_fact_is_told_somewhere_or_its_silence_is_explained() -> None:
    assert [fact for fact, where in rows() if not re.search(r"`|Not said: .{15}", where)] == []
    assert len(list(rows())) > 120


def test_everything_that_the_table_names_exists() -> None:
    assert [(fact, name) for fact, where in rows() for name in named(where) if name not in NAMES] == []


def test_every_topic_tells_a_fact_of_the_table() -> None:
    told = {name for _, where in rows() for name in named(where)}

    assert set(CONTENT.topics) - told == set()
