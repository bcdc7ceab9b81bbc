"""The map as routing needs it, out of the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.places import Gazetteer


class MapOfPlaces:
    """Which units lay in which former district, and what lies beside what; names with their kind."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places

    def districts_of(self, unit: str) -> Sequence[str]:
        """The former districts that today's *unit* was made of."""
        found = self._places.unit(unit)
        return () if found is None else found.former_districts

    def units_of(self, district: str) -> Sequence[str]:
        """Today's units that lie, wholly or in part, in the former *district*."""
        inside = [ward for ward in self._places.old_wards if ward.district == district]
        return tuple(dict.fromkeys(unit.name for ward in inside for unit in ward.successors))

    def neighbours_of(self, unit: str) -> Sequence[str]:
        """Other units, the nearest first."""
        found = self._places.unit(unit)
        return () if found is None else tuple(other.name for other in self._places.neighbours(found))
