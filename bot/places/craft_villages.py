"""Craft villages said to be recognised: a hint for one more question, never a ground for a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.places.gazetteer import gazetteer
from bot.places.units import Reading
from bot.plain_yaml import read_yaml

STATUSES = ("verified", "secondhand", "unverified")


@dataclass(frozen=True, slots=True)
class CraftVillage:
    """A làng nghề, the units it lies in as far as known, and how far its recognition was seen."""

    name: str
    trade: str
    old_wards: tuple[str, ...]
    units: tuple[str, ...]
    status: str
    source: str
    last_checked: date


@cache
def craft_villages() -> tuple[CraftVillage, ...]:
    """All craft villages held; ContentError when the file names an unknown unit or status."""
    path = Path(__file__).with_name("craft_villages.yml")
    return tuple(_village(row, f"{path.name}:1") for row in read_yaml(path))


def village_near(reading: Reading) -> CraftVillage | None:
    """The craft village in the old ward of *reading*, or, when no old ward is known, in its unit of today."""
    for village in craft_villages():
        if reading.old in village.old_wards:
            return village
        if reading.old is None and reading.new_unit in village.units:
            return village
    return None


def _village(row: dict[str, Any], where: str) -> CraftVillage:
    places = gazetteer()
    wards = {ward.name for ward in places.old_wards}
    unknown = [name for name in row["units"] if places.unit(name) is None]
    unknown += [name for name in row["old_wards"] if name not in wards]
    if unknown or row["status"] not in STATUSES:
        raise ContentError(f"{where}: {row['name']}: {', '.join(unknown) or row['status']} is not known")
    return CraftVillage(
        name=row["name"],
        trade=row["trade"],
        old_wards=tuple(row["old_wards"]),
        units=tuple(row["units"]),
        status=row["status"],
        source=row["source"],
        last_checked=row["last_checked"],
    )
