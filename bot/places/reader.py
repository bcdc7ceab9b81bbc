"""Reads the answer to "where is the workshop": one place, or the few that the words can mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from typing import Any

from bot.answers.answer import NOT_UNDERSTOOD, UNKNOWN, Answer
from bot.language import fold, normalise
from bot.places import wording
from bot.places.finder import READ_CHARACTERS, PlaceMatch, find
from bot.places.gazetteer import gazetteer
from bot.places.units import FORMER, MERGER_DAY, OldUnit, Place, Province, Reading, Unit, UnitType, contains, readings
from bot.places.words import Phrases, Sentence, hear

MOST_CANDIDATES = 8
_DOES_NOT_KNOW = re.compile(
    r"\b(khong|chua|chang|cha) (biet|ro|nho|chac|nam)\b|\bquen (mat|roi)\b|\b(hong|hok|hem) (biet|ro|nho)\b"
)


class _Role(Enum):
    """What the words before a place say that it is."""

    HERE = auto()
    LIVING = auto()
    PAST = auto()
    ELSEWHERE = auto()
    UNSAID = auto()


@dataclass(frozen=True, slots=True)
class _Choice:
    """One place that a match may be, narrowed by what else was said: its old district, or its unit of today."""

    place: Place
    district: OldUnit | None = None
    successor: Unit | None = None


@dataclass(frozen=True, slots=True)
class _Item:
    """A match with what is left of its meanings."""

    match: PlaceMatch
    role: _Role
    choices: tuple[_Choice, ...]


class GazetteerReader:
    """Reads a place out of an answer with the gazetteer; *does_not_know* tells "không biết" from nonsense."""

    def __init__(self, does_not_know: Callable[[str], bool] | None = None) -> None:
        self._does_not_know = does_not_know or _does_not_know

    def read(self, text: str, day: date) -> Answer:
        """The reading of *text* on *day* in the shape of the `parse` contract for `place`; never raises."""
        matches = find(text, day)
        if not matches:
            return UNKNOWN if self._does_not_know(text) else NOT_UNDERSTOOD
        found = [reading.as_value() for reading in _mainly(self.readings(text, day, matches))]
        if not found:
            return NOT_UNDERSTOOD
        if len(found) == 1:
            return Answer(understood=True, value=found[0])
        return Answer(understood=True, candidates=tuple(found))

    def readings(self, text: str, day: date, matches: Sequence[PlaceMatch]) -> tuple[Reading, ...]:
        """What the *matches* found in *text* mean together, the likeliest first; () when none is the workshop's place."""
        items = _merge_unrelated(_merge(_items(text, matches)))
        settled = [item for item in items if item.role not in (_Role.PAST, _Role.LIVING)]
        found: dict[Reading, None] = {}
        for item in settled or items:
            for choice in _continued(item, day):
                found.update(dict.fromkeys(_choice_readings(choice, day)))
        return tuple(found)[:MOST_CANDIDATES]


def _mainly(found: Sequence[Reading]) -> list[Reading]:
    """Of an old ward that was divided among units of one kind, the unit that most of it went to.

    Nothing that is judged depends on which of them it is; who passes a case on asks for the exact unit.
    """
    kept: dict[tuple[str | None, ...], Reading] = {}
    for reading in found:
        ward = (reading.old, reading.unit_type) if reading.old and reading.new_unit else (reading.old, reading.new_unit)
        kept.setdefault(ward, reading)
    return list(kept.values())


def unit_types(value: Mapping[str, Any]) -> frozenset[UnitType]:
    """The kinds of unit that the place *value* can lie in; empty when nothing is known of it."""
    if value.get("unit_type"):
        return frozenset({value["unit_type"]})
    places = gazetteer()
    if value.get("old") == FORMER:
        return frozenset(unit.unit_type for unit in places.former_binh_duong_units())
    return frozenset(
        unit.unit_type
        for district in places.old_districts
        if district.name == value.get("old") and value.get("province") in (district.province, district.province_today)
        for unit in district.successors
    )


def readings_differ(candidates: Sequence[Mapping[str, Any]]) -> bool:
    """Whether it matters which of the *candidates* is meant: they lie in different provinces or kinds of unit."""
    provinces = {candidate.get("province") for candidate in candidates}
    types = [unit_types(candidate) for candidate in candidates]
    return len(provinces) > 1 or (len(candidates) > 1 and not all(types)) or len(frozenset().union(*types)) > 1


def _does_not_know(text: str) -> bool:
    return bool(_DOES_NOT_KNOW.search(fold(normalise(text))))


def _items(text: str, matches: Sequence[PlaceMatch]) -> list[_Item]:
    """The matches with their roles, without those denied or said to be of something else than the workshop."""
    sentence = hear(text[:READ_CHARACTERS])
    found: list[_Item] = []
    behind = 0
    role, denied = _Role.UNSAID, False
    for match in matches:
        between = sentence.words[behind : match.first_word]
        if not behind or any(word.key != "thuoc" for word in between):
            denied = _is_denied(sentence, match)
            role = _role(sentence, behind, match.first_word)
        behind = match.last_word
        if not denied and role is not _Role.ELSEWHERE:
            found.append(_Item(match, role, _marked(sentence, match)))
    return found


def _is_denied(sentence: Sentence, match: PlaceMatch) -> bool:
    end = match.first_word
    while cue := wording.STRONG_CUES.before(sentence, end) or wording.WEAK_CUES.before(sentence, end):
        end -= cue
    return bool(wording.NEGATIONS.before(sentence, end))


_ROLES: tuple[tuple[Phrases, _Role], ...] = (
    (wording.HERE, _Role.HERE),
    (wording.ELSEWHERE, _Role.ELSEWHERE),
    (wording.PAST, _Role.PAST),
    (wording.LIVING, _Role.LIVING),
)


def _role(sentence: Sentence, start: int, end: int) -> _Role:
    """The role that the nearest telling word between *start* and *end* gives."""
    for at in range(end, start, -1):
        for phrases, role in _ROLES:
            if phrases.before(sentence, at, after=start):
                return role
    return _Role.UNSAID


def _marked(sentence: Sentence, match: PlaceMatch) -> tuple[_Choice, ...]:
    """The meanings of a match, held to the old or the new ones when "cũ" or "mới" stands right after it."""
    choices = tuple(_Choice(place) for place in match.places)
    end = match.last_word + 1
    if end > len(sentence) or sentence[end - 1].gap.strip(" ("):
        return choices
    closes = end == len(sentence) or bool(sentence[end].gap.strip())
    old = tuple(choice for choice in choices if not isinstance(choice.place, Unit))
    new = tuple(choice for choice in choices if isinstance(choice.place, Unit))
    if wording.OLD_MARK.before(sentence, end) and old and (sentence.accented or closes):
        return old
    # Before another word "mới" is "only just": "ở Dĩ An mới mở xưởng".
    if wording.NEW_MARK.before(sentence, end) and new and closes:
        return new
    return choices


def _merge(items: list[_Item]) -> list[_Item]:
    """Joins places that were named to narrow one another: "Lái Thiêu, Thuận An, Bình Dương"."""
    for join in (_in_province, _in_district, _in_successor):
        position = 0
        while position < len(items):
            for other in range(len(items)):
                narrowed = join(items[position], items[other]) if other != position else None
                if narrowed:
                    items = [
                        replace(items[position], choices=narrowed) if index == position else item
                        for index, item in enumerate(items)
                        if index != other
                    ]
                    position = -1
                    break
            position += 1
    return items


def _in_province(narrow: _Item, wide: _Item) -> tuple[_Choice, ...]:
    provinces = [choice.place for choice in wide.choices if isinstance(choice.place, Province)]
    return tuple(choice for choice in narrow.choices if any(contains(province, choice.place) for province in provinces))


def _in_district(narrow: _Item, wide: _Item) -> tuple[_Choice, ...]:
    districts = [
        choice.place for choice in wide.choices if isinstance(choice.place, OldUnit) and choice.place.is_district
    ]
    pairs = [
        (choice, district) for choice in narrow.choices for district in districts if contains(district, choice.place)
    ]
    wards = tuple(choice for choice, _ in pairs if isinstance(choice.place, OldUnit))
    return wards or tuple(replace(choice, district=district) for choice, district in pairs)


def _in_successor(narrow: _Item, wide: _Item) -> tuple[_Choice, ...]:
    units = [choice.place for choice in wide.choices if isinstance(choice.place, Unit)]
    return tuple(
        replace(choice, successor=unit)
        for choice in narrow.choices
        for unit in units
        if isinstance(choice.place, OldUnit) and not choice.place.is_district and contains(unit, choice.place)
    )


def _merge_unrelated(items: list[_Item]) -> list[_Item]:
    """Leaves out a ward that stands beside a place elsewhere: "xã Tân Hiệp, Hóc Môn" is not the one of Phú Giáo."""
    kept = list(items)
    for item in items:
        beside = [other for other in items if _are_beside(item.match, other.match)]
        if _is_ward(item) and any(_is_outside(other) for other in beside):
            kept.remove(item)
            for other in beside:
                districts = tuple(choice for choice in other.choices if not isinstance(choice.place, Unit))
                if other in kept and districts:
                    kept[kept.index(other)] = replace(other, choices=districts)
    return kept


def _are_beside(one: PlaceMatch, other: PlaceMatch) -> bool:
    return one.last_word == other.first_word or other.last_word == one.first_word


def _is_ward(item: _Item) -> bool:
    return not any(
        isinstance(choice.place, Province) or (isinstance(choice.place, OldUnit) and choice.place.is_district)
        for choice in item.choices
    )


def _is_outside(item: _Item) -> bool:
    """Whether the item has a wide place, and none of its places lies in former Bình Dương."""
    places = [choice.place for choice in item.choices]
    wide = [
        place for place in places if isinstance(place, Province) or (isinstance(place, OldUnit) and place.is_district)
    ]
    ours = [place for place in places if _old_province(place) == FORMER]
    return bool(wide) and not ours


def _old_province(place: Place) -> str:
    if isinstance(place, Province):
        return place.name
    return place.former_province if isinstance(place, Unit) else place.province


def _continued(item: _Item, day: date) -> tuple[_Choice, ...]:
    """With its kind said, a unit of today stands for the old ward of the same name and kind that it grew out of."""
    if day < MERGER_DAY or item.match.kind is None:
        return item.choices
    units = [choice.place for choice in item.choices if isinstance(choice.place, Unit) and not choice.district]
    return tuple(
        choice
        for choice in item.choices
        if not (isinstance(choice.place, OldUnit) and any(contains(unit, choice.place) for unit in units))
    )


def _choice_readings(choice: _Choice, day: date) -> tuple[Reading, ...]:
    found = readings(choice.place, day)
    if choice.successor and day >= MERGER_DAY:
        found = tuple(reading for reading in found if reading.new_unit == choice.successor.name)
    if choice.district and isinstance(choice.place, Unit):
        found = tuple(replace(reading, old=choice.district.name) for reading in found)
    return found
