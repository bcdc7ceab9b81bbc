"""What a place is: a unit of today, a unit that was, a province; and the reading that is made of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bot.language import fold

MERGER_DAY = date(2025, 7, 1)
"""First day of the units of two levels: no more districts, 34 provinces."""

CITY = "Thành phố Hồ Chí Minh"
FORMER = "Tỉnh Bình Dương"
"""The old province whose people the Centre serves."""
MIN_TYPO_LENGTH = 6
"""Letters below which a name is never read through a slip of the finger."""

UnitType = Literal["xa", "phuong", "dac_khu"]
Kind = Literal["xa", "phuong", "dac_khu", "thi_tran", "huyen", "quan", "thi_xa", "thanh_pho", "tinh"]

_KINDS: tuple[tuple[str, Kind], ...] = (
    ("Xã ", "xa"),
    ("Phường ", "phuong"),
    ("Đặc khu ", "dac_khu"),
    ("Thị trấn ", "thi_tran"),
    ("Huyện ", "huyen"),
    ("Quận ", "quan"),
    ("Thị xã ", "thi_xa"),
    ("Thành phố ", "thanh_pho"),
    ("Tỉnh ", "tinh"),
)
UNIT_TYPES: dict[Kind, UnitType] = {"xa": "xa", "phuong": "phuong", "dac_khu": "dac_khu"}


def units_path() -> Path:
    """Where the committed data file stands."""
    return Path(__file__).with_name("units.json")


def split_kind(name: str) -> tuple[Kind, str]:
    """The kind and the bare name of a full name such as "Phường Lái Thiêu"; ValueError when it names no kind."""
    for word, kind in _KINDS:
        if name.startswith(word):
            return kind, name.removeprefix(word)
    raise ValueError(f"{name!r} does not start with the kind of a unit")


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune-level unit of today's Thành phố Hồ Chí Minh."""

    name: str
    """With its kind: "Phường Lái Thiêu"."""
    unit_type: UnitType
    province: str
    former_province: str
    former_districts: tuple[str, ...]
    """Old districts that gave it land, as far as held."""
    latitude: float
    longitude: float
    area_km2: float

    @property
    def short(self) -> str:
        """The name without its kind."""
        return split_kind(self.name)[1]


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A unit that was abolished on 1 July 2025: a district, or a ward-level unit of former Bình Dương."""

    name: str
    kind: Kind
    province: str
    """The old province."""
    province_today: str
    district: str | None
    """None for a district."""
    successors: tuple[Unit, ...]
    """The units of today it lies in, the main one first; empty outside today's Thành phố Hồ Chí Minh."""
    once: tuple[Kind, ...] = ()
    """Kinds it bore before its last one."""

    @property
    def short(self) -> str:
        """The name without its kind."""
        return split_kind(self.name)[1]

    @property
    def is_district(self) -> bool:
        """Whether it is a huyện, quận, thị xã or thành phố of a province."""
        return self.district is None


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city, of today or (when *today* is another) of before the merger."""

    name: str
    today: str
    existed: bool
    """Whether it was a province before 1 July 2025."""
    exists: bool
    """Whether it is one now."""

    @property
    def short(self) -> str:
        """The name without its kind."""
        return split_kind(self.name)[1]


Place = Unit | OldUnit | Province


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a named place, in the shape of the `parse` contract; None is what is not known."""

    old: str | None
    new_unit: str | None
    unit_type: UnitType | None
    province: str | None

    def as_value(self) -> dict[str, str | None]:
        """The reading as the answer's value."""
        return {
            "old": self.old,
            "new_unit": self.new_unit,
            "unit_type": self.unit_type,
            "province": self.province,
        }


def kind_of(place: Place) -> Kind:
    """The kind in the place's name."""
    return split_kind(place.name)[0]


def bears_kind(place: Place, kind: Kind) -> bool:
    """Whether *place* is, or once was, a unit of *kind*; thị xã and thành phố of a province are said for each other."""
    own = kind_of(place)
    if isinstance(place, OldUnit):
        town = {"thi_xa", "thanh_pho"}
        return kind in (own, *place.once) or (place.is_district and own in town and kind in town)
    return own == kind


def readings(place: Place, day: date) -> tuple[Reading, ...]:
    """How *place* can be understood on *day*, none when it did not exist then.

    An old ward gives one reading for each unit of today it lies in. Before 1 July 2025 the old units are the ones in
    force: the reading has the old province and, for a xã or phường, its own kind as the unit type.
    """
    if day < MERGER_DAY:
        return _before(place)
    if isinstance(place, Unit):
        return (Reading(None, place.name, place.unit_type, place.province),)
    if isinstance(place, Province):
        return (Reading(None if place.exists else place.name, None, None, place.today),)
    if place.is_district:
        return (Reading(place.name, None, None, place.province_today),)
    return tuple(Reading(place.name, unit.name, unit.unit_type, unit.province) for unit in place.successors)


def _before(place: Place) -> tuple[Reading, ...]:
    if isinstance(place, Unit):
        return ()
    if isinstance(place, Province):
        return (Reading(None, None, None, place.name),) if place.existed else ()
    unit_type = None if place.is_district else UNIT_TYPES.get(place.kind)
    return (Reading(place.name, None, unit_type, place.province),)


def contains(wide: Place, narrow: Place) -> bool:
    """Whether *narrow* lies in *wide*, the two being of different levels."""
    if isinstance(narrow, Province):
        return isinstance(wide, Province) and wide.exists and not narrow.exists and narrow.today == wide.name
    if isinstance(wide, Province):
        # Before the merger and in today's speech alike: "Lái Thiêu, Bình Dương", "Dĩ An, TP.HCM".
        was = narrow.former_province if isinstance(narrow, Unit) else narrow.province
        today = narrow.province if isinstance(narrow, Unit) else narrow.province_today
        return (wide.existed and wide.name == was) or (wide.exists and wide.name == today)
    if isinstance(wide, OldUnit) and wide.is_district:
        if isinstance(narrow, Unit):
            return narrow in wide.successors
        return narrow.district == wide.name and narrow.province == wide.province
    return (
        isinstance(wide, Unit) and isinstance(narrow, OldUnit) and not narrow.is_district and wide in narrow.successors
    )


def folded_name(place: Place) -> str:
    """The bare name, folded: what is looked for in a sentence."""
    return " ".join(fold(place.short).replace("-", " ").split())
