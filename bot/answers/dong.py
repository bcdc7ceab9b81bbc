"""Finds amounts of Vietnamese money in a text, in dong."""

from __future__ import annotations

import re
from fractions import Fraction

from bot.answers.amounts import AmountFinder, Quantity, Reading
from bot.answers.numbers import Bounds, NumberReader, lexemes, one
from bot.answers.said import Said
from bot.language.spelling import lenient

_BILLION, _MILLION, _THOUSAND = 1_000_000_000, 1_000_000, 1_000
_UNITS = {"tỷ|tỏi": _BILLION, "triệu|củ|chai|tr": _MILLION, "nghìn|ngàn|ngìn|k": _THOUSAND}
_FOREIGN = (
    "đô la|đô|dollar|đôla|usd|us|tệ|nhân dân tệ|cny|rmb|euro|eur|ơ rô|ê rô|yên|jpy|won|krw|bảng|baht|bath|bạt|đài tệ|twd|ndt"
    "|vạn|mỹ kim|tiền (?:mỹ|trung quốc|tàu|nhật|hàn|thái|đô|tây)|nhân dân|cây vàng|cây|lượng vàng|lượng|chỉ vàng|chỉ|xu|rúp|riel|kíp|sing"
)
_FOREIGN_SIGNS = frozenset("$€¥£₩฿")
THINGS = "máy|cái|chiếc|bộ|con|dàn|lò|giàn|hệ thống|dây chuyền|cỗ|tủ|khuôn|xe|đầu máy|máy móc"
"""What is bought by the piece, as a lenient pattern."""
_COUNTED = (
    rf"{THINGS}|năm|tháng|quý|tuần|ngày|giờ|tiếng|người|thợ|lao động|nhân công|công nhân|lần|tuổi|kg|ký|tấn|tạ|yến|m|m2|mét|km|hp"
    r"|kw|kwh|ngựa|mã lực|phần|đơn|sản phẩm|khách|xưởng|chỗ|chi nhánh|đợt|kỳ|lít|ca|vợ chồng|đứa|nơi|loại|món|hộ|công ty|anh em|đầu|trục|pha"
)
_OTHER_WORD = re.compile(
    rf"(?!{lenient('đồng|đ|đến|tới|hoặc|hay|trở|đổ|hơn|mấy|lại|thôi|lận|một|mỗi|trăm|chục|mươi|mười|lẻ|rưỡi|hai|ba|bốn|năm|sáu|bảy|tám|chín|ạ|a|à|nha|nhe|ha|em|anh|chị|là|quay').pattern})[^\W\d_]"
)
_TWO_WORDS = frozenset({"lam", "sau", "nam", "ba", "tu", "bay", "tam"})
"""Digit words that without their marks are just as well làm, sau, năm, bà, từ, bày and tầm."""
_LIMIT = 10**15


def find_money(said: Said) -> list[Quantity]:
    """Every amount of dong in the text, a bare number left out unless it stands in a range with one that has a unit."""
    return [quantity for quantity in MoneyFinder(said).all() if quantity.unit]


class MoneyFinder:
    """Reads the money of one text; *foreign* tells whether some of it was another country's."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._found = lexemes(said.spelled)
        self._reader = NumberReader(self._found, accented=said.accented)
        self.foreign = False

    def all(self) -> list[Quantity]:
        """Every amount of dong; a bare number is in millions, as people say it."""
        quantities = AmountFinder(self._said.spelled, self._found, self._read_one, _resolve, "đồng|việt nam đồng").all()
        return [quantity for quantity in quantities if 0 < quantity.low <= _LIMIT and (quantity.high or 1) <= _LIMIT]

    def _read_one(self, index: int) -> Reading | None:  # noqa: PLR0911 (one return for each way to say it)
        word = self._reader.word
        if self._is_foreign(index - 1):
            self.foreign = True
            return None
        if word(index, "nửa") and (unit := self._unit(index + 1)):
            return self._checked(Reading(one(Fraction(unit, 2)), unit, index + 2))
        if (unit := self._unit(index)) and unit >= _MILLION and self._found[index].text != "k":
            return self._unit_first(index, unit)
        got = self._reader.read(index, thousands=False)
        if got is None or (self._found[index].text.startswith("0") and self._found[index].text[1:2].isdecimal()):
            return None
        bounds, after = got
        unit = self._unit(after)
        if unit is None:
            return self._bare(index, bounds, after)
        if unit == _THOUSAND and (bigger := self._unit(after + 1)) and bigger > _THOUSAND:
            bounds, unit, after = bounds.times(1000), bigger, after + 1
        if unit == _BILLION and re.fullmatch(r"[1-9]\d?\.\d{3}", self._found[index].text):
            return None  # "1.250 tỷ" is 1.25 or 1250
        scaled, after = bounds.times(unit), after + 1
        if bounds.low.denominator == 1 or self._unit(after + 1):  # nothing is added to "1,5 tỷ"
            scaled, after = self._tail(scaled, unit, after)
        return self._checked(Reading(scaled, unit, after))

    def _is_foreign(self, index: int) -> bool:
        """Whether a sign or code of another country's money stands at *index*: "$", "usd"."""
        if not 0 <= index < len(self._found):
            return False
        return self._found[index].text in _FOREIGN_SIGNS or self._reader.word(
            index, "usd|eur|euro|cny|rmb|jpy|krw|twd|thb|vạn"
        )

    def _unit(self, index: int) -> int | None:
        # Unmarked "toi" between two numbers is "tới", not slang for a billion.
        if index < len(self._found) and self._found[index].text == "toi":
            following = index + 1 < len(self._found) and self._found[index + 1].is_digits
            # Neither is "ba toi" three billion.
            if following or not (index and self._found[index - 1].is_digits):
                return None
        for words, unit in _UNITS.items():
            if self._reader.word(index, words):
                return unit
        # "2t5" and "1t" are billions; "500t" is nothing that can be told.
        if index and self._reader.word(index, "t") and re.fullmatch(r"\d{1,2}(?:[.,]\d)?", self._found[index - 1].text):
            return _BILLION
        return None

    def _unit_first(self, index: int, unit: int) -> Reading | None:
        """As in "tỷ rưỡi", "tỷ hai", "tỷ mấy"; "hơn tỷ" is one billion."""
        if unit == _MILLION and not self._reader.word(index, "triệu"):
            return None
        if self._found[index].text == "toi":
            return None  # rather "tôi"
        if index and self._reader.word(index - 1, "tiền|đơn vị|công|rưỡi|nghìn|ngàn"):
            return None
        scaled, after = self._tail(one(unit), unit, index + 1, led=True)
        return self._checked(Reading(scaled, unit, after))

    def _bare(self, index: int, bounds: Bounds, after: int) -> Reading | None:
        """A number without a unit, unless something else than money is counted."""
        word = self._reader.word
        rest = self._said.spelled[self._found[after].start :] if after < len(self._found) else ""
        if lenient(_FOREIGN).match(rest) or self._is_foreign(after):
            self.foreign = True
            return None
        if lenient(_COUNTED).match(rest) or rest[:1] in ("%", "/") or lenient("phần trăm|x \\d").match(rest):
            return None
        if not self._said.accented and not self._found[index].is_digits and rest and _OTHER_WORD.match(rest):
            return None  # "muoi hot" is rather salt than ten
        if word(index - 1, "số|lần|thứ|x|vat|ca") or self._dated(index, bounds):
            return None
        if word(after, "đồng|đ|vnđ|vnd"):
            return Reading(bounds, 1, after + 1)
        return Reading(bounds, None, after)

    def _dated(self, index: int, bounds: Bounds) -> bool:
        """Whether the number is a year, month or day: "năm 2025", "tháng 3"."""
        if self._reader.word(index - 1, "năm|hồi|từ") and 1900 < bounds.low < 2100:
            return True
        last = 12 if self._reader.word(index - 1, "tháng|quý") else 31
        return self._reader.word(index - 1, "tháng|quý|ngày|mùng") and bounds.high <= last

    def _tail(self, scaled: Bounds, unit: int, after: int, *, led: bool = False) -> tuple[Bounds, int]:  # noqa: PLR0911 (one return for each way to say it)
        """What is added behind a unit: "1 tỷ 2", "1 tỷ rưỡi", "1 tỷ 350 triệu", "1 tỷ mấy"."""
        word = self._reader.word
        if part := self._part_of_unit(unit, after):
            return scaled.plus(part[0]), part[1]
        if word(after, "không") and word(after + 1, "trăm") and self._reader.read(after + 2, thousands=False):
            after += 2  # "một tỷ không trăm năm mươi triệu"
        odd = word(after, "lẻ|linh")
        got = self._reader.read(after + (1 if odd else 0), thousands=False)
        if got is None and (digit := self._reader.digit(after)):
            got = (one(digit), after + 1)
        if got is None or not got[0].exact or not scaled.exact or unit == _THOUSAND:
            return scaled, after
        bounds, beyond = got
        if self._is_one_of(after, beyond):
            bounds, beyond = one(self._reader.digit(after) or 0), after + 1
        if self._is_other_word(after, beyond, scaled, unit):
            return scaled, after
        smaller = self._unit(beyond)
        if smaller is not None:
            if smaller == unit and led and bounds.low < 10:
                return scaled.plus(one(bounds.low / 10 * unit)), beyond  # "tỷ bảy tỷ tám"
            if smaller >= unit or bounds.low * smaller >= unit:
                return scaled, after
            # "1 tỷ 2 triệu máy" does not occur; "1 tỷ 200 ngàn" does.
            return scaled.plus(bounds.times(smaller)), beyond + 1
        rest = self._said.spelled[self._found[beyond].start :] if beyond < len(self._found) else ""
        digits = self._found[after].text
        if (
            lenient(_COUNTED).match(rest)
            or rest[:1] == "%"
            or re.match(r"/\s*\d(?! ?(?:n[aă]|th|c[aá]|m[aá]|b[oộ]))", rest)
            or odd
            or bounds.low.denominator > 1
        ):
            return scaled, after
        if digits.isdecimal():
            if len(digits) > 3:
                return scaled, after
            return scaled.plus(one(Fraction(int(digits), 10 ** len(digits)) * unit)), beyond
        size = 10 if bounds.low < 10 else 100 if bounds.low < 100 else 1000
        return scaled.plus(one(bounds.low / size * unit)), beyond

    def _part_of_unit(self, unit: int, after: int) -> tuple[Bounds, int] | None:
        """Less than a whole unit, named by a word: "rưỡi", "mấy", "không năm"."""
        word = self._reader.word
        if word(after, "rưỡi"):
            return one(unit // 2), after + 1
        if word(after, "mấy") and not word(after + 1, THINGS):
            return Bounds(Fraction(unit, 10), Fraction(unit * 9, 10)), after + 1
        if word(after, "không") and (digit := self._reader.digit(after + 1)):
            return one(Fraction(unit * digit, 100)), after + 2
        return None

    def _is_one_of(self, index: int, after: int) -> bool:
        """Whether the second of two digit words counts what follows: "một tỷ hai một năm"."""
        word = self._reader.word
        return after == index + 2 and word(index + 1, "một") and word(after, "năm|tháng|quý|cái|máy|chiếc")

    def _is_other_word(self, index: int, after: int, scaled: Bounds, unit: int) -> bool:
        """Whether an unmarked digit word behind a unit is rather another word: "650 trieu lam von", "300 trieu sau thue"."""
        if self._said.accented or after != index + 1 or self._found[index].text not in _TWO_WORDS:
            return False
        if self._found[index].text == "lam" or (unit == _MILLION and scaled.low >= 10 * _MILLION):
            return self._unit(after) is None
        return after < len(self._found) and bool(_OTHER_WORD.match(self._found[after].text)) and not self._unit(after)

    def _checked(self, reading: Reading) -> Reading | None:
        """*reading* with "đồng" taken in, or None when dollars or gold follow."""
        rest = self._said.spelled[self._found[reading.after].start :] if reading.after < len(self._found) else ""
        money = lenient(_FOREIGN).match(rest)
        if self._is_foreign(reading.after):
            self.foreign = True
            return None
        # "500 trieu do" is "500 triệu đó": nobody counts a machine in millions of dollars.
        if money and not (money.group() == "do" and (reading.unit or 0) >= _MILLION):
            self.foreign = True
            return None
        if self._reader.word(reading.after, "đồng|đ|vnđ|vnd"):
            return Reading(reading.bounds, reading.unit, reading.after + 1)
        return reading


def _resolve(reading: Reading, other: int | None) -> Bounds | None:
    """The amount in dong of a reading; a bare one takes the other end's unit, or millions."""
    if reading.unit:
        return reading.bounds
    low, high = reading.bounds.low, reading.bounds.high
    if other:
        # "800 - 1 tỷ": eight hundred million.
        unit = _MILLION if other == _BILLION and low >= 10 else other
        return reading.bounds.times(unit) if other > 1 or high < 10_000 else reading.bounds
    if low >= _MILLION:
        return reading.bounds
    if low < 10 or high >= 10_000:
        return None
    return reading.bounds.times(_MILLION)
