"""Reads how many regular workers a workshop has."""

from __future__ import annotations

import re

from bot.answers.amounts import AmountFinder, Quantity, Reading, several
from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.corrections import corrected, of_today
from bot.answers.numbers import Bounds, NumberReader, lexemes
from bot.answers.said import Said
from bot.language.spelling import lenient

_PEOPLE = (
    "(?:anh em |chị em |thợ |lao động |nhân viên |công nhân |nhân công |người )?"
    "(?:người|lao động|thợ|công nhân|nhân viên|nhân công|nhân sự|nhân khẩu|nam|nữ|đứa|mạng|lính|chủ|sếp|kế toán|quản lý|bảo vệ"
    "|phụ|phụ việc|học việc|tài xế|anh em|chị em|vợ chồng|cha con|mẹ con|ba con|bà con|ông|bà|cô|chú|anh|chị|em|con|cháu"
    "|văn phòng|xã viên|thành viên|tay thợ|nghệ nhân|kỹ thuật|bán hàng|giao hàng|người nhà|người làm|chính thức|thường xuyên)"
)
_NOT_PEOPLE = (
    r"năm(?! (?:người|thợ))|tháng|ngày|tuần|giờ|tiếng|tuổi|máy|cái|chiếc|triệu|tỷ|tỏi|củ|đồng|nghìn đồng|xưởng|cơ sở|chỗ|m2|m|mét"
    r"|km|%|phần trăm|lần|tấn|kg|ký|dây chuyền|căn|phòng|lò|sản phẩm|đơn|khách|mẫu|loại|nghề|hecta|ha|sào|k|đô|usd|bộ|dàn|ca|tổ|nhóm|chuyền|kíp"
)
_FILLERS = (
    "bữa|thôi|à|nha|nhé|nhe|gì|là|hoặc|hay|với|và|cùng|trở|hơn|ạ|làm|lận|mấy|có|hết|rồi|chẵn|đổ|cả|tính|ở|trong|chứ|hà|luôn|nữa|đó|đấy|á|thì|mà|nhưng|còn|bạn|mem|tay|thầy"
    "|thằng|trai|gái|tổng|tất|kể|gồm|bao gồm|bình thường|thường|mùa|vợ|chồng|mướn|thuê|thêm|đang|trước|giờ|hiện|lúc|khi|nhân|mới|đúng|cộng|tròn|được|không|dư|ha|nè|vậy|mạng|lao công|sinh viên|thời vụ|ngoài|từ|này|quanh|chưa|theo|đến|tới|dưới|trên|đồng bào|là cùng|là nhiều|ít"
)
_SEASONAL = (
    "thời vụ|mùa vụ|theo mùa|part time|parttime|bán thời gian|công nhật|tạm thời|cộng tác viên|khoán|thuê thêm|mướn thêm"
    "|tuyển thêm|tính tuyển|sắp tuyển|sẽ tuyển|kêu thêm|lấy thêm|làm thêm|tăng ca|nghỉ hè|sinh viên"
)
_BUSY = "tết|cuối năm|cao điểm|lúc đông|mùa cưới|khi đông|đông khách|nhiều hàng|nhiều đơn|đông hàng|hàng nhiều|rộ|vào mùa|tới mùa|có đơn"
_BY_TURNS = r"(?:lúc|bữa|khi|hôm|tháng)(?: [^\W\d_]+){0,2} \d+.*(?:lúc|bữa|khi|hôm|tháng)(?: [^\W\d_]+){0,2} \d+"
_GROUPS = "ca|tổ|nhóm|xưởng|cơ sở|chuyền|kíp|đội|chi nhánh"
_ALONE = (
    "(?:có |chỉ |chỉ có |mỗi )?(?:một|1) mình(?: (?:tôi|em|anh|chị|mình|ên))?|(?:có |chỉ |chỉ có )?mình (?:tôi|em|anh|chị|ên)"
    "|mỗi (?:tôi|mình tôi|mình em|mình|em)|(?:chỉ |chỉ có )(?:tôi|em)|tự (?:tôi|mình|em) làm|(?:tôi|em|mình) tự làm|mình ên|tôi làm (?:một|1) mình"
)
_ME = "tôi|em|anh|chị|mình|tao|tớ"
_MATE = (
    "vợ|chồng|bà xã|ông xã|vợ tôi|chồng tôi|thằng con|con trai|con gái|đứa con|em trai|em gái|anh trai|má|mẹ|ba|cha|bố"
)
_COUPLE = "vợ chồng"
_ELDERS = "ông bà(?: già| nội| ngoại)?|ba má|cha mẹ|ba mẹ|bố mẹ|tía má"
_ONE_MORE = "thằng con|con trai|con gái|đứa con|em trai|em gái|đứa em|thằng em|đứa cháu|thằng cháu|bà già|ông già"
_FAMILY = "tôi|em|anh|chị|mình|con|má|ông|bà|cô|chú|xã|nội|ngoại|già"
"""Nouns after which an unmarked word may be kin and no number: "ba em", "ba con", "hai ba con"."""
_JOIN = r"(?:với|và|cùng|cùng với|cộng|cộng với|thêm|\+|,|cộng thêm)"
_NONE = (
    "(?:không|chưa) (?:có |thuê |mướn )?(?:ai|người nào|lao động nào|nhân công nào|thợ nào|nhân viên nào|công nhân nào)"
    "|(?:không|chưa) có (?:nhân viên|lao động|nhân công|thợ|công nhân|người làm)"
)
_CLAUSE = re.compile(rf"[,;.+\n]|{lenient('còn|thêm|ngoài ra|với|và|chưa kể').pattern}")
_LIMIT = 100_000


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
    found = [quantity for quantity in _people(said) if named.match(said.spelled, quantity.end + 1)]
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
    found = _people(said)
    total = _total(said, found)
    if total:
        return total.answer()
    if len(found) == 2 and said.has(_BY_TURNS) and found[0].exact and found[1].exact:
        low, high = sorted((found[0].low, found[1].low))
        return Answer(understood=True, range=(low, high)) if low < high else None
    found = _whole_of_genders(said, found)
    regular = [quantity for quantity in found if not _is_seasonal(said, quantity, first=quantity == found[0])]
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
    if not regular or amount.low > _LIMIT:
        return amount.answer() if not regular else None
    if uncounted and amount.exact:
        return several([amount.low, amount.low + 1])
    return amount.answer()


def _people(said: Said) -> list[Quantity]:
    found = lexemes(said.spelled)
    reader = NumberReader(found, accented=said.accented)

    def read_one(index: int) -> Reading | None:
        if reader.word(index, "tầm") and index + 1 < len(found) and found[index + 1].is_digits:
            return None
        got = reader.read(index)
        if got is None or got[0].low.denominator > 1 or got[0].high.denominator > 1:
            return None
        return Reading(got[0], None, got[1])

    def resolve(reading: Reading, _: int | None) -> Bounds | None:
        return reading.bounds

    quantities = AmountFinder(said.spelled, found, read_one, resolve, _PEOPLE).all()
    return [quantity for quantity in quantities if _counts_people(said, quantity)]


def _counts_people(said: Said, quantity: Quantity) -> bool:  # noqa: PLR0911 (one return for each way to say it)
    before, after = said.spelled[: quantity.number].rstrip(), said.spelled[quantity.end :].lstrip()
    if lenient(_NOT_PEOPLE).match(after) and not (said.has("nữ") and lenient("nam").match(after)):
        return False
    if (
        lenient(r"(?:.*\W)?(?:năm|hồi|từ|tháng|ngày|quý)").fullmatch(before)
        and quantity.exact
        and 1900 < quantity.low < 2100
    ):
        return False
    if re.match(r"[^\W\d_]", after) and not lenient(
        rf"{_PEOPLE}(?! (?:chó|mèo|heo|gà|bò|vịt|trâu|máy|cá(?! (?:sáng|chiều|đêm|ngày|tối|\d))))|{_FILLERS}"
    ).match(after):
        return False
    if quantity.number and said.spelled[quantity.number - 1].isalpha():
        return False
    if quantity.low == 1 and lenient(r"(?:.*\W)?(?:triệu|đồng|nghìn|ngàn|tỷ|/)").fullmatch(before):
        return False
    if re.search(r"\d[/:]$", before) or re.match(r"[/:]\d", after):
        return False
    if lenient(r"(?:.*\W)?(?:tháng|ngày|mùng|quý|thứ|số|lương|đường|ấp|hẻm|tổ)").fullmatch(before) and not lenient(
        ".*ca ngày"
    ).fullmatch(before):
        return False
    if _may_be_kin(said, quantity, after):
        return False
    if lenient(r"(?:.*\W)?đợt").fullmatch(before):
        return False
    return quantity.low <= _LIMIT


def _may_be_kin(said: Said, quantity: Quantity, after: str) -> bool:
    """Whether an unmarked number word before kin is rather kin itself: "ba toi", "hai ba con lam"."""
    words = said.spelled[quantity.number : quantity.end].split()
    if words == ["nam"] and lenient("nữ").match(after):
        return True  # men and women, no five
    return bool(words) and words[-1] == "ba" and bool(lenient(f"(?:{_FAMILY})(?! người)").match(after))


def _whole_of_genders(said: Said, found: list[Quantity]) -> list[Quantity]:
    """*found* without the women of "15 người, có 6 nữ": they are among the fifteen."""
    gender = lenient("nữ|nam(?! nay)|phụ nữ|đàn bà|đàn ông|người nữ|người nam|thợ nữ")
    split = [quantity for quantity in found if gender.match(said.spelled, quantity.end + 1)]
    first = found[0] if found else None
    if len(split) == 1 and first and len(found) == 2 and split[0] == found[1] and split[0].low <= first.low:
        return [first]
    return found


def _is_seasonal(said: Said, quantity: Quantity, *, first: bool = False) -> bool:
    start = max((match.end() for match in _CLAUSE.finditer(said.spelled, 0, quantity.start)), default=0)
    # "tết thêm năm thời vụ": the word before "thêm" belongs to the same thought.
    lead = said.spelled[:start]
    after = _CLAUSE.search(said.spelled, quantity.end)
    clause = said.spelled[start : after.start() if after else len(said.spelled)]
    previous = re.split(r"[,;.\n]", lead)[-1]
    extra = lenient(r"thêm|cộng thêm").search(previous[-8:])
    if first:
        # "tôi với bà xã, mướn thêm 2 thợ": nobody was counted whom these would help out.
        clause = lenient("(?:thuê|mướn|kêu|lấy|làm) thêm").sub(" ", clause)
    return bool(
        lenient(_SEASONAL).search(clause)
        or lenient(_BUSY).search(said.spelled[start : quantity.start])
        or (extra and lenient(f"{_BUSY}|tuyển thêm" if first else f"{_SEASONAL}|{_BUSY}").search(previous))
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
        after = lenient(rf"(?:{_PEOPLE} )?(?:{whole})").match(said.spelled[quantity.end :].lstrip())
        if after and len(found) > 1:
            return quantity
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
        and lenient(rf"\W*(?:{_PEOPLE})?\W*(?:với|và|cùng|cộng) (?:{_ME})(?: nữa)?\W*").fullmatch(
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
