"""What is known about a workshop: each fact has a value, was asked and is not known, or was never asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from bot.errors import BotError

FactValue = str | int | bool | tuple[str, ...]


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT
"""Nobody asked for this fact yet; None says that the person was asked and does not know."""


class FactError(BotError):
    """A fact has an unknown name or a value of the wrong kind; the message names the field."""


class Kind(Enum):
    """What a fact's value may be."""

    TEXT = "a text"
    NUMBER = "a whole number of 0 or more"
    YES_NO = "true or false"
    CHOICE = "one of the listed values"
    NAMES = "a list of names"
    TIME = "two ISO days, urgent or can_wait"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact's name, the values it may have, and how it is best asked."""

    name: str
    """Flat name; a part of `place`, `machine`, `demonstration` or `typical` as `machine.price`."""
    kind: Kind
    choices: tuple[FactValue, ...] = ()
    rank: int = 999
    """Where it stands among facts that settle equally much: cheap and excluding ones first."""


LEGAL_FORMS = (
    "household_business",
    "enterprise",
    "cooperative",
    "cooperative_group",
    "cooperative_union",
    "unregistered",
    "artisan",
    "foreign_enterprise",
    "branch",
    "converting",
)
ACTIVITIES = ("manufactures", "processing", "trade_only", "services_only", "farming_only")
TRADE_GROUPS = (
    "agro_food_processing",
    "consumer_export_goods",
    "chemicals_building_materials",
    "mechanical_electrical_supporting",
    "handicraft",
    "clean_or_environment",
    "high_tech",
    "mining",
    "outside",
)
UNIT_TYPES = ("xa", "phuong", "dac_khu")
MACHINE_ITEMS = ("machine", "vehicle", "building", "land", "stock")


def _specs(*specs: FactSpec) -> dict[str, FactSpec]:
    return {spec.name: spec for spec in specs}


def _yes_no(name: str, rank: int = 999) -> FactSpec:
    return FactSpec(name, Kind.YES_NO, (True, False), rank)


FACTS: Final[Mapping[str, FactSpec]] = _specs(
    FactSpec("need", Kind.NAMES),
    FactSpec("legal_form", Kind.CHOICE, LEGAL_FORMS, 10),
    _yes_no("registered", 11),
    FactSpec("activity", Kind.CHOICE, ACTIVITIES, 14),
    FactSpec("product", Kind.TEXT),
    FactSpec("trade_group", Kind.CHOICE, TRADE_GROUPS, 13),
    FactSpec("place.old", Kind.TEXT),
    FactSpec("place.new_unit", Kind.TEXT),
    FactSpec("place.unit_type", Kind.CHOICE, UNIT_TYPES, 15),
    FactSpec("place.province", Kind.TEXT),
    _yes_no("place.difficult_area", 40),
    _yes_no("place.in_recognised_craft_village", 90),
    _yes_no("place.in_industrial_park"),
    _yes_no("place.two_sites"),
    _yes_no("prior_support_same_item", 20),
    FactSpec("own_capital_ready", Kind.CHOICE, (True, False, "loan"), 21),
    FactSpec("machine.condition", Kind.CHOICE, ("new", "used"), 30),
    FactSpec("machine.bought", Kind.CHOICE, (True, False, "deposit"), 31),
    _yes_no("machine.line", 32),
    FactSpec("machine.price", Kind.NUMBER, rank=80),
    FactSpec("machine.item", Kind.CHOICE, MACHINE_ITEMS),
    _yes_no("demonstration.willing_to_show", 33),
    _yes_no("demonstration.new_in_area", 34),
    FactSpec("demonstration.cost", Kind.NUMBER, rank=81),
    _yes_no("cleaner_production_aim", 35),
    _yes_no("typical.self_made", 36),
    _yes_no("typical.series", 37),
    _yes_no("typical.copied", 38),
    _yes_no("typical.is_set", 39),
    _yes_no("typical.prior_certificate", 39),
    FactSpec("employees", Kind.NUMBER, rank=12),
    FactSpec("annual_revenue", Kind.NUMBER, rank=51),
    FactSpec("total_capital", Kind.NUMBER, rank=52),
    FactSpec("timing", Kind.TIME),
    _yes_no("violations"),
    _yes_no("owner_female"),
    _yes_no("owner_ethnic_minority"),
    _yes_no("exports"),
)
GROUPS: Final = frozenset({"place", "machine", "demonstration", "typical"})


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one workshop under flat names; see `FACTS` for the names."""

    values: Mapping[str, FactValue | None]

    def get(self, name: str) -> FactValue | Absent | None:
        """Return the value, None when the person does not know it, ABSENT when it was not asked."""
        if name in self.values:
            return self.values[name]
        group = name.partition(".")[0]
        return None if group != name and self.values.get(group, ABSENT) is None else ABSENT

    def number(self, name: str) -> int | Absent | None:
        """Return a number of dong or people, None or ABSENT."""
        value = self.get(name)
        return value if isinstance(value, int | Absent) else None

    def text(self, name: str) -> str:
        """Return a text, empty when there is none."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def with_fact(self, name: str, value: FactValue | None) -> Facts:
        """Return the same facts with one more or another answer."""
        return Facts({**self.values, name: value})


def read_facts(raw: Mapping[str, Any]) -> Facts:
    """Type the facts of the `assess` contract; `FactError` names the first field that cannot be used."""
    if not isinstance(raw, Mapping):
        raise FactError("facts: an object was expected")
    values: dict[str, FactValue | None] = {}
    for name, value in raw.items():
        if name not in GROUPS:
            values[name] = _value(name, value)
        elif value is None:
            values[name] = None
        elif isinstance(value, Mapping):
            values |= {f"{name}.{part}": _value(f"{name}.{part}", held) for part, held in value.items()}
        else:
            raise FactError(f"facts.{name}: an object was expected, not {value!r}")
    return Facts(values)


def _value(name: str, value: object) -> FactValue | None:
    spec = FACTS.get(name)
    if spec is None:
        raise FactError(f"facts.{name}: there is no such fact")
    if value is None:
        return None
    if spec.kind is Kind.NUMBER:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    elif spec.kind is Kind.TEXT:
        if isinstance(value, str):
            return value
    elif spec.kind is Kind.NAMES:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif spec.kind is Kind.TIME:
        return _time(name, value)
    elif isinstance(value, bool | str) and any(value is c or (isinstance(c, str) and value == c) for c in spec.choices):
        return value
    expected = f"{spec.kind.value}" + (f" ({', '.join(str(c) for c in spec.choices)})" if spec.choices else "")
    raise FactError(f"facts.{name}: {expected} was expected, not {value!r}")


def _time(name: str, value: object) -> FactValue:
    if value in ("urgent", "can_wait"):
        return str(value)
    try:
        if isinstance(value, list):
            first, last = (date.fromisoformat(item) for item in value)
            if first <= last:
                return (first.isoformat(), last.isoformat())
    except (TypeError, ValueError):
        pass
    raise FactError(f"facts.{name}: {Kind.TIME.value} was expected, not {value!r}")
