"""Finds what a workshop makes and which group of trades that belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from bot.answers.answer import Answer
from bot.answers.corrections import corrected, of_today
from bot.answers.lexicon import load
from bot.answers.said import Said
from bot.answers.yes_no import negated
from bot.language.spelling import lenient, spell, without_marks

OUTSIDE = "outside"
_MAKING = "làm|sản xuất|chế biến|xưởng|cơ sở|lò|đóng|nghề|gia công|chế tạo|dệt|đúc|sấy|nấu|ép|rang|chuyên|nhà máy|hợp tác xã|đan|tráng"
_SELLING = "bán|buôn|buôn bán|đại lý|cửa hàng|tiệm|phân phối|nhập|mua đi|kinh doanh|shop|sạp"
_NEVER = r"(?:máy|thợ|dùng|mua|bằng|chạy|đốt|có) "
"""What a product word is not the product after: "mua máy cắt laser", "lò đốt bằng trấu"."""
# One word without accents is too easily another one; fuzzy matching is for longer names only.
_FUZZY_LETTERS = 7
_FUZZY_SCORE = 90


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is made, named as in the lexicon, with its group and its place in the spelled text."""

    name: str
    group: str
    start: int
    end: int


@cache
def _names() -> dict[str, list[tuple[str, str]]]:
    """Name without marks → the accented names that look so, each with its group."""
    by_plain: dict[str, list[tuple[str, str]]] = {}
    for group, names in load("trades").items():
        for name in names:
            by_plain.setdefault(without_marks(spell(name))[0], []).append((name, group))
    return by_plain


@cache
def _any_name() -> re.Pattern[str]:
    names = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def find_products(said: Said, *, fuzzy: bool = True) -> list[Product]:
    """The products named, in order, the longest name at each place; denied ones are left out."""
    plain, at = without_marks(said.spelled)
    products = []
    for match in _any_name().finditer(plain):
        start, end = at[match.start()], at[match.end() - 1] + 1
        end += len(said.spelled[end:]) - len(said.spelled[end:].lstrip("AWDSFRJZ"))
        for name, group in _names()[match.group()]:
            if lenient(name).fullmatch(said.spelled[start:end]) and not negated(said.spelled, start, end):
                products.append(Product(name, group, start, end))
    if not products and fuzzy:
        return _nearly(said)
    return products


def _nearly(said: Said) -> list[Product]:
    """A product of two words or more that is misspelled by a letter or so: "bành tráng", "sơn mai"."""
    plain, _ = without_marks(said.spelled)
    words = plain.split()
    names = _long_names()
    best = ("", 0.0)
    for size in (2, 3, 4):
        for start in range(len(words) - size + 1):
            window = " ".join(words[start : start + size])
            found = process.extractOne(window, names.get(size, ()), scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
            if found and found[1] > best[1]:
                best = (found[0], found[1])
    known = _names().get(best[0], [])
    if len({group for _, group in known}) != 1 or known[0][1] == OUTSIDE:
        return []
    return [Product(*known[0], 0, 0)]


@cache
def _long_names() -> dict[int, list[str]]:
    """Names of `_FUZZY_LETTERS` letters or more by their number of words."""
    by_size: dict[int, list[str]] = {}
    for name in _names():
        if len(name) >= _FUZZY_LETTERS:
            by_size.setdefault(name.count(" ") + 1, []).append(name)
    return by_size


def read_trade_group(said: Said) -> Answer | None:
    """The group of the one trade named, or the groups of several as candidates."""
    said = corrected(of_today(said))
    products = [p for p in find_products(said) if not lenient(rf".*{_NEVER}").fullmatch(said.spelled[: p.start])]
    groups = list(dict.fromkeys(product.group for product in products))
    if len(groups) > 1 and OUTSIDE in groups and said.has(_MAKING):
        groups.remove(OUTSIDE)
    if not groups:
        return None
    sells_only = said.has(rf"(?:chỉ|chuyên) (?:{_SELLING})") and not said.has(_MAKING)
    if sells_only:
        return Answer(understood=True, value=OUTSIDE)
    if len(groups) > 1 and (main := said.find("chủ yếu|chính là|là chính|chính")):
        nearest = min(products, key=lambda product: abs(product.start - main.start()))
        return Answer(understood=True, value=nearest.group)
    if len(groups) == 1:
        return Answer(understood=True, value=groups[0])
    return Answer(understood=True, candidates=tuple(groups))


def makes_something(spelled: str) -> bool:
    """Whether the spelled text names a product of industry and does not speak of selling or growing it."""
    said = Said(spelled, spelled, accented=True)
    products = find_products(said, fuzzy=False)
    return any(product.group != OUTSIDE for product in products) and not said.has(_SELLING)
