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
_LEADS = (
    f"{_MAKING}|{_SELLING}|đồ|hàng|các loại|mấy|cái|với|và|hay|hoặc|rồi|cả|thêm|cũng|về|bên|ngành|mặt hàng|là|món|loại|trại|công ty|tổ"
    "|nướng|lắp ráp|ráp|may|in|cán|dạ|thì|nhà|em|tôi|mình|chủ yếu|chính|chính là|xay|xẻ|cưa|trồng|nuôi|ủ|muối|se|thợ|mộc|bằng|mua|dùng|có|chạy|đốt|máy"
)
"""What stands right before a product that is named in one word: "kiểm tra" is no tea."""
_COMPOUNDS = {
    "diều": "kiện", "điều": "kiện|chỉnh|lệ|đó|này|gì|hành|tra|động|đầu", "may": "mắn|ra|mà|bán|bạn|bay|quá|cho", "trà": "trộn", "hương": "vị|ước|dẫn",
    "đường": "phố|số|nào|xá|này|bộ|tỉnh|quốc|dt|lớn|nhỏ|sắt", "hàn": "quốc|gắn", "tiện": "lợi|nghi|thể|đường|tay|quá", "chè": "tạo|chắn|chở", "dép": "lắm|quá|nha|đẽ|mắt|trai|ghê|hơn|thiệt|chứ|không", "bàn": "bạc|giao|với|lại|về",
    "kính": "gửi|chào|thưa|mong", "kem": "theo", "chả": "biết|có|rõ|ai", "khô": "ng", "keo": "kiệt", "muối": "mặt", "vữa": "làm|mới|bán|sản|gia|đủ|rồi|may|thi", "phay": "nhiêu",
}  # fmt: skip
"""What follows one of these when it is only the beginning of another word."""
_VERBS = frozenset({"may", "đúc", "hàn", "tiện", "thêu", "dệt", "rèn", "mạ", "phay", "nhuộm", "in ấn"})
_PRESERVED = "(?:sấy|rang)(?: (?:khô|dẻo|giòn|lạnh|các loại))? (?!gỗ|nhựa|tóc|vải|gạch|gốm|giấy|ván|củi|nhang|áo|hàm|cây)[^\\W\\d_]+"
"""Fruits, nuts and the like that are dried or roasted: food, whatever their name."""
_PARTS = "linh kiện|chi tiết|kỹ thuật|phụ tùng|điện tử|ô tô|xe máy|công nghiệp|khuôn|cơ khí|máy"
_SERVING = "cho thuê|sửa|sửa chữa|giặt|rửa|chở|vận chuyển|thu mua|dạy"
_PROCESSED = r"(?:trồng|nuôi)(?: [^\W\d_]+){1,3},? (?:rồi|sau đó|xong|đem|để|về)(?: [^\W\d_]+){0,2} (?:sấy|chế biến|rang|xay|ép|ủ|muối|đóng chai|đóng hộp|đóng gói|nấu|làm khô)"
"""What is grown and then preserved in the own workshop: "trồng nấm rồi sấy"."""
_IDLE = "(?:làm|đi làm)(?: (?:ăn|việc|công|thuê|mướn|đủ thứ|lặt vặt|lai rai|linh tinh|tùm lum|chơi|thêm|nhỏ|nhỏ lẻ|tự do|tại nhà|ở nhà|gia đình))+"
"""Phrases with "làm" that name nothing that is made."""
# One word without accents is too easily another one; fuzzy matching is for longer names only.
_FUZZY_LETTERS = 9
_FUZZY_SCORE = 91
_MOST_WORDS = 6


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


def find_products(said: Said, *, fuzzy: bool = True) -> list[Product]:
    """The products named, in order, the longest name at each place; denied ones are left out."""
    plain, at = without_marks(said.spelled)
    words = [match.span() for match in re.finditer(r"\w+", plain)]
    products: list[Product] = []
    first = 0
    while first < len(words):
        size = min(_MOST_WORDS, len(words) - first)
        while size:
            start, end = at[words[first][0]], at[words[first + size - 1][1] - 1] + 1
            end += len(said.spelled[end:]) - len(said.spelled[end:].lstrip("AWDSFRJZ"))
            name = plain[words[first][0] : words[first + size - 1][1]]
            found = [Product(name, group, start, end) for name, group in _names().get(name, ())]
            found = [product for product in found if _is_meant(said.spelled, product, products)]
            if found:
                products += found
                break
            size -= 1
        first += max(size, 1)
    if not products and fuzzy and not said.is_all(_IDLE):
        return _nearly(said)
    return [product for product in products if not _is_verb_of_next(product, products)]


def _is_meant(spelled: str, product: Product, before: list[Product]) -> bool:
    """Whether *product* was typed so, is not part of another word and is not denied; *before* are those before it."""
    start, end = product.start, product.end
    return (
        bool(lenient(product.name).fullmatch(spelled[start:end]))
        and _stands_alone(spelled, product.name, start, end, before)
        and not negated(spelled, start, end)
    )


def _stands_alone(spelled: str, name: str, start: int, end: int, before: list[Product]) -> bool:
    """Whether a product named in one word is meant as such here; a longer name always is."""
    if " " in name:
        return True
    lead = spelled[:start].rstrip()
    starts = not lead or not lead[-1].isalnum() or bool(before and before[-1].end == len(lead))
    if not starts and not lenient(rf"(?:.*\W)?(?:{_LEADS})").fullmatch(lead):
        return False
    if name == "gối" and lenient(r"(?:.*\W)?đóng").fullmatch(lead):
        return False  # unmarked "dong goi" is packing
    following = _COMPOUNDS.get(name)
    return not (following and lenient(following).match(spelled[end:].lstrip()))


def _is_verb_of_next(product: Product, products: list[Product]) -> bool:
    """Whether *product* only says how the next one is made: "đúc ống cống", "may nón lá"."""
    if product.name not in _VERBS:
        return False
    return any(other.start == product.end + 1 and other.group != product.group for other in products)


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
    products = [p for p in find_products(said) if not lenient(rf"(?:.*\W)?{_NEVER}").fullmatch(said.spelled[: p.start])]
    groups = list(dict.fromkeys(_group(said, product) for product in products))
    if groups == [OUTSIDE] and said.has(_PROCESSED):
        return Answer(understood=True, value="agro_food_processing")
    if len(groups) > 1 and OUTSIDE in groups and said.has(_MAKING):
        groups.remove(OUTSIDE)
    if _are_parts(said, products):
        groups = ["mechanical_electrical_supporting"]
    if not groups:
        return Answer(understood=True, value="agro_food_processing") if said.has(_PRESERVED) else None
    sells_only = said.has(rf"(?:chỉ|chuyên) (?:{_SELLING})") and not said.has(_MAKING)
    if sells_only:
        return Answer(understood=True, value=OUTSIDE)
    if len(groups) > 1 and (main := said.find("chủ yếu|chính là|là chính|chính")):
        nearest = min(products, key=lambda product: abs(product.start - main.start()))
        return Answer(understood=True, value=nearest.group)
    if len(groups) == 1:
        return Answer(understood=True, value=groups[0])
    return Answer(understood=True, candidates=tuple(groups))


def _group(said: Said, product: Product) -> str:
    """The group of *product*; outside when it is only lent, mended, carried or the like."""
    served = lenient(rf"(?:.*\W)?(?:{_SERVING})(?: [^\W\d_]+)?").fullmatch(said.spelled[: product.start].rstrip())
    mends = product.group == "mechanical_electrical_supporting"  # who mends machines works in metal
    return OUTSIDE if served and not mends and not said.has(_MAKING) else product.group


def _are_parts(said: Said, products: list[Product]) -> bool:
    """Whether plastics are made as parts for industry; else they are goods for the home."""
    groups = {product.group for product in products}
    plastics = [product for product in products if product.group == "consumer_export_goods"]
    return (
        bool(plastics)
        and all("nhựa" in product.name for product in plastics)
        and groups <= {"consumer_export_goods", "mechanical_electrical_supporting"}
        and (len(groups) == 2 or said.has(_PARTS))
    )


def makes_something(spelled: str) -> bool:
    """Whether the spelled text names a product of industry and does not speak of selling or growing it."""
    said = Said(spelled, spelled, accented=True)
    products = find_products(said, fuzzy=False)
    return any(product.group != OUTSIDE for product in products) and not said.has(_SELLING)
