"""Reads what the Centre types about a collaborator: a place, a support kind, a phone number, a whole table of people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from bot.answers.phone import read_phone
from bot.answers.said import hear
from bot.eligibility.programme import Programme
from bot.errors import BotError
from bot.language import fold, nfc
from bot.leads.collaborator import Role
from bot.leads.routing import area_key
from bot.places import Gazetteer, OldUnit, Unit, find

_CAPACITY = 10
"""Of one of whom nothing else is said."""

NEAREST = 3
"""Names that are offered in place of one that is not known."""


class Unclear(StrEnum):
    """What of an entry cannot be used."""

    NAME = "name"
    TAKEN = "taken"
    """Somebody on the list has this name already; `near` is the number."""
    PLACE = "place"
    NO_PLACE = "no_place"
    NOT_THEIRS = "not_theirs"
    """A place that is to be taken from somebody who does not have it; `near` are those it has."""
    PROGRAMME = "programme"
    PHONE = "phone"
    CAPACITY = "capacity"
    COLUMN = "column"
    CELLS = "cells"
    """More cells than the table has columns."""


class NotUsable(BotError):
    """One thing in an entry that cannot be used."""

    def __init__(self, what: Unclear, said: str = "", near: Iterable[str] = ()) -> None:
        super().__init__(f"{what}: {said}")
        self.what = what
        self.said = said
        self.near = tuple(near)


class TableRefused(BotError):
    """A table of people of which nothing was taken over."""

    def __init__(self, faults: Sequence[tuple[int, NotUsable]]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be put on the list, everything understood."""

    name: str
    places: tuple[str, ...]
    """Units of today and former districts, with their kind."""
    programmes: tuple[str, ...] = ()
    """Ids; none for one who does all."""
    capacity: int = _CAPACITY
    phone: str | None = None
    role: Role = Role.COLLABORATOR


@dataclass(frozen=True, slots=True)
class Typed:
    """An entry as it was typed or stands in a table."""

    name: str
    places: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    capacity: str = ""
    phone: str = ""
    role: Role = Role.COLLABORATOR


@dataclass(frozen=True, slots=True)
class Reader:
    """Understands entries by the map and the support kinds of today."""

    places: Gazetteer
    programmes: Mapping[str, Programme]
    day: date

    def newcomer(self, typed: Typed) -> Newcomer:
        """The entry understood; NotUsable for the first thing that is not."""
        name = nfc(" ".join(typed.name.split()))
        if not any(char.isalpha() for char in name):
            raise NotUsable(Unclear.NAME, typed.name)
        places = tuple(dict.fromkeys(self.place(said) for said in typed.places))
        if not places and typed.role is Role.COLLABORATOR:
            raise NotUsable(Unclear.NO_PLACE, name)
        return Newcomer(
            name=name,
            places=places,
            programmes=tuple(dict.fromkeys(self.programme(said) for said in typed.programmes)),
            capacity=_capacity(typed.capacity) if typed.capacity else _CAPACITY,
            phone=_phone(typed.phone) if typed.phone else None,
            role=typed.role,
        )

    def place(self, said: str) -> str:
        """The unit of today or former district that *said* names; NotUsable with the nearest when it is none, or several."""
        names = [unit.name for unit in self.places.units] + [old.name for old in self.places.old_districts]
        exact = [name for name in names if area_key(name) == area_key(said)]
        if exact:
            return exact[0]
        found = self._heard(said)
        if len(found) == 1:
            return found[0]
        near = found or self._near_place(said, names)
        raise NotUsable(Unclear.PLACE, said, near)

    def _heard(self, said: str) -> list[str]:
        """What a name may be that is written short, without its marks or without its kind."""
        text = said.strip()
        for match in find(text, self.day):
            areas = [place for place in match.places if isinstance(place, Unit) or _is_district(place)]
            whole = (match.start, match.end) == (0, len(text)) and not match.typo
            # With another kind than it has, a name may be meant for something else.
            sure = match.kind is not None or any(fold(place.short) == fold(match.text) for place in areas)
            if whole and sure:
                return list(dict.fromkeys(place.name for place in areas))
        return []

    def _near_place(self, said: str, names: Sequence[str]) -> list[str]:
        """What may have been meant: places in the words, the units that an old ward went into, else what is spelled alike."""
        near: list[str] = []
        for place in (place for match in find(said, self.day) for place in match.places):
            if isinstance(place, Unit) or _is_district(place):
                near.append(place.name)
            elif isinstance(place, OldUnit):
                near += [unit.name for unit in place.successors]
        return list(dict.fromkeys(near))[:NEAREST] or _nearest(said, names)

    def programme(self, said: str) -> str:
        """The id of the support kind that *said* names by its id or its name; NotUsable with the nearest when none is."""
        by_words = {fold(words): one.id for one in self.programmes.values() for words in (one.id, one.short, one.name)}
        found = by_words.get(fold(" ".join(said.split())))
        if found is None:
            near = dict.fromkeys(by_words[words] for words in _nearest(fold(said), by_words))
            raise NotUsable(Unclear.PROGRAMME, said, near or self.programmes)
        return found

    def table(self, text: str) -> tuple[tuple[int, Newcomer], ...]:
        """Everybody in a CSV table with a heading, with the line; TableRefused with every fault when there is any."""
        read: list[tuple[int, Newcomer]] = []
        faults: list[tuple[int, NotUsable]] = []
        for line, row in _rows(text):
            try:
                read.append((line, self.newcomer(_typed(row))))
            except NotUsable as fault:
                faults.append((line, fault))
        if faults:
            raise TableRefused(faults)
        return tuple(read)


def _is_district(place: object) -> bool:
    return isinstance(place, OldUnit) and place.is_district


def _nearest(said: str, names: Iterable[str]) -> list[str]:
    by_fold = {fold(name): name for name in names}
    return [by_fold[name] for name in get_close_matches(fold(said), by_fold, NEAREST)]


def _capacity(said: str) -> int:
    if not said.strip().isdecimal() or not 0 < int(said) < 1000:
        raise NotUsable(Unclear.CAPACITY, said)
    return int(said)


def _phone(said: str) -> str:
    answer = read_phone(hear(said))
    if answer is None:
        raise NotUsable(Unclear.PHONE, said)
    return str(answer.value)


_COLUMNS = {
    "ho ten": "name",
    "ho va ten": "name",
    "ten": "name",
    "dia ban": "places",
    "noi dung": "programmes",
    "so ho so": "capacity",
    "dien thoai": "phone",
    "so dien thoai": "phone",
}
"""What a column may be called, folded."""

COLUMNS = ("Họ tên", "Địa bàn", "Nội dung", "Số hồ sơ", "Điện thoại")
"""The columns of a table, as they are told to the Centre."""


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with something in it, by the meaning of its columns; TableRefused for a heading that cannot be read."""
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=heading.count))
    meanings = []
    for column in next(reader, []):
        meaning = _COLUMNS.get(fold(column.strip()))
        if meaning is None:
            raise TableRefused([(1, NotUsable(Unclear.COLUMN, column, COLUMNS))])
        meanings.append(meaning)
    if "name" not in meanings:
        raise TableRefused([(1, NotUsable(Unclear.COLUMN, "", COLUMNS))])
    for cells in reader:
        if any(cell.strip() for cell in cells):
            too_many = any(cell.strip() for cell in cells[len(meanings) :])
            yield reader.line_num, {"too_many": "1"} if too_many else dict(zip(meanings, cells, strict=False))


def _typed(row: Mapping[str, str]) -> Typed:
    if "too_many" in row:
        raise NotUsable(Unclear.CELLS)
    return Typed(
        name=row["name"],
        places=_parts(row.get("places", "")),
        programmes=_parts(row.get("programmes", "")),
        capacity=row.get("capacity", "").strip(),
        phone=row.get("phone", "").strip(),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
