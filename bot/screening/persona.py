"""A made-up household with its true facts and the words it uses, so that a screening can be replayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.eligibility.facts import FactError, read_facts
from bot.errors import ContentError
from bot.plain_yaml import read_yaml
from bot.programmes.source import Source, read

TYPES = ("accented", "plain", "buttons")
_REQUIRED = frozenset({"group", "who", "wants", "types", "opening", "facts", "expected"})
_NAMED = frozenset({"old", "new_unit", "unit_type", "province"})
"""What a named place tells; the rest of the `place` fact is asked for by itself."""
_OPTIONAL = frozenset({"answers", "chooses"})


class NeverSaid:
    """The type of `NEVER_SAID`."""


NEVER_SAID: Final = NeverSaid()
"""The persona's facts do not hold an answer to the question."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One household: what is true of it, what it writes, and what should come out."""

    id: str
    group: str
    """`typical`, `excluded`, `ward` and so on: what it stands for."""
    who: str
    wants: str
    types: str
    """`accented` or `plain` (without marks) words, or `buttons` where there are any."""
    opening: str
    facts: Mapping[str, Any]
    """In the shape of the `assess` contract."""
    answers: Mapping[str, str]
    """Its own words under a question; where there are none, the button or the fact itself is used."""
    chooses: str | None
    """The support kind it picks from the list when it did not know what to want."""
    expected: Mapping[str, str]
    """Verdict by support kind."""

    def truth(self, question: str) -> Any:
        """The value the persona would give; None for "does not know", `NEVER_SAID` when its file does not tell."""
        value: Any = self.facts
        for part in question.split("."):
            if not isinstance(value, Mapping) or part not in value:
                return NEVER_SAID
            value = value[part]
        if question == "place" and isinstance(value, Mapping):
            return {part: held for part, held in value.items() if part in _NAMED}
        return value


def load_persona(path: Path) -> Persona:
    """Read and check one persona file; `ContentError("file:line: what")`."""
    source = read(path)
    entries = source.entries(_REQUIRED, _OPTIONAL)
    types = entries["types"].text()
    if types not in TYPES:
        entries["types"].fail(f"one of {', '.join(TYPES)} was expected, not {types!r}")
    facts: dict[str, Any] = read_yaml(path)["facts"]
    try:
        read_facts(facts)
    except FactError as error:
        raise ContentError(f"{entries['facts'].name}:{_line(entries['facts'])}: {error}") from error
    return Persona(
        id=path.stem,
        group=entries["group"].text(),
        who=entries["who"].text(),
        wants=entries["wants"].text(),
        types=types,
        opening=entries["opening"].text(),
        facts=facts,
        answers=_texts(entries["answers"]) if "answers" in entries else {},
        chooses=entries["chooses"].text() if "chooses" in entries else None,
        expected=_texts(entries["expected"]),
    )


def _texts(source: Source) -> dict[str, str]:
    return {key.text(): value.text() for key, value in source.pairs()}


def _line(source: Source) -> int:
    return int(source.node.start_mark.line) + 1
