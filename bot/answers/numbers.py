"""Reads Vietnamese numbers, in digits, in words and mixed, with their vagueness kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from bot.language.spelling import lenient

_LEXEME = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")
_DIGITS = {
    "một|mốt": 1, "hai": 2, "ba": 3, "bốn|tư": 4, "năm|lăm|nhăm": 5, "sáu": 6, "bảy|bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TEN = "muWoWiF"
_ONLY_LAST = "mốt|tư|lăm|nhăm"
_FEW = {"mấy": (2, 9), "vài ba|đôi ba|vài": (2, 5), "dăm ba": (3, 5), "dăm": (4, 6), "dăm bảy": (5, 7)}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A number in digits, a word or a punctuation mark of the spelled text."""

    text: str
    start: int
    end: int

    @property
    def is_digits(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number said, from *low* to *high*; the same twice when it is one number."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        """Whether one number was said."""
        return self.low == self.high

    def times(self, factor: int | Fraction) -> Bounds:
        """Both ends multiplied."""
        return Bounds(self.low * factor, self.high * factor)

    def plus(self, other: Bounds) -> Bounds:
        """Both ends added to the other's."""
        return Bounds(self.low + other.low, self.high + other.high)


def one(number: int | Fraction) -> Bounds:
    """One number, said exactly."""
    return Bounds(Fraction(number), Fraction(number))


def lexemes(spelled: str) -> tuple[Lexeme, ...]:
    """The numbers, words and marks of *spelled*; "1 200 000" written with spaces is one number."""
    found = [Lexeme(match.group(), match.start(), match.end()) for match in _LEXEME.finditer(spelled)]
    joined: list[Lexeme] = []
    index = 0
    while index < len(found):
        last = index
        while last + 1 < len(found) and re.fullmatch(r"\d{3}", found[last + 1].text) and found[index].text.isdecimal():
            last += 1
        # Two groups or more: "500 600" is a range.
        if len(found[index].text) <= 3 and last - index >= 2:
            text = "".join(lexeme.text for lexeme in found[index : last + 1])
            joined.append(Lexeme(text, found[index].start, found[last].end))
            index = last + 1
        else:
            joined.append(found[index])
            index += 1
    return tuple(joined)


@lru_cache(maxsize=16384)
def is_word(spelled: str, words: str) -> bool:
    """Whether one spelled word is one of the lenient alternatives *words*."""
    return bool(lenient(words).fullmatch(spelled))


def digits_value(text: str) -> Fraction | None:
    """The value of a number in digits: a point or comma before three digits groups, otherwise it is the decimal mark."""
    if text.isdecimal():
        return Fraction(int(text))
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", text) or re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", text):
        return Fraction(int(re.sub(r"\D", "", text)))
    if re.fullmatch(r"\d+[.,]\d+", text):
        return Fraction(text.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", text):
        return Fraction(text.replace(".", "").replace(",", "."))
    return None


class NumberReader:
    """Reads numbers below ten thousand out of the lexemes of one text."""

    def __init__(self, found: tuple[Lexeme, ...], *, accented: bool) -> None:
        self.found = found
        self._accented = accented

    def word(self, index: int, words: str) -> bool:
        """Whether the lexeme at *index* is one of *words* (lenient); False past the end."""
        if not 0 <= index < len(self.found):
            return False
        return is_word(self.found[index].text, words)

    def read(self, index: int, *, thousands: bool = True) -> tuple[Bounds, int] | None:
        """The number that starts at *index* and the index after it; *thousands* reads "nghìn" as part of it."""
        if self._is_year(index):
            return None
        below = self._hundreds(index)
        if below is None or not thousands or not self.word(below[1], "nghìn|ngàn"):
            return below
        bounds, after = below[0].times(1000), below[1] + 1
        rest = self._hundreds(after)
        if self.word(after, "rưỡi"):
            return bounds.plus(one(500)), after + 1
        if rest is None:
            return bounds, after
        scaled = rest[0].times(100) if rest[0].high < 10 else rest[0]
        return bounds.plus(scaled), rest[1]

    def _hundreds(self, index: int) -> tuple[Bounds, int] | None:
        head = self._tens(index)
        if self.word(index, "trăm") and not self.word(index - 1, "phần"):
            head = (one(1), index)
        if head is None or not self.word(head[1], "trăm"):
            return head
        bounds, after = head[0].times(100), head[1] + 1
        if self.word(after, "rưỡi"):
            return bounds.plus(one(50)), after + 1
        if self.word(after, "mấy") and self.word(after + 1, "chục|mươi"):
            return bounds.plus(Bounds(Fraction(20), Fraction(90))), after + 2
        if self.word(after, "mấy"):
            return bounds.plus(Bounds(Fraction(1), Fraction(99))), after + 1
        if self.word(after, "lẻ|linh"):
            rest = self.digit(after + 1)
            return (bounds.plus(one(rest)), after + 2) if rest else (bounds, after)
        return self._after_hundred(bounds, after)

    def _after_hundred(self, bounds: Bounds, after: int) -> tuple[Bounds, int]:
        """What follows "trăm": "hai trăm ba" is 230, "hai trăm ba mươi" too, "2 trăm 35" 235."""
        if after < len(self.found) and self.found[after].is_digits:
            value = digits_value(self.found[after].text)
            if value is None or value >= 100 or value.denominator > 1:
                return bounds, after
            return bounds.plus(one(value * 10 if value < 10 else value)), after + 1
        rest = self._tens(after)
        if rest is None or self.word(rest[1], "trăm"):
            return bounds, after
        scaled = rest[0].times(10) if rest[0].high < 10 else rest[0]
        return (bounds.plus(scaled), rest[1]) if bounds.exact else (bounds, after)

    def _tens(self, index: int) -> tuple[Bounds, int] | None:  # noqa: PLR0911 (one return for each way to say it)
        if index >= len(self.found):
            return None
        if self.found[index].is_digits:
            return self._written(index)
        if self.word(index, "hăm"):
            last = self.digit(index + 1)
            if last:
                return one(20 + last), index + 2
            return (Bounds(Fraction(21), Fraction(29)), index + 2) if self.word(index + 1, "mấy") else None
        if self.word(index, "nửa") and self.word(index + 1, "trăm|chục"):
            return one(Fraction(1, 2)), index + 1
        few = self._few(index)
        if few:
            return self._multiplied(*few)
        if self.word(index, "chục"):
            return self._multiplied(one(1), index)
        if self.word(index, "mười|mươi"):
            return self._teen(index)
        head = self.digit(index)
        if head is None or (self.word(index, _ONLY_LAST) and not self.word(index, "một|bốn|năm")):
            return None
        following = self.digit(index + 1)
        # "hai năm" is two years; only "bốn năm" is four to five.
        twice = (
            not self._accented and self.found[index].text == self.found[index + 1].text == "ba" if following else False
        )
        if following and not twice and (head == 4 or not self.word(index + 1, "năm")):
            return self._two_digits(index, head, following)
        return self._multiplied(one(head), index + 1)

    def _two_digits(self, index: int, head: int, following: int) -> tuple[Bounds, int]:
        """As in "hai ba" is two to three, "năm bảy" five to seven; "bốn tám" is short for forty-eight."""
        pair = Bounds(Fraction(head), Fraction(following))
        only_last = self.word(index + 1, _ONLY_LAST) and not self.word(index + 1, "một|bốn|năm")
        ranged = following == head + 1 or (head, following) == (5, 7)
        if ranged and not only_last:
            return self._multiplied(pair, index + 2)
        return one(10 * head + following), index + 2

    def _teen(self, index: int) -> tuple[Bounds, int]:
        """As in "mười lăm", "mười mấy"; "mươi" alone is about ten."""
        if self.word(index + 1, "mấy") and not self._is_machine(index + 1):
            return Bounds(Fraction(11), Fraction(19)), index + 2
        last = self.digit(index + 1)
        if last is None or self._year_follows(index + 1) or (self.word(index + 1, "lam") and self._accented):
            return one(10), index + 1
        # "mười lăm mười sáu": the second number starts anew.
        return one(10 + last), index + 2

    def _multiplied(self, bounds: Bounds, after: int) -> tuple[Bounds, int]:  # noqa: PLR0911 (one return for each way to say it)
        """*bounds* with the "chục" or "mươi" that follows it and what is added to that."""
        if self.word(after, "chục"):
            tens, after = bounds.times(10), after + 1
            if self.word(after, "rưỡi"):
                return tens.plus(one(5)), after + 1
        elif bounds == one(9) and after < len(self.found) and self.found[after].text == _TEN:
            return Bounds(Fraction(9), Fraction(10)), after + 1
        elif self.word(after, "mươi|mười") and bounds.low >= 2:
            tens, after = bounds.times(10), after + 1
        else:
            return bounds, after
        if not tens.exact:
            return tens, after
        if self.word(after, "mấy") and not self._is_machine(after):
            return tens.plus(Bounds(Fraction(1), Fraction(9))), after + 1
        last = self.digit(after)
        if last is None or self._year_follows(after) or self.word(after + 1, "chục|trăm|mươi|mười"):
            return tens, after
        return tens.plus(one(last)), after + 1

    def _written(self, index: int) -> tuple[Bounds, int] | None:
        value = digits_value(self.found[index].text)
        if value is None:
            return None
        after = index + 1
        if self.word(after, "mấy") and value >= 10 and value % 10 == 0 and not self._is_machine(after):
            spread = Bounds(Fraction(1), Fraction(99 if value % 100 == 0 else 9))
            return one(value).plus(spread), after + 1
        if self.word(after, "chục"):
            return self._multiplied(one(value), after)
        if self.word(after, "mươi|mười") and 2 <= value <= 9:
            return self._multiplied(one(value), after)
        return one(value), after

    def _few(self, index: int) -> tuple[Bounds, int] | None:
        if self.word(index, "mấy") and self._is_machine(index):
            return None
        pair = " ".join(lexeme.text for lexeme in self.found[index : index + 2])
        for words, (low, high) in _FEW.items():
            bounds = Bounds(Fraction(low), Fraction(high))
            if " " in pair and is_word(pair, words):
                return bounds, index + 2
        for words, (low, high) in _FEW.items():
            if self.word(index, words):
                return Bounds(Fraction(low), Fraction(high)), index + 1
        return None

    def digit(self, index: int) -> int | None:
        """The digit word at *index*, those that only end a number ("mốt", "lăm") among them."""
        return next((value for words, value in _DIGITS.items() if self.word(index, words)), None)

    def _year_follows(self, index: int) -> bool:
        """Whether the "năm" at *index* is the year: "mười năm nay", "hai chục năm 2020"."""
        if self.word(index + 2, "người|thợ|trăm|chục|mươi|lao|công|nhân") and not self._digits_at(index + 1):
            return False  # unaccented "nam sau nguoi" is five to six
        return self.word(index, "năm") and (
            self.word(index + 1, "nay|rồi|qua|trước|ngoái|tới|sau|đó") or self._digits_at(index + 1)
        )

    def _is_year(self, index: int) -> bool:
        """Whether the lexeme at *index* is the "năm" of "3 năm", "cuối năm", "năm ngoái" and no number."""
        if not self.word(index, "năm"):
            return False
        return (
            self._digits_at(index - 1)
            or self.word(index - 1, "không|chưa|đầu|cuối|giữa|mỗi|hàng|một|cả|sang|nửa|từng|theo|quanh")
            or self._year_follows(index)
        )

    def _digits_at(self, index: int) -> bool:
        return 0 <= index < len(self.found) and self.found[index].is_digits

    def _is_machine(self, index: int) -> bool:
        """Whether an unaccented "may" at *index* is a machine: "2 may, moi may", "hai may cat"."""
        if index >= len(self.found) or self.found[index].text != "may":
            return False
        if self._digits_at(index + 1) and self._digits_at(index - 1):
            return True  # "3 may 5 nguoi"
        if any(0 <= at < len(self.found) and self.found[at].text == "may" for at in (index - 1, index + 1)):
            return True  # "3 may may"
        return any(
            is_word(lexeme.text, "mỗi|cắt|tiện|cnc|mới|cũ|móc") for lexeme in self.found[index + 1 : index + 2]
        ) or (
            index > 0
            and is_word(
                self.found[index - 1].text, "mỗi|một|cái|thợ|nhân|nghề|đồ|ngành|đứng|chạy|hành|mua|bán|sửa|trông|lái"
            )
        )
