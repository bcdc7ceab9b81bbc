"""Every way to write the name of a place, by the folded words that it starts with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.language import fold
from bot.places import wording
from bot.places.gazetteer import gazetteer
from bot.places.units import FORMER, MIN_TYPO_LENGTH, Place, Province, Unit
from bot.places.words import key

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a name: the accented syllables, and the places that bear it."""

    syllables: tuple[str, ...]
    places: tuple[Place, ...]
    is_ours: bool
    """Whether one of the places belongs to former Bình Dương."""


def is_ours(place: Place) -> bool:
    """Whether *place* belongs to former Bình Dương, whose people the Centre serves."""
    if isinstance(place, Province):
        return place.name == FORMER
    return (place.former_province if isinstance(place, Unit) else place.province) == FORMER


@cache
def names() -> dict[Keys, tuple[Name, ...]]:
    """Keys of every name and short form → the names they may stand for."""
    by_short: dict[str, list[Place]] = {}
    for same_name in gazetteer().by_name.values():
        for place in same_name:
            by_short.setdefault(place.short, []).append(place)
    found: dict[Keys, dict[tuple[str, ...], list[Place]]] = {}
    for short, places in by_short.items():
        _add(found, tuple(short.lower().replace("-", " ").split()), places)
    for short, aliases in wording.ALIASES.items():
        for alias in aliases.split(","):
            _add(found, tuple(alias.split()), by_short[short])
    # Saigon is the city to most people, and a phường of it.
    _add(found, ("sài", "gòn"), [place for place in by_short["Hồ Chí Minh"] if isinstance(place, Province)])
    return {
        keys: tuple(Name(syllables, tuple(places), any(map(is_ours, places))) for syllables, places in writings.items())
        for keys, writings in found.items()
    }


def _add(
    found: dict[Keys, dict[tuple[str, ...], list[Place]]], syllables: tuple[str, ...], places: list[Place]
) -> None:
    keys = tuple(key(fold(syllable)) for syllable in syllables)
    found.setdefault(keys, {}).setdefault(syllables, []).extend(places)


@cache
def longest() -> dict[str, int]:
    """First key of a name → the most words that a name starting so has."""
    found: dict[str, int] = {}
    for keys in names():
        found[keys[0]] = max(found.get(keys[0], 0), len(keys))
    return found


@cache
def long_names() -> dict[str, tuple[tuple[Keys, str], ...]]:
    """First letter → names of former Bình Dương long enough to be read through a slip, and without their spaces."""
    found: dict[str, list[tuple[Keys, str]]] = {}
    for keys, written in names().items():
        joined = "".join(keys)
        doubtful = wording.LOOKALIKES | wording.NEED_EVIDENCE
        ours = any(name.is_ours for name in written) and " ".join(keys) not in doubtful
        if ours and len(joined) >= MIN_TYPO_LENGTH:
            found.setdefault(joined[0], []).append((keys, joined))
    return {letter: tuple(rows) for letter, rows in found.items()}
