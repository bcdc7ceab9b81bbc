"""A support kind: its conditions, how its ceiling is counted, what papers it takes; data and functions, no words of law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.eligibility.criterion import Criterion


@dataclass(frozen=True, slots=True)
class Document:
    """A paper the workshop prepares, and what it is for."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SupportRule:
    """How the national ceiling of a support kind is counted; names of parameters and facts."""

    price: str
    """The fact that holds the cost in dong."""
    share: str
    ceiling: str
    line: str | None = None
    """A yes/no fact under which `line_ceiling` replaces `ceiling`."""
    line_ceiling: str | None = None


@dataclass(frozen=True, slots=True)
class PriorityNote:
    """What is noted, beside the verdict, when a fact is true."""

    fact: str
    note: str
    provision: str


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """How one condition is said, in Vietnamese, by outcome."""

    met: str
    not_met: str
    officer: str
    unknown: str
    by_actual: Mapping[str, str]
    """Closer words for a `not_met` or `officer` that one answer leads to, e.g. under `deposit`."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One support kind."""

    id: str
    name: str
    short: str
    """Two or three words for a list."""
    about: str
    """One sentence on what it gives."""
    topic: str
    """The knowledge topic that explains it."""
    order: int
    """Its place in lists, the most asked for first."""
    criteria: tuple[Criterion, ...]
    words: Mapping[str, CriterionWords]
    """By criterion id; every criterion of the programme has its words."""
    support: SupportRule | None
    documents: tuple[Document, ...]
    provisions: tuple[str, ...]
    """The provisions that establish it, former ones too; those in force on the day are cited."""
    notes: tuple[str, ...]
    """What no one can know before an officer looks; the same for everyone."""
    priority_notes: tuple[PriorityNote, ...]
