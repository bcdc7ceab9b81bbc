"""Reads how many regular workers a workshop has."""

from __future__ import annotations

import re

from bot.answers.amounts import Quantity, several
from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.corrections import corrected, of_today
from bot.answers.numbers import NumberReader, lexemes
from bot.answers.people import LIMIT, PEOPLE, is_seasonal, people, whole_of_genders
from bot.answers.said import Said
from bot.language.spelling import lenient

_BY_TURNS = r"(?:lúc|bữa|khi|hôm|tháng)(?: [^\W\d_]+){0,2} \d+.*(?:lúc|bữa|khi|hôm|tháng)(?: [^\W\d_]+){0,2} \d+"
_GROUPS = "ca|tổ|nhóm|xưởng|cơ sở|chuyền|kíp|đội|chi nhánh"
_ALONE = (
    "(?:có |chỉ |chỉ có |mỗi )?(?:một|1) mình(?: (?:tôi|em|anh|chị|mình|ên))?|(?:có |chỉ |chỉ có )?mình (?:tôi|em|anh|chị|ên)"
    "|mỗi (?:tôi|mình tôi|mình em|mình|em)|(?:chỉ |chỉ có )(?:tôi|em)|tự (?:tôi|mình|em) làm|(?:tôi|em|mình) tự làm|mình ên|tôi làm (?:một|1) mình"
)
_ME = "tôi|em|anh|chị|mình|tao|tớ"
_MATE = "vợ|chồng|bà xã|ông xã|vợ tôi|chồng tôi|thằng con|con trai|con gái|đứa con|em trai|em gái|anh trai|má|mẹ|ba(?! (?:người|đứa|thợ|bà|cô|chị|anh|ông|thằng|con|công|lao|nhân|chú|cháu|lính|bạn|phụ))|cha|bố"
_COUPLE = "vợ chồng"
_ELDERS = "ông bà(?: già| nội| ngoại)?|ba má|cha mẹ|ba mẹ|bố mẹ|tía má"
_ONE_MORE = "thằng con|con trai|con gái|đứa con|em trai|em gái|đứa em|thằng em|đứa cháu|thằng cháu|bà già|ông già"
_JOIN = r"(?:với|và|cùng|cùng với|cộng|cộng với|thêm|\+|,|cộng thêm)"
_NUMBER = r"\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy"
_NONE = (
    "(?:không|chưa) (?:có |thuê |mướn )?(?:ai|người nào|lao động nào|nhân công nào|thợ nào|nhân viên nào|công nhân nào)"
    "|(?:không|chưa) có (?:nhân viên|lao động|nhân công|thợ|công nhân|người làm)"
)


def read_employees(said: Said) -> Answer | None:
    """Regular workers, the owner among them when counted so; None when no number of people was said."""
    if not said.accented and (doubtful := _both_tam(said)):
        return doubtful
    return _read(said)


def find_employees(said: Said) -> int | None:
    """The one number of workers that a free message tells, said with a word for people; None when there is none."""
    if said.has("cho|đào tạo|dạy|cử|gửi|tuyển"):
        return None
    named = lenient("người|lao động|thợ|công nhân|nhân viên|nhân công|vợ chồng|người làm")
    found = [quantity for quantity in people(said) if named.match(said.spelled, quantity.end + 1)]
    last = named.match(said.spelled, found[-1].end + 1) if found else None
    if last is None or not all(quantity.exact for quantity in found):
        return None
    answer = _read(said.part(said.spelled[found[0].start : last.end()]))
    return answer.value if answer and isinstance(answer.value, int) else None


def _both_tam(said: Said) -> Answer | None:
    """Unaccented "tam muoi" is eighty or about ten: both are offered."""
    match = re.search(r"(?<!\bbay )\btam (?=(?:muoi|chuc|tram)\b)", said.spelled)
    if not match:
        return None
    eight = _read(said)
    about = _read(said.part(said.spelled[: match.start()] + said.spelled[match.end() :]))
    if eight and about and eight.value and about.value:
        return several([eight.value, about.value])
    return NOT_UNDERSTOOD


def _read(said: Said) -> Answer | None:  # noqa: PLR0911 (one return for each way to say it)
    said = of_today(corrected(said))
    groups = _grouped(said)
    if groups:
        return groups
    if _leaves(said):
        return None
    found = people(said)
    total = _total(said, found)
    if total:
        return total.answer()
    if len(found) == 2 and said.has(_BY_TURNS) and found[0].exact and found[1].exact:
        low, high = sorted((found[0].low, found[1].low))
        return Answer(understood=True, range=(low, high)) if low < high else None
    found = whole_of_genders(said, found)
    regular = [quantity for quantity in found if not is_seasonal(said, quantity, first=quantity == found[0])]
    if found and not regular:
        return None
    uncounted = said.has(
        r"(?:chưa|không) (?:tính|kể|gồm|bao gồm) (?:tôi|mình|em|chủ|anh|chị|ông chủ|bà chủ)|ngoài (?:tôi|em|chủ) ra|(?:tôi|em) là chủ"
    )
    implied = _implied(said, regular)
    if not regular and not implied and said.has("tự|mình|gia đình|nhà làm|tôi|em"):
        return None
    if not regular and not implied:
        return Answer(understood=True, value=0) if said.has(_NONE) else None
    amount = Quantity(implied, implied, 0, 0)
    for quantity in regular:
        amount = amount.plus(quantity)
    if not regular or amount.low > LIMIT:
        return amount.answer() if not regular else None
    if uncounted and amount.exact:
        return several([amount.low, amount.low + 1])
    return amount.answer()


def _leaves(said: Said) -> bool:
    """Whether somebody left and how many stay was not said: "10 thợ, mới nghỉ 3"."""
    gone = r"(?:nghỉ(?! (?:hưu|tết|trưa))|bỏ việc|thôi việc|xin thôi|cho thôi)"
    return said.has(
        rf"{gone}(?: [^\W\d_]+){{0,3}} (?:{_NUMBER})|(?:{_NUMBER})(?: [^\W\d_]+){{0,2}} (?:mới|vừa|đã|xin|đòi) {gone}"
    )


def _total(said: Said, found: list[Quantity]) -> Quantity | None:
    """The amount that is called the whole, or that "trong đó" or "gồm" breaks down."""
    whole = "tổng cộng|tổng|tất cả|hết thảy|cả thảy|cộng lại|tính hết|tổng số|tính ra|cả nhà|cả xưởng|tính chung"
    for quantity in found:
        before = said.spelled[: quantity.start].rstrip()
        if lenient(rf"(?:.*\W)?(?:{whole})(?: (?:là|có|thì|cũng|được|khoảng|tầm|chừng|cỡ|hết))*\s*:?").fullmatch(
            before
        ):
            return quantity
    for quantity in found:
        after = lenient(rf"(?:{PEOPLE} )?(?:{whole})").match(said.spelled[quantity.end :].lstrip())
        if after and len(found) > 1:
            return quantity
    if len(found) > 2 and all(quantity.exact for quantity in found):
        parts = [quantity.low for quantity in found]
        generic = lenient(
            r"(?:người|lao động|nhân viên|nhân sự|công nhân|anh em|đứa)?\s*(?:[,:;(.]|gồm|trong đó|thì|là)"
        )
        if parts[0] == sum(parts[1:]) and generic.match(said.spelled[found[0].end :].lstrip()):
            return found[0]  # "12 lao động, 7 nam 5 nữ"
    counted = lenient(
        r".*(?:tính|kể|gồm|cộng|cả|luôn|thêm)(?!\w).* (?:là|vị chi|thành|tổng)(?: (?:được|có|tổng|khoảng|chừng|cỡ|cũng))*|.*(?:tính|kể) (?:cả|luôn|thêm)(?!\w).* (?:được|có)"
    )
    if len(found) == 1 and counted.fullmatch(said.spelled[: found[0].start].rstrip()):
        return found[0]  # "tính cả tôi là 5"
    sums_up = lenient(r"(?:.*\W)?(?:là|thành|vị chi)")
    if (
        len(found) > 1
        and found[-1].exact
        and sum(quantity.low for quantity in found[:-1]) <= found[-1].low
        and sums_up.fullmatch(said.spelled[: found[-1].start].rstrip())
    ):
        return found[-1]  # "hai đứa em với tôi là 3"
    breakdown = said.find(r"trong đó|bao gồm|gồm|kể cả|tính luôn|tính cả|tính cả|:|\(")
    mark = breakdown or re.search(r"[:(]", said.spelled)
    before_mark = [quantity for quantity in found if mark and quantity.end <= mark.start()]
    return before_mark[-1] if len(before_mark) == 1 else None


def _implied(said: Said, regular: list[Quantity]) -> int:
    """People who are named and not numbered: "vợ chồng", "tôi với ba thợ"."""
    inside = [(quantity.start, quantity.end) for quantity in regular]
    people = 0
    joined = re.compile(rf"[,+]|{lenient(_JOIN).pattern}")
    couple = said.find(_COUPLE)
    if couple and any(end <= couple.start() <= end + 1 for _, end in inside):
        pass  # "hai vợ chồng": counted by its number
    elif (
        couple
        and regular
        and couple.end() < regular[0].start
        and not joined.search(said.spelled[couple.end() : regular[0].start])
    ):
        pass  # "vợ chồng con cái 4 người": the number is of them all
    elif couple:
        people += 2
    elif said.has(rf"(?:{_ALONE})(?! (?:với|và))") and not regular:
        people += 1
    elif said.has(rf"(?:{_ME}),? (?:{_JOIN} (?:{_MATE})|vợ|chồng|bà xã|ông xã)|(?:{_MATE}) (?:với|và|cùng) (?:{_ME})"):
        people += 2
    elif (
        regular
        and lenient(rf"(?:.*\W)?(?:{_ME}|chủ|ông chủ|bà chủ)\s*{_JOIN}\s*").fullmatch(said.spelled[: regular[0].start])
    ) or (
        regular
        and lenient(rf"\W*(?:{PEOPLE})?\W*(?:với|và|cùng|cộng) (?:{_ME})(?: nữa)?\W*").fullmatch(
            said.spelled[regular[-1].end :]
        )
    ):
        people += 1
    if regular or couple:
        joined_one = re.compile(
            rf"(?:,\s*|{lenient(_JOIN).pattern}\s+){lenient(f'(?:1 |một )?(?:{_ONE_MORE})').pattern}"
        )
        people += len(joined_one.findall(said.spelled)) if regular else 0
        people += 2 if said.has(rf"(?:{_ELDERS})(?= (?:với|và|cùng|phụ)|,)") else 0
    if not regular and not people and said.has("(?:cha|mẹ|má|bố) con"):
        people += 2
    return people


def _grouped(said: Said) -> Answer | None:
    """As in "2 ca, mỗi ca 10 người", "mỗi tổ 5 người, 3 tổ"."""
    each = said.find(rf"mỗi (?:{_GROUPS})")
    if not each:
        return None
    found = lexemes(said.spelled)
    reader = NumberReader(found, accented=said.accented)
    groups = size = None
    index = 0
    while index < len(found):
        got = reader.read(index)
        if got is None or not got[0].exact:
            index += 1
            continue
        bounds, index = got
        if reader.word(index, _GROUPS):
            groups = bounds
        elif found[index - 1].start > each.start() and size is None:
            size = bounds
    if groups is None or size is None:
        return None
    return Answer(understood=True, value=int(groups.low * size.low))
