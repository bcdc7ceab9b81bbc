"""One condition of a support kind: the facts it looks at and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.eligibility.citation import Citation
from bot.eligibility.facts import ABSENT, Facts, FactValue


class Outcome(StrEnum):
    """What one condition came to."""

    MET = "met"
    NOT_MET = "not_met"
    OFFICER = "officer"
    """A person must judge."""
    UNKNOWN = "unknown"
    """A fact was not asked yet."""


class Rules(Protocol):
    """The law as it stands on the day of the assessment."""

    @property
    def day(self) -> date:
        """The day whose law applies."""
        ...

    def cite(self, provision: str) -> Citation:
        """Cite a provision in the wording of that day."""
        ...

    def number(self, parameter: str) -> int | float:
        """Return a figure in force that day."""
        ...

    def is_in_force(self, provision: str) -> bool:
        """Whether a provision has a wording that day."""
        ...

    def first_in_force(self, *provisions: str) -> str:
        """Return the first of *provisions*, newest first, that is in force that day."""
        ...


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a condition's function says about one workshop."""

    outcome: Outcome
    provision: str
    """Id of the provision it rests on."""
    actual: FactValue | None = None
    """What was answered, as it was answered; None when nothing was or it is not known."""
    required: FactValue | None = None
    """A limit or the values that would do."""
    change: str | None = None
    """The smallest honest change that would turn a `not_met` into `met`, in Vietnamese."""
    needs: tuple[str, ...] = ()
    """For `unknown`: the facts to ask, best first."""
    would_help: tuple[str, ...] = ()
    """Facts that decide nothing but that the officer will want to see."""
    measured: str | None = None
    """The number among the facts that `actual` and `required` speak of, e.g. `employees`."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A named condition."""

    id: str
    needs: tuple[str, ...]
    """Every fact it may look at."""
    judge: Callable[[Facts, Rules], Ruling]


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition as it stands for one workshop on one day, with its citation."""

    criterion: str
    outcome: Outcome
    citation: Citation
    actual: FactValue | None
    required: FactValue | None
    change: str | None
    needs: tuple[str, ...]
    would_help: tuple[str, ...] = ()
    measured: str | None = None


def criterion(*needs: str) -> Callable[[Callable[[Facts, Rules], Ruling]], Criterion]:
    """Make a condition of a function; its name becomes the id, *needs* the facts it may look at."""

    def wrap(judge: Callable[[Facts, Rules], Ruling]) -> Criterion:
        return Criterion(judge.__name__, needs, judge)

    return wrap


def by_value(
    facts: Facts,
    name: str,
    provision: str,
    *,
    met: Iterable[FactValue],
    not_met: Iterable[FactValue] = (),
    change: str | None = None,
    ask: str | None = None,
) -> Ruling:
    """Rule by the value of one fact: listed values are met or not_met, any other and "does not know" is for an officer.

    *ask* is the question that gets the fact when it is not the fact's own name.
    """
    value, wanted = facts.get(name), tuple(met)
    required = wanted[0] if len(wanted) == 1 else tuple(str(item) for item in wanted)
    if value is ABSENT:
        return Ruling(Outcome.UNKNOWN, provision, required=required, needs=(ask or name,))
    if value is None or isinstance(value, tuple):
        return Ruling(Outcome.OFFICER, provision, required=required)
    if value in wanted:
        return Ruling(Outcome.MET, provision, value, required)
    if value in tuple(not_met):
        return Ruling(Outcome.NOT_MET, provision, value, required, change)
    return Ruling(Outcome.OFFICER, provision, value, required)


def only_when(
    facts: Facts, name: str, provision: str, *, value: FactValue, outcome: Outcome, change: str | None = None
) -> Ruling:
    """Rule by a fact that counts only with one value; absent, unknown and any other value are `met`."""
    if facts.get(name) == value:
        return Ruling(outcome, provision, value, change=change)
    return Ruling(Outcome.MET, provision)
