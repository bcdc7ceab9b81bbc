"""What a collaborator types to its desk: the work list, an absence, a visit, a note; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.language import fold, nfc

LONGEST_NOTE = 1000
"""Characters of a note that are kept."""

_BACK = re.compile(r"(toi )?(da )?di lam lai( roi)?|het vang|(toi )?het nghi")
_DAY = r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?"
_AWAY = re.compile(
    rf"(?:toi )?(?:vang|nghi)(?: mat)?(?: (hom nay|ngay mai|mai)| (?:tu |ngay )*{_DAY}(?: ?(?:den|toi|-) ?(?:het )?(?:ngay )?{_DAY})?)?"
)
_NUMBER = r"kc ?-? ?(\d{1,9})"
_NOTE = re.compile(rf"(?:ghi(?: chu)?|note)\s+{_NUMBER}\s*[:,.-]?\s*", re.IGNORECASE)
_OPEN = re.compile(rf"(?:(?:mo|xem)(?: ho so)? )?{_NUMBER}")
_VISIT = re.compile(rf"(?:hen|tham|hen tham) {_NUMBER} ?(?:ngay )?{_DAY}")


@dataclass(frozen=True, slots=True)
class Work:
    """Asks for the list of its work."""


@dataclass(frozen=True, slots=True)
class Help:
    """Asks what can be typed."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Is away, both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Back:
    """Is at work again."""


@dataclass(frozen=True, slots=True)
class Open:
    """Wants to see a lead."""

    lead: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit is agreed on a day."""

    lead: int
    on: date


@dataclass(frozen=True, slots=True)
class Note:
    """Something to remember about a lead."""

    lead: int
    said: str


_WHOLE: Mapping[str, Work | Help] = {
    **dict.fromkeys(("viec", "cong viec", "viec cua toi", "danh sach", "cho xem viec"), Work()),
    **dict.fromkeys(("tro giup", "help", "huong dan", "cach dung", "lenh"), Help()),
}
"""What is said in these words and no others."""

DeskWords = Work | Help | Absence | Back | Open | Visit | Note
"""Whatever a collaborator may type to its desk."""


def read_desk_words(text: str, today: date) -> DeskWords | None:
    """What *text* asks of the desk; None when it is a question like anybody's."""
    plain = nfc(text).strip().lstrip("/")
    said = " ".join(fold(plain).split())
    if (whole := _WHOLE.get(said)) is not None:
        return whole
    if _BACK.fullmatch(said):
        return Back()
    if (away := _AWAY.fullmatch(said)) is not None and _says_away(plain):
        return _absence(away, today)
    return _about_a_lead(plain, said, today)


def _about_a_lead(plain: str, said: str, today: date) -> Open | Visit | Note | None:
    if (opened := _OPEN.fullmatch(said)) is not None:
        return Open(int(opened[1]))
    if (visit := _VISIT.fullmatch(said)) is not None:
        on = _day(visit.groups()[1:], today)
        return None if on is None else Visit(int(visit[1]), on)
    if (note := _NOTE.match(fold(plain))) is not None and (words := plain[note.end() :].strip()):
        return Note(int(note[1]), words[:LONGEST_NOTE])
    return None


def _says_away(plain: str) -> bool:
    """Whether "vắng" or "nghỉ" is meant: "vâng" is a yes, and without its mark the word alone may be one too."""
    words = plain.lower().split()
    verb = next(word for word in words if fold(word) in {"vang", "nghi"})
    return verb == "vắng" or (verb in {"vang", "nghỉ", "nghi"} and words[-1] != verb)


def _absence(said: re.Match[str], today: date) -> Absence | None:
    if said[2] is None:
        day = today if said[1] in (None, "hom nay") else date.fromordinal(today.toordinal() + 1)
        return Absence(day, day)
    first = _day(said.groups()[1:4], today)
    last = _day(said.groups()[4:7], today) if said[5] else first
    return Absence(first, last) if first is not None and last is not None and first <= last else None


def _day(parts: tuple[str | None, ...], today: date) -> date | None:
    """A day and a month, with a year or the next that comes; None when there is no such day, or it is over."""
    day, month, year = (int(part) if part else None for part in parts)
    for guess in (year,) if year else (today.year, today.year + 1):
        try:
            found = date(guess or 0, month or 0, day or 0)
        except ValueError:
            return None
        if found >= today:
            return found
    return None
