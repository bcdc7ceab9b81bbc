"""Who should be asked: place first, then the trade, then who has least to do, then who has waited longest."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from bot.leads.lead import Place


class Geography(Protocol):
    """What routing needs to know of the map; names with their kind."""

    def districts_of(self, unit: str) -> Sequence[str]:
        """The former districts out of which a unit of today was made."""
        ...

    def units_of(self, district: str) -> Sequence[str]:
        """The units of today that a former district went into."""
        ...

    def neighbours_of(self, unit: str) -> Sequence[str]:
        """The units of today around a unit, nearest first."""
        ...


class Flat:
    """A map that knows nothing: only territories that name the place itself are found."""

    def districts_of(self, unit: str) -> Sequence[str]:
        """None are known."""
        return ()

    def units_of(self, district: str) -> Sequence[str]:
        """None are known."""
        return ()

    def neighbours_of(self, unit: str) -> Sequence[str]:
        """None are known."""
        return ()


class Ring(StrEnum):
    """How far from the place a collaborator was found."""

    UNIT = "unit"
    DISTRICT = "district"
    NEIGHBOUR = "neighbour"


class Fit(IntEnum):
    """How well a collaborator's field covers the needs; lower is better."""

    ALL = 0
    SOME = 1
    NONE = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A collaborator who is there and may be asked."""

    id: int
    areas: frozenset[str]
    """Keys (`area_key`) of the units and former districts it has on the day."""
    expertise: frozenset[str]
    """Programmes; empty for one who does all."""
    capacity: int
    """Open leads it can carry well; more are given only when everybody around is full."""
    load: int
    """Open leads and open offers it has."""
    last_asked: datetime | None
    """None when never asked: goes first."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Whom to ask, and how near that is."""

    collaborator_id: int
    ring: Ring


def area_key(name: str) -> str:
    """A name of a unit or district as territories are compared."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def choose(
    place: Place,
    needs: Iterable[str],
    candidates: Sequence[Candidate],
    geography: Geography,
    skip: frozenset[int] = frozenset(),
) -> Pick | None:
    """Whom to ask next; None when nobody is left, and the Centre must be.

    *skip* holds those who declined, let it expire, or gave it back. A full collaborator is passed over while anybody
    nearby has room; when all are full the nearest carries one more, because a household waits.
    """
    wanted = frozenset(needs)
    rings = tuple(_rings(place, geography))
    for spare_only in (True, False):
        for ring, areas in rings:
            here = [
                candidate
                for candidate in candidates
                if candidate.id not in skip
                and candidate.areas & areas
                and not (spare_only and candidate.load >= candidate.capacity)
            ]
            if here:
                best = min(here, key=lambda candidate: _turn(candidate, wanted))
                return Pick(best.id, ring)
    return None


def _turn(candidate: Candidate, wanted: frozenset[str]) -> tuple[int, float, str, int]:
    last_asked = candidate.last_asked.isoformat() if candidate.last_asked else ""
    return _fit(candidate.expertise, wanted), candidate.load / max(1, candidate.capacity), last_asked, candidate.id


def _fit(expertise: frozenset[str], wanted: frozenset[str]) -> Fit:
    if not expertise or wanted <= expertise:
        return Fit.ALL
    return Fit.SOME if wanted & expertise else Fit.NONE


def _rings(place: Place, geography: Geography) -> Iterable[tuple[Ring, frozenset[str]]]:
    if place.unit:
        yield Ring.UNIT, _keys([place.unit])
    # The district that the person named is surer than all those the unit was made of.
    if place.district:
        yield Ring.DISTRICT, _keys([place.district])
    units = [place.unit] if place.unit else list(geography.units_of(place.district)) if place.district else []
    if place.unit:
        yield Ring.DISTRICT, _keys(geography.districts_of(place.unit))
    else:
        yield Ring.DISTRICT, _keys(units)
    around = [neighbour for unit in units for neighbour in geography.neighbours_of(unit)]
    yield Ring.NEIGHBOUR, _keys(around)
    yield Ring.NEIGHBOUR, _keys(district for unit in around for district in geography.districts_of(unit))


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(area_key(name) for name in names)
