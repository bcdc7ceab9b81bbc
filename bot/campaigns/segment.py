"""For whom a campaign is: a tree of what must be known of a person, judged with the reason for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.eligibility.assessment import Verdict


class Screening(StrEnum):
    """How far a person's own screening came."""

    NONE = "none"
    UNFINISHED = "unfinished"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person on the day of the campaign."""

    person: str
    consent: bool
    """A consent to campaign messages stands."""
    day: date
    now: datetime
    verdict: Callable[[str, date], Verdict | None]
    """How a programme stood on a day with what was told; None where nothing was told."""
    places: tuple[str, ...] = ()
    """Names with their kind: today's unit, the former one, its former districts, the province."""
    trade: str | None = None
    registered: bool | None = None
    """Whether the business has its papers; None when that was not told."""
    screening: Callable[[], Screening] = lambda: Screening.NONE
    """How far the person's own screening came; asked only by a segment that wants to know."""
    last_contact: datetime | None = None
    """When the person last wrote or pressed something."""
    answers: frozenset[tuple[str, str]] = frozenset()
    """(campaign, how it was answered)."""
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that is so of a person, or is not: the reason why they are in or out."""

    what: str
    """The kind of condition, as the file names it."""
    holds: bool
    values: tuple[str, ...] = ()
    """What was found, else what was looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whether a person belongs to a segment, and why."""

    inside: bool
    because: tuple[Because, ...] = ()


class Condition:
    """A node of the tree."""

    __slots__ = ()

    def match(self, known: Known) -> Match:
        """Whether *known* fits, and why."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every one of the conditions; nobody is left out by an empty one."""

    conditions: tuple[Condition, ...] = ()

    def match(self, known: Known) -> Match:
        """In by all reasons, out by those that fail."""
        found = [condition.match(known) for condition in self.conditions]
        inside = all(match.inside for match in found)
        return Match(inside, _reasons(match for match in found if match.inside is inside))


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one of the conditions; an empty one fits nobody."""

    conditions: tuple[Condition, ...]

    def match(self, known: Known) -> Match:
        """In by the reasons that hold, out by all."""
        found = [condition.match(known) for condition in self.conditions]
        inside = any(match.inside for match in found)
        return Match(inside, _reasons(match for match in found if match.inside is inside))


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """Not the condition."""

    condition: Condition

    def match(self, known: Known) -> Match:
        """The same reasons, the other way round."""
        found = self.condition.match(known)
        return Match(not found.inside, found.because)


@dataclass(frozen=True, slots=True)
class Segment:
    """The tree of a campaign; an empty one is everybody who agreed."""

    condition: Condition = All()

    def match(self, known: Known) -> Match:
        """Whether the person is to be written to, and why; who did not agree never is, whatever the tree says."""
        if not known.consent:
            return Match(False, (Because("consent", False),))
        return self.condition.match(known)


def _reasons(matches: Iterable[Match]) -> tuple[Because, ...]:
    return tuple(dict.fromkeys(reason for match in matches for reason in match.because))
