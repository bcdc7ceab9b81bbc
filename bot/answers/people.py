"""Finds the numbers of people in an answer, and which of them work all year."""

from __future__ import annotations

import re

from bot.answers.amounts import AmountFinder, Quantity, Reading
from bot.answers.numbers import Bounds, NumberReader, lexemes
from bot.answers.said import Said
from bot.language.spelling import lenient

_STAFF = (
    "giám đốc|phó giám đốc|quản đốc|tổ trưởng|tổ phó|trưởng nhóm|trưởng ca|kỹ sư|kế toán|thủ kho|thủ quỹ|thư ký|văn thư|quản lý|bảo vệ|tạp vụ"
    "|tài xế|lái xe|bốc xếp|bốc vác|phụ xe|đầu bếp|phụ bếp|bếp|thợ cả|phụ hồ|thiết kế|họa sĩ|tiếp thị|sale|giúp việc|làm công|học trò|đệ tử"
)
_KIN = (
    "anh em|chị em|vợ chồng|cha con|mẹ con|má con|ba con|bà con|hàng xóm|bạn|người quen|họ hàng|ông|bà|cô|chú|bác|dì|mợ|thím|cậu|dượng|anh|chị|em"
    "|con(?! (?:chó|mèo|heo|gà|bò|vịt|trâu|máy|dao))|cháu"
)
PEOPLE = (
    "(?:anh em |chị em |thợ |lao động |nhân viên |công nhân |nhân công |người |anh |chị |cô |ông |bà )?"
    "(?:người|lao động|thợ|công nhân|nhân viên|nhân công|nhân sự|nhân khẩu|nam|nữ|đứa|mạng|lính|chủ|sếp"
    f"|phụ|phụ việc|học việc|{_STAFF}|{_KIN}"
    "|văn phòng|xã viên|thành viên|tay thợ|nghệ nhân|kỹ thuật|bán hàng|giao hàng|người nhà|người làm|chính thức|thường xuyên)"
)
"""Nouns for people at work, as a lenient pattern."""
_NOT_PEOPLE = (
    r"năm(?! (?:người|thợ))|tháng|ngày|tuần|giờ|tiếng|tuổi|máy|cái|chiếc|triệu|tỷ|tỏi|củ|đồng|nghìn đồng|xưởng|cơ sở|chỗ|m2|m|mét"
    r"|km|%|phần trăm|lần|tấn|kg|ký(?! (?:sư|thuật))|dây chuyền|căn|phòng|lò|sản phẩm|đơn|khách|mẫu|loại|nghề|hecta|ha|sào|k|đô|usd|bộ|dàn|ca|tổ(?! (?:trưởng|phó))|nhóm(?! trưởng)|chuyền|kíp"
)
_FILLERS = (
    "bữa|thôi|à|nha|nhé|nhe|gì|là|hoặc|hay|với|và|cùng|trở|hơn|ạ|làm|lận|mấy|có|hết|rồi|chẵn|đổ|cả|tính|ở|trong|chứ|hà|luôn|nữa|đó|đấy|á|thì|mà|nhưng|còn|bạn|mem|tay|thầy"
    "|thằng|trai|gái|tổng|tất|kể|gồm|bao gồm|bình thường|thường|mùa|vợ|chồng|mướn|thuê|thêm|đang|trước|giờ|hiện|lúc|khi|nhân|mới|đúng|cộng|tròn|được|không|dư|ha|nè|vậy|mạng|lao công|sinh viên|thời vụ|ngoài|từ|này|quanh|chưa|theo|đến|tới|dưới|trên|đồng bào|là cùng|là nhiều|ít|part|thành|thành ra|vị chi|tết|tuổi"
)
_SEASONAL = (
    "thời vụ|mùa vụ|theo mùa|part time|parttime|bán thời gian|công nhật|tạm thời|cộng tác viên|khoán|thuê thêm|mướn thêm"
    "|tuyển thêm|tính tuyển|tính mướn|tính thuê|định tuyển|định mướn|muốn mướn|muốn tuyển|sắp mướn|sắp tuyển|sẽ tuyển|kêu thêm|lấy thêm|làm thêm|tăng ca|nghỉ hè|sinh viên"
)
_PLANS = r"(?:tính|định|muốn|sắp|sẽ)(?: [^\W\d_]+){0,2} (?:mướn|thuê|tuyển|kêu)(?: thêm)?"
_BUSY = "tết|cuối năm|cao điểm|lúc đông|mùa cưới|khi đông|đông khách|nhiều hàng|nhiều đơn|đông hàng|hàng nhiều|rộ|vào mùa|tới mùa|có đơn"
_FAMILY = "tôi|em|anh|chị|mình|con|má|ông|bà|cô|chú|xã|nội|ngoại|già"
"""Nouns after which an unmarked word may be kin and no number: "ba em", "ba con", "hai ba con"."""
_CLAUSE = re.compile(rf"[,;.+\n]|{lenient('còn|thêm|ngoài ra|với|và|chưa kể').pattern}")
LIMIT = 100_000


def people(said: Said) -> list[Quantity]:
    """Every number of people in the answer, in order."""
    found = lexemes(said.spelled)
    reader = NumberReader(found, accented=said.accented)

    def read_one(index: int) -> Reading | None:
        if reader.word(index, "tầm") and index + 1 < len(found) and found[index + 1].is_digits:
            return None
        if _is_gender(reader, index):
            return None
        got = reader.read(index)
        if got is None or got[0].low.denominator > 1 or got[0].high.denominator > 1:
            return None
        return Reading(got[0], None, got[1])

    def resolve(reading: Reading, _: int | None) -> Bounds | None:
        return reading.bounds

    quantities = AmountFinder(said.spelled, found, read_one, resolve, PEOPLE).all()
    counted = [quantity for quantity in quantities if _counts_people(said, quantity)]
    # "4 thợ với 3 xyz": who the three are cannot be told, so neither can the sum.
    strangers = [quantity for quantity in quantities if _may_be_people(said, quantity)]
    return [] if counted and strangers else counted


def _may_be_people(said: Said, quantity: Quantity) -> bool:
    """Whether what *quantity* counts is a word that nothing is known of."""
    after = said.spelled[quantity.end :].lstrip()
    written = said.spelled[quantity.number : quantity.end].isdecimal()
    return written and _is_strange(after) and not lenient(_NOT_PEOPLE).match(after)


def _is_gender(reader: NumberReader, index: int) -> bool:
    """Whether an unmarked "nam" is men and no five: "bay tho nam voi ba tho nu"."""
    if reader.found[index].text == "nam" and reader.word(index - 1, "hơn|bằng"):
        return any(lexeme.text == "nu" for lexeme in reader.found[:index])  # "nu nhieu hon nam"
    return (
        reader.found[index].text == "nam"
        and reader.word(index - 1, "thợ|người|nhân|động|viên|công")
        and not reader.word(index + 1, "người|thợ|công|lao|nhân|mươi|chục|trăm|đứa|sáu|bảy")
    )


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
    if _is_strange(after):
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
    return quantity.low <= LIMIT


def _is_strange(after: str) -> bool:
    """Whether the word *after* a number is no word for people nor one that may follow any number."""
    return bool(re.match(r"[^\W\d_]", after)) and not lenient(
        rf"{PEOPLE}(?! cá(?! (?:sáng|chiều|đêm|ngày|tối|\d)))|{_FILLERS}"
    ).match(after)


def _may_be_kin(said: Said, quantity: Quantity, after: str) -> bool:
    """Whether an unmarked number word before kin is rather kin itself: "ba toi", "hai ba con lam"."""
    words = said.spelled[quantity.number : quantity.end].split()
    if words == ["nam"] and lenient("nữ").match(after):
        return True  # men and women, no five
    return bool(words) and words[-1] == "ba" and bool(lenient(f"(?:{_FAMILY})(?! người)").match(after))


def whole_of_genders(said: Said, found: list[Quantity]) -> list[Quantity]:
    """*found* without the women of "15 người, có 6 nữ": they are among the fifteen."""
    gender = lenient("(?:người |thợ |công nhân |lao động |nhân viên )?(?:nữ|nam(?! nay))|phụ nữ|đàn bà|đàn ông")
    split = [quantity for quantity in found if gender.match(said.spelled, quantity.end + 1)]
    first = found[0] if found else None
    if len(split) == 1 and first and len(found) == 2 and split[0] == found[1] and split[0].low <= first.low:
        return [first]
    return found


def is_seasonal(said: Said, quantity: Quantity, *, first: bool = False) -> bool:
    """Whether the people of *quantity* only help out; *first* when nobody was counted before them."""
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
        or (extra and lenient(rf"{_BUSY}|tuyển thêm|{_PLANS}" if first else f"{_SEASONAL}|{_BUSY}").search(previous))
    )
