"""Finds amounts in a text: a number with what makes it a range, a limit or a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.numbers import Bounds, Lexeme
from bot.language.spelling import lenient

_LESS = "dưới(?! có)|chưa tới|chưa đến|chưa đầy|chưa được|chưa lên tới|không tới|không đến|không đầy|không được|hổng tới|hổng đến|hổng được|ít hơn|nhỏ hơn|thấp hơn"
_AT_MOST = "không quá|không vượt quá|chưa quá|không hơn|tối đa|nhiều nhất|nhiều lắm|cao lắm|cao nhất|cùng lắm|hết cỡ|không trên"
_MORE = "ngoài(?= (?:\\d+0|(?:\\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)(?: mươi| chục)? (?:tỷ|triệu|trăm)|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín)? ?(?:mươi|chục|trăm)))|hơn|trên(?! dưới)|quá|vượt|lớn hơn|nhiều hơn|cao hơn"
_AT_LEAST = "ít nhất|tối thiểu|không dưới|không ít hơn|ít gì cũng|ít ra|từ"
_ABOUT = r"(?: (?:là|khoảng|tầm|chừng|cỡ|độ|có|cũng|được|lên|tới|thì))*"
_BEFORE = [
    ("", lenient(f"(?:trên dưới|hơn kém|không hơn không kém){_ABOUT}")),
    ("at_most", lenient(f"(?:{_AT_MOST}){_ABOUT}")),
    ("at_least", lenient(f"(?:{_AT_LEAST}){_ABOUT}")),
    ("less", lenient(f"(?:{_LESS}){_ABOUT}")),
    ("more", lenient(f"(?:{_MORE}){_ABOUT}")),
]
_AFTER = [
    (
        "at_most",
        lenient("trở xuống|đổ lại|trở lại|đổ xuống|là cùng|là nhiều|là nhiều nhất|là tối đa|là hết cỡ|quay đầu|là cao"),
    ),
    ("at_least", lenient("trở lên|đổ lên|trở đi|là ít|là ít nhất")),
    ("more", lenient("(?:có )?(?:hơn|dư)(?! (?:nữa|kém))")),
]
_CONNECTOR = lenient("đến|tới|hoặc|hay|hoặc là|hay là|cho đến|cho tới|qua|lên")
_HUNDRED, _TENS = lenient("trăm"), lenient("chục")
_DASHES = frozenset("-–—~")


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with its unit, read at one place; *unit* is None when none was said; *after* is a lexeme index."""

    bounds: Bounds
    unit: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount found in the spelled text between *start* and *end*; *high* None means no upper end was said.

    *least* and *limit* tell a range that was said from one number: a limit is "hơn", "dưới" and the like.
    """

    low: int
    high: int | None
    start: int
    end: int
    unit: int | None = None
    number: int = 0
    """Where the number itself starts, after "hơn" or "từ"."""

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def times(self, factor: int) -> Quantity:
        """The amount multiplied; an open or strict end keeps its step of one."""
        if self.exact:
            return self._with(self.low * factor, self.low * factor)
        if self.low == 1 and self.high is not None and self.high % 10 != 9:
            return self._with(1, self.high * factor)
        low = (self.low - 1) * factor + 1 if self.high is None and self.low % 10 == 1 else self.low * factor
        if self.high is None:
            return self._with(low, None)
        if self.low == 1 and self.high % 10 == 9:
            return self._with(1, (self.high + 1) * factor - 1)
        return self._with(self.low * factor, self.high * factor)

    def plus(self, other: Quantity) -> Quantity:
        """Both amounts together."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return self._with(self.low + other.low, high)

    def _with(self, low: int, high: int | None) -> Quantity:
        return Quantity(low, high, self.start, self.end, self.unit, self.number)

    def answer(self) -> Answer:
        """As a value when it is one number, else as a range."""
        if self.exact:
            return Answer(understood=True, value=self.low)
        return Answer(understood=True, range=(self.low, self.high))


def several(values: list[int]) -> Answer:
    """Several readings of a number: none is taken; one alone is the value."""
    distinct = tuple(dict.fromkeys(values))
    if not distinct:
        return NOT_UNDERSTOOD
    if len(distinct) == 1:
        return Answer(understood=True, value=distinct[0])
    return Answer(understood=True, candidates=distinct)


class AmountFinder:
    """Scans one text for amounts that *read_one* recognises; *noun* may stand between a number and "trở lên"."""

    def __init__(
        self,
        spelled: str,
        found: tuple[Lexeme, ...],
        read_one: Callable[[int], Reading | None],
        resolve: Callable[[Reading, int | None], Bounds | None],
        noun: str,
    ) -> None:
        self._spelled = spelled
        self._found = found
        self._read_one = read_one
        self._resolve = resolve
        self._noun = lenient(noun)

    def all(self) -> list[Quantity]:
        """Every amount, in order; a number whose unit makes no sense is left out."""
        quantities, index = [], 0
        while index < len(self._found):
            got = self._at(index)
            if got is None:
                index += 1
                continue
            quantity, index = got
            if quantity:
                quantities.append(quantity)
        return self._between(quantities)

    def _between(self, found: list[Quantity]) -> list[Quantity]:
        """*found* with "trên 10 dưới 15" as one range."""
        joined: list[Quantity] = []
        for quantity in found:
            last = joined[-1] if joined else None
            gap = self._spelled[last.end : quantity.start].split() if last else []
            if last and last.high is None and quantity.low == 1 and (quantity.high or 0) > last.low and len(gap) <= 2:
                joined[-1] = Quantity(last.low, quantity.high, last.start, quantity.end, quantity.unit, last.number)
            else:
                joined.append(quantity)
        return joined

    def _at(self, index: int) -> tuple[Quantity | None, int] | None:
        limit, number_at = self._limit_before(index)
        first = self._read_one(number_at)
        if first is None:
            return None
        pair = self._second(first, number_at) if limit in ("", "at_least") else None
        first, second = pair or (first, None)
        last = second or first
        bounds = self._span(first, second)
        if bounds is None:
            return None, last.after
        after, limit = self._limit_after(last.after, limit, ranged=second is not None)
        low, high = _limited(bounds, limit)
        start, end = self._found[index].start, self._found[last.after - 1].end
        quantity = Quantity(low, high, start, end, last.unit, self._found[number_at].start)
        return quantity, max(after, last.after)

    def _span(self, first: Reading, second: Reading | None) -> Bounds | None:
        if second is None:
            return self._resolve(first, None)
        low, high = self._resolve(first, second.unit), self._resolve(second, first.unit)
        return Bounds(low.low, high.high) if low and high and low.low < high.high else None

    def _limit_before(self, index: int) -> tuple[str, int]:
        start = self._found[index].start
        for name, pattern in _BEFORE:
            match = pattern.match(self._spelled, start)
            if match and not self._is_last_year(index):
                after = next((i for i, lexeme in enumerate(self._found) if lexeme.start >= match.end()), None)
                if after is not None:
                    return name, after
        return "", index

    def _is_last_year(self, index: int) -> bool:
        """Whether an unmarked "ngoai" at *index* is that of "nam ngoai", last year, and no limit."""
        return index > 0 and self._found[index].text == "ngoai" and self._found[index - 1].text == "nam"

    def _limit_after(self, index: int, limit: str, *, ranged: bool) -> tuple[int, str]:
        """The limit that follows the number and its noun: "20 người trở lên"; "từ" alone without it is no limit."""
        plain = "" if limit == "at_least" and self._from_alone(index) else limit
        if ranged or index >= len(self._found):
            return index, "" if ranged else plain
        places = [self._found[index].start]
        noun = self._noun.match(self._spelled, places[0])
        if noun and noun.end() < len(self._spelled):
            places.append(noun.end() + 1)
        for place in places:
            for name, pattern in _AFTER:
                match = pattern.match(self._spelled, place)
                if match and (limit in ("", "at_least")):
                    after = next((i for i, x in enumerate(self._found) if x.start >= match.end()), len(self._found))
                    return after, name
        return index, plain

    def _from_alone(self, index: int) -> bool:
        """Whether the limit before the number was only "từ", which starts a range or says where a thing comes from."""
        before = lenient(rf".*từ{_ABOUT}\s+[^\s].*").match(self._spelled[: self._found[index - 1].end])
        return bool(before) and not lenient("ít nhất|tối thiểu|không dưới|không ít hơn|ít gì|ít ra").search(
            self._spelled
        )

    def _shared(self, index: int) -> int:
        """Ten or a hundred when the one digit at *index* is followed by "chục" or "trăm", else one."""
        following = self._found[index + 1].text if index + 1 < len(self._found) else ""
        if len(self._found[index].text) > 1 and self._found[index].is_digits:
            return 1
        return 100 if _HUNDRED.fullmatch(following) else 10 if _TENS.fullmatch(following) else 1

    def _second(self, first: Reading, number_at: int) -> tuple[Reading, Reading] | None:
        """Both ends: the upper end of a range that begins with *first*: "5-6", "5 đến 6", "5, 6 người", "500 600tr"."""
        index = first.after
        if index >= len(self._found):
            return None
        noun = self._noun.match(self._spelled, self._found[index].start)
        beyond = index
        if noun:
            beyond = next((i for i, x in enumerate(self._found) if x.start >= noun.end()), len(self._found))
        for at, loose in ((index, False), (beyond, False), (index, True)):
            if at >= len(self._found):
                continue
            skip = self._connected(at, loose=loose)
            if skip is None:
                continue
            if at + skip >= len(self._found) or (loose and not self._alike(number_at, at + skip)):
                continue
            second = self._read_one(at + skip)
            # "5-7 trăm": both are hundreds.
            near = not loose or skip == 1
            shared = self._shared(at + skip) if near and first.unit is None and first.bounds.high < 10 else 1
            lower = replace(first, bounds=first.bounds.times(shared))
            if second and self._is_range(lower, second, loose=loose):
                return lower, second
        return None

    def _connected(self, at: int, *, loose: bool) -> int | None:
        """How many lexemes join two ends of a range at *at*; loosely, a comma or nothing does."""
        lexeme = self._found[at]
        if not loose:
            if lexeme.text in _DASHES or _CONNECTOR.fullmatch(lexeme.text):
                follows = at + 1 < len(self._found) and _CONNECTOR.fullmatch(self._found[at + 1].text)
                return 2 if follows else 1
            return None
        if lexeme.text == ",":
            return 1
        return 0

    def _is_range(self, first: Reading, second: Reading, *, loose: bool) -> bool:
        if not (first.bounds.exact and second.bounds.exact):
            return False
        low, high = self._resolve(first, second.unit), self._resolve(second, first.unit)
        if low is None or high is None or low.low >= high.high:
            return False
        # Without a word between them only two near numbers are one range: "5 7 người", not "8 người 20 máy".
        return not loose or high.high <= 2 * low.low

    def _alike(self, index: int, other: int) -> bool:
        """Whether two numbers are written the same way: "3 năm" is three years, not three to five."""
        return self._found[index].is_digits == self._found[other].is_digits


def _limited(bounds: Bounds, limit: str) -> tuple[int, int | None]:
    low, high = _whole(bounds.low), _whole(bounds.high)
    if limit == "more":
        return high + 1 if bounds.exact else low, None
    if limit == "at_least":
        return low, None
    if limit == "less":
        return min(1, high - 1), max(high - 1, 0)
    if limit == "at_most":
        return 1, high
    return low, high


def _whole(number: Fraction) -> int:
    return round(number)
