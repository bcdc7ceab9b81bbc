"""All places that are known by name, loaded once from `units.json`, and what lies where among them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.errors import ContentError
from bot.language import fold
from bot.places.units import (
    CITY,
    FORMER,
    UNIT_TYPES,
    Kind,
    OldUnit,
    Place,
    Province,
    Unit,
    folded_name,
    split_kind,
    units_path,
)

EARTH_KM = 6371.0
MAX_KM = 12.0
"""Farther than this from every centre, a point is not said to lie in any unit."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The units of today's Thành phố Hồ Chí Minh, the old ones of former Bình Dương, districts and provinces around."""

    units: tuple[Unit, ...]
    old_districts: tuple[OldUnit, ...]
    old_wards: tuple[OldUnit, ...]
    provinces: tuple[Province, ...]
    by_name: dict[str, tuple[Place, ...]]
    """Folded bare name → places that bear it: units of today, then old wards, districts, provinces."""
    near_names: frozenset[str]
    """Folded names of places elsewhere that differ by one letter from one of former Bình Dương."""

    def unit(self, name: str) -> Unit | None:
        """The unit of today whose full name is *name*, as stored in a fact ("Phường Lái Thiêu")."""
        return next((unit for unit in self.units if unit.name == name), None)

    def former_binh_duong_units(self) -> tuple[Unit, ...]:
        """The 36 units of today that were made of the old Bình Dương."""
        return tuple(unit for unit in self.units if unit.former_province == FORMER)

    def covering_old_units(self, unit: Unit) -> tuple[OldUnit, ...]:
        """The old wards of former Bình Dương that lie in *unit*, wholly or in part."""
        return tuple(ward for ward in self.old_wards if unit in ward.successors)

    def unit_by_location(self, latitude: float, longitude: float) -> Unit | None:
        """The unit whose centre is nearest in proportion to its size, in degrees; None when the point is far from all.

        Only centres and areas are held, no borders: near a border the neighbour may be named, so ask before relying.
        """

        def scaled(unit: Unit) -> float:
            return _distance_km(latitude, longitude, unit.latitude, unit.longitude) / math.sqrt(unit.area_km2)

        nearest = min(self.units, key=scaled)
        distance = _distance_km(latitude, longitude, nearest.latitude, nearest.longitude)
        return nearest if distance <= min(MAX_KM, 1.5 * math.sqrt(nearest.area_km2)) else None

    def neighbours(self, unit: Unit, count: int = 5) -> tuple[Unit, ...]:
        """The *count* other units with the nearest centres, the nearest first."""
        others = (other for other in self.units if other != unit)
        return tuple(sorted(others, key=lambda other: distance_km(unit, other))[:count])


def distance_km(one: Unit, other: Unit) -> float:
    """Kilometres between the centres of two units."""
    return _distance_km(one.latitude, one.longitude, other.latitude, other.longitude)


def _distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    north = math.radians(other_latitude - latitude)
    east = math.radians(other_longitude - longitude) * math.cos(math.radians((latitude + other_latitude) / 2))
    return EARTH_KM * math.hypot(north, east)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the committed data; ContentError when the file cannot be used."""
    path = units_path()
    try:
        return load(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentError(f"{path.name}:1: {error}") from error


def load(data: dict[str, list[dict[str, Any]]]) -> Gazetteer:
    """The gazetteer of *data*, shaped as `units.json`; KeyError or ValueError where it is not."""
    today = {old: row["name"] for row in data["provinces"] for old in row["merged"]}
    units = {row["name"]: _unit(row, data["old_districts"]) for row in data["units"]}
    districts = tuple(_old_unit(row, None, today, units) for row in data["old_districts"])
    wards = tuple(_old_unit(row, row["district"], today, units) for row in data["old_wards"])
    provinces = _provinces(data["provinces"], today)
    by_name: dict[str, list[Place]] = {}
    places: tuple[Place, ...] = (*units.values(), *wards, *districts, *provinces)
    for place in places:
        by_name.setdefault(folded_name(place), []).append(place)
    return Gazetteer(
        units=tuple(units.values()),
        old_districts=districts,
        old_wards=wards,
        provinces=provinces,
        by_name={name: tuple(found) for name, found in by_name.items()},
        near_names=frozenset(row["name"] for row in data["near_names"]),
    )


def _unit(row: dict[str, Any], districts: list[dict[str, Any]]) -> Unit:
    kind, _ = split_kind(row["name"])
    return Unit(
        name=row["name"],
        unit_type=UNIT_TYPES[kind],
        province=CITY,
        former_province=row["former_province"],
        former_districts=tuple(district["name"] for district in districts if row["name"] in district["new"]),
        latitude=row["latitude"],
        longitude=row["longitude"],
        area_km2=row["area_km2"],
    )


_ONCE: dict[str, Kind] = {"xa": "xa", "thixa": "thi_xa"}


def _old_unit(row: dict[str, Any], district: str | None, today: dict[str, str], units: dict[str, Unit]) -> OldUnit:
    province = FORMER if district else row["province"]
    return OldUnit(
        name=row["name"],
        kind=split_kind(row["name"])[0],
        province=province,
        province_today=today[province],
        district=district,
        successors=tuple(units[name] for name in row["new"]),
        once=tuple(_ONCE[kind] for kind in row["once"]),
    )


def _provinces(rows: list[dict[str, Any]], today: dict[str, str]) -> tuple[Province, ...]:
    now = {row["name"] for row in rows}
    return tuple(
        Province(name=name, today=today[name], existed=name in today, exists=name in now)
        for name in sorted({*now, *today}, key=lambda name: (name not in now, fold(name)))
    )
