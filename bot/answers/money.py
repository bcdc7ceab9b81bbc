"""Reads the answer to a question about money: per month or year, several machines, sums."""

from __future__ import annotations

import itertools
import re

from bot.answers.amounts import Quantity, several
from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.corrections import corrected, of_today
from bot.answers.dong import THINGS, MoneyFinder
from bot.answers.numbers import NumberReader, lexemes
from bot.answers.said import Said
from bot.language.spelling import lenient

_EACH = rf"mỗi (?:một |1 )?(?:{THINGS})|từng (?:{THINGS})|một (?:{THINGS}) (?:là|giá|khoảng|tầm|chừng|cỡ)|(?:máy|cái|chiếc) nào cũng"
_PER_THING = rf"(?:/|một|1|mỗi|trên|từng) ?(?:một |1 )?(?:{THINGS})"
_PER_YEAR = {
    2: "nửa năm|sáu tháng|6 tháng|mỗi nửa năm",
    4: r"mỗi quý|một quý|1 quý|hàng quý|/ ?quý|quý(?! \d)",
    1: "mỗi năm|một năm|1 năm|hàng năm|hằng năm|năm|cả năm|/ ?năm|trên năm|từng năm",
    12: "tháng nào cũng|mỗi tháng|một tháng|1 tháng|hàng tháng|hằng tháng|tháng|/ ?tháng|/ ?th|trên tháng|từng tháng|tháng nào cũng",
}
_NO_MULTIPLE = (
    "tháng (?:nào(?! cũng)|cao nhất|nhiều|ít|thấp|đông)(?: nhiều| ít| cao)?(?: nhất)?(?: thì| được| có| là)*|mỗi ngày|một ngày|1 ngày|hàng ngày|ngày|/ ?ngày|mỗi tuần|một tuần|1 tuần|hàng tuần|tuần|/ ?tuần|mỗi đơn|mỗi vụ|một vụ|mỗi lần"
    "|mỗi sản phẩm|mỗi chuyến|mỗi đợt|một đợt|mỗi ca|mỗi kg|mỗi tấn|mỗi lô|mỗi mẻ|/ ?kg|/ ?cái|một cái|mỗi cái"
)
_OTHER_FACT = {
    "annual_revenue": r"lời|lãi ròng|tiền lãi|lãi (?:được|khoảng|tầm|\d+|mỗi)|lợi nhuận|vốn|vay|nợ|lương|mua máy|máy|đầu tư|thuế|chi phí|tiền nhà|thuê mặt bằng|còn dư|dư ra",
    "total_capital": r"doanh thu|doanh số|lời|tiền lãi|lãi ròng|lợi nhuận|lương|bán được|mỗi tháng|thuế|nợ",
    "machine.price": r"doanh thu|doanh số|lời|tiền lãi|lãi ròng|lương|vốn|đặt cọc|cọc|trả trước|trả góp|mỗi tháng|hàng tháng|vay|hỗ trợ|đưa trước|thiếu|có sẵn",
    "demonstration.cost": r"doanh thu|doanh số|lời|tiền lãi|lãi ròng|lương|cọc|vay|xin hỗ trợ|hỗ trợ|mỗi tháng|có sẵn|bỏ ra trước",
}
_OWN_LABEL = {
    "annual_revenue": "doanh thu|doanh số|thu về|thu|bán được|bán",
    "total_capital": "vốn|tài sản|bỏ ra|đầu tư",
    "machine.price": "giá|giá máy|máy|mua|tiền máy|hết|tổng",
    "demonstration.cost": "chi phí|kinh phí|tổng|đầu tư|làm|hết",
}
_EXTRAS = "lắp đặt|công lắp|vận chuyển|tiền ship|ship|thuế|vat|phụ kiện|chuyên chở|bảo trì|bảo hiểm|công thợ"
_SORTS = lenient(
    r"(?:máy|hàng|cái|loại|đồ)(?: của)? (?:mới|cũ|nhật|hàn|tàu|trung quốc|đài loan|đức|ý|việt nam|nội|ngoại|tốt|xịn|thường|rẻ|nhập)"
)
"""One machine in several makes, of which one will be bought: "máy Nhật 300 triệu, máy Tàu 180"."""
_CLAUSE = re.compile(
    rf"[;\n]|,(?!\d)|\.(?!\d)|{lenient('nhưng|còn|mà').pattern}|(?={lenient('lợi nhuận|lời|lãi [0-9]+|lãi ròng|tiền lãi|doanh thu|đặt cọc').pattern})"
)


def read_money(question: str, said: Said) -> Answer | None:
    """The amount in VND that *said* gives for *question*; None when no amount of dong was said."""
    # "th" is how many write "tháng".
    said = said.part(re.sub(r"\bth\b", "thangS", said.spelled))
    said = of_today(corrected(said))
    if (
        said.has("mới mở|chưa có doanh thu|chưa bán được gì")
        and question == "annual_revenue"
        and not re.search(r"\d", said.spelled)
    ):
        return Answer(understood=True, value=0) if said.has("chưa có doanh thu|chưa bán được gì") else None
    if question == "total_capital" and said.has("vay|mượn") and len(MoneyFinder(said).all()) > 1:
        return None  # whether what was lent counts cannot be told
    said = _own_clauses(question, said)
    if not said.accented and (match := re.search(r"\btam (?=(?:muoi|chuc|tram|ti)\b)", said.spelled)):
        eight = _read(question, said)
        about = _read(question, said.part(said.spelled[: match.start()] + said.spelled[match.end() :]))
        if eight and about and eight.value and about.value:
            return several([eight.value, about.value])
    return _read(question, said)


def _read(question: str, said: Said) -> Answer | None:
    finder = MoneyFinder(said)
    found = finder.all()
    with_unit = [quantity for quantity in found if quantity.unit]
    if not with_unit and finder.foreign:
        return None
    chosen = with_unit or found
    if with_unit and question == "machine.price":
        # "một máy 300, máy kia 200 triệu": the price of each stands behind its machine.
        named = lenient(rf"(?:.*\W)?(?:{THINGS})(?: (?:này|kia|nọ|giá|là))*")
        chosen = [q for q in found if q.unit or named.fullmatch(said.spelled[: q.start].rstrip())]
    if question.startswith("machine") or question == "demonstration.cost":
        return _price(said, chosen)
    if question == "annual_revenue":
        return _revenue(said, chosen)
    return _sum_or_several(said, chosen)


def _own_clauses(question: str, said: Said) -> Said:
    """The clauses that are not about another sum: the profit beside the revenue, the deposit beside the price."""
    pieces, start = [], 0
    for match in _CLAUSE.finditer(said.spelled):
        pieces.append(said.spelled[start : match.end()])
        start = match.end()
    pieces.append(said.spelled[start:])
    other, own = lenient(_OTHER_FACT[question]), lenient(_OWN_LABEL[question])
    kept = [piece for piece in pieces if not other.search(piece) or own.search(other.sub(" ", piece))]
    if question == "machine.price" and said.has(_EACH):
        kept = pieces
    return said.part("".join(kept))


def _price(said: Said, found: list[Quantity]) -> Answer | None:  # noqa: PLR0911 (one return for each way to say it)
    if not found:
        return None
    pieces = _pieces(said, found)
    times = re.search(r"(?:\bx|\*)\s*(\d{1,2})\b", said.spelled) or re.search(r"\b(\d{1,2})\s*(?:x\b|\*)", said.spelled)
    if times and any(quantity.start <= times.start(1) < quantity.end for quantity in found):
        times = None  # "5 cái x 80tr": that is the price itself
    if times and len(found) == 1:
        return found[0].times(int(times.group(1))).answer()
    each = said.find(_EACH)
    single = lenient(rf"(?:.*\W)?(?:một|1) (?:{THINGS})(?: (?:là|giá|khoảng|tầm|cỡ|chừng))*")
    if len(found) > 1 and all(single.fullmatch(said.spelled[: quantity.start].rstrip()) for quantity in found):
        return _sum_or_several(said, found)  # "một cái 150 một cái 210"
    for quantity in found:
        per = lenient(_PER_THING).match(said.spelled[quantity.end :].lstrip())
        is_each = per or (each and 0 <= quantity.start - each.end() <= 12)
        if is_each and pieces:
            return quantity.times(pieces).answer()
        if is_each and len(found) == 1:
            return quantity.answer()
    if pieces and re.search(r"\bx\b|\*", said.spelled) and len(found) == 1:
        return found[0].times(pieces).answer()
    if pieces and len(found) == 1:
        again = lenient(rf".*[,;] ?(?:{THINGS})")  # "4 cái, cái 15 triệu"
        before = said.spelled[: found[0].start].rstrip()
        if single.fullmatch(before) or again.fullmatch(before):
            return found[0].times(pieces).answer()
    return _sum_or_several(said, found)


def _pieces(said: Said, found: list[Quantity]) -> int:
    """How many machines were named: "2 máy, mỗi máy 240tr"; 0 when none."""
    words = lexemes(said.spelled)
    reader = NumberReader(words, accented=said.accented)
    for index, lexeme in enumerate(words):
        if any(quantity.start <= lexeme.start < quantity.end for quantity in found):
            continue
        if reader.word(index - 1, "mỗi|/|từng"):
            continue
        if reader.word(index, "cặp|đôi") and reader.word(index + 1, THINGS):
            return 2
        got = reader.read(index)
        if got and got[0].exact and 2 <= got[0].low <= 100 and reader.word(got[1], THINGS):
            return int(got[0].low)
    return 0


def _revenue(said: Said, found: list[Quantity]) -> Answer | None:
    by_turns = r"tháng (?:thì |được |có |bán )*\d{2,}.*tháng (?:thì |được |có |bán )*\d{2,}"
    if said.has("tháng (?:nào )?(?:cao|nhiều|thấp|ít|đông) nhất") or said.has(by_turns):
        return None
    yearly: list[Quantity] = []
    monthly: list[Quantity] = []
    plain: list[Quantity] = []
    for quantity in found:
        factor = _per_year(said, quantity)
        if factor is None:
            continue
        (plain if factor == 0 else yearly if factor == 1 else monthly).append(
            quantity.times(factor) if factor > 1 else quantity
        )
    best = yearly or monthly or plain
    # "hai tỷ một năm, tháng ít tháng nhiều": the year's figure stands over the month's.
    return several_or_one(best)


def _per_year(said: Said, quantity: Quantity) -> int | None:
    """How many of the said period a year has; 0 when none was said, None when it cannot be told ("mỗi ngày")."""
    start = max((match.end() for match in re.finditer(r"[,;\n]", said.spelled[: quantity.start])), default=0)
    before, after = said.spelled[start : quantity.start].strip(), said.spelled[quantity.end :].lstrip()
    polite = r"(?:(?: |^)(?:vô|vào|kiếm được|bán được|tầm cỡ|trung bình|bình quân|chắc|chừng chừng|xưởng|nhà|mình|cơ sở|doanh số|lãi|thì|cũng|được|bán|thu|doanh thu|khoảng|tầm|chừng|cỡ|là|tôi|em|có|ra|về|độ|gần|bình quân|trung bình|làm|kiếm|tìm))*"
    for factor, words in ((None, _NO_MULTIPLE), *((f, w) for f, w in _PER_YEAR.items())):
        if lenient(rf"(?:một|1|mỗi|trên|/|hàng)? ?(?:{words})(?! (?:ngoái|rồi|nay|trước|qua|\d))").match(after) or (
            re.match(r"/\s*", after) and lenient(words).match(after.lstrip("/ "))
        ):
            return factor
        if lenient(rf"(?:.*\W)?(?:{words}){polite}").fullmatch(before) and not lenient(
            r".*(?:năm|tháng) (?:\d+|ngoái|rồi|nay)"
        ).search(before):
            return factor
    return 0


def _sum_or_several(said: Said, found: list[Quantity]) -> Answer | None:  # noqa: PLR0911 (one return for each way to say it)
    """One amount is the answer; parts joined by "với" or a comma and each named are added; else all are offered."""
    if len(found) < 2:
        return found[0].answer() if found else None
    if not all(quantity.exact for quantity in found):
        return None
    whole = "tổng cộng|tổng|tất cả|hết thảy|cả thảy|cộng lại|tính hết|tổng số|hết tất cả|trọn gói"
    for quantity in found:
        if lenient(rf"(?:.*\W)?(?:{whole})(?: (?:là|có|thì|cũng|được|khoảng|tầm|chừng|cỡ|hết|cộng))*\s*:?").fullmatch(
            said.spelled[: quantity.start].rstrip()
        ):
            return quantity.answer()
    if said.has("(?:không|chưa|nếu|đừng) (?:tính|kể|gồm|bao gồm|cộng)") or len(_SORTS.findall(said.spelled)) > 1:
        return several([quantity.low for quantity in found])
    if said.has("vay|mượn"):
        return None
    if said.has(_EXTRAS):
        return several([found[0].low, sum(quantity.low for quantity in found)])
    gaps = [said.spelled[a.end : b.start] for a, b in itertools.pairwise(found)]
    named = lenient(rf"(?:{THINGS}|nhà xưởng|xưởng|đất|kho|nguyên liệu|hàng|tiền mặt|lưu động|cố định|vốn|với|và|cộng)")
    if all(named.search(gap) or "+" in gap for gap in gaps):
        return Answer(understood=True, value=sum(quantity.low for quantity in found))
    return several([quantity.low for quantity in found])


def several_or_one(found: list[Quantity]) -> Answer | None:
    """The one amount, or all of them as candidates; None when there is none or when ranges compete."""
    if not found:
        return None
    if len(found) == 1:
        return found[0].answer()
    if all(quantity.exact for quantity in found):
        return several([quantity.low for quantity in found])
    return NOT_UNDERSTOOD
