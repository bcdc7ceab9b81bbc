"""Reads yes and no, in general and for each fact that has its own way of saying them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.corrections import corrected, present
from bot.answers.lexicon import load
from bot.answers.said import POLITE, Said, bare
from bot.language.spelling import lenient

NEGATION = "không|chưa|chẳng|chả|đâu|đâu có|đâu phải|không phải|chưa phải|không có|chưa có|không được|chưa được|không bị|chưa bị|không hề|chưa từng|chưa bao giờ|khỏi|đừng|không cần|chưa cần|làm gì"
"""Words that turn what follows into its opposite."""
_NEGATED = lenient(
    rf"(?:.*\W)?(?:{NEGATION})(?: (?:là|bị|hề|có|được|phải|bao giờ|từng|ai|mua|cần|đi|làm|xin|thuộc|nằm|hàng|máy|đồ|của|loại|dạng|một|cái|người|khu|vùng|xã|lên|thành lập|mở|chuyển|qua|sang|ở|trong|bán|lấy|chọn|dùng|muốn|thích|ham|đủ|sức|khả năng|điều kiện|tính|nghĩ|dám|kịp))*\s*"
)
_NEGATED_AFTER = lenient(
    r"(?: [^\W\d_]+){0,2} (?:thì|là|hiện|vẫn|còn|cũng|cái đó|vẫn còn|thì hiện)(?: (?:tôi|em|xưởng|vẫn|còn|lại))? (?:không|chưa)(?: có| làm| đâu)?(?:\W.*)?|\s+(?:đâu có|đâu|gì đâu)\W*|\s+(?:không|chưa) có(?: (?:gì|nữa|đâu|luôn|em|ạ|nha))*\W*"
)
_LEAD = (
    r"(?:(?:tôi|em|anh|chị|mình|bên em|bên tôi|bên mình|xưởng|nhà|nhà em|nhà tôi|cơ sở|hiện tại|hiện|hiện nay|hiện giờ|giờ|bây giờ|đến giờ|tới giờ|thì|vẫn|cũng|chắc"
    r"|chắc là|hình như|hình như là|nói chung|thực ra|thật ra|nói thật|nói thiệt|cái này|cái đó|vụ này|vụ đó|máy này|máy đó|trước giờ|xưa giờ|từ trước tới giờ|từ trước đến giờ|hồi giờ"
    r"|bậy|tầm bậy|trời|trời đất|ủa|ôi|nào giờ|hồi nào giờ|xưa nay|đúng là|đúng|nói thẳng|nói chung là|xưởng em|xưởng tôi|cơ sở em|cơ sở tôi|dạ|vâng|ừ|à|ờ|thưa|hoàn toàn|tuyệt đối|tất nhiên là|dĩ nhiên là|đương nhiên là|chắc chắn là|chắc chắn|còn|về|bên|hôm nay|năm nay|vụ|của|đang|theo tôi) )*"
)
_NO = (
    "không(?! (?:sao|thành vấn đề|vấn đề|ngại|phiền|hẳn|lo|biết|phải không|phải là không))|chưa(?! (?:hẳn|chắc|biết))|chẳng|chả|đâu có|đâu|làm gì có|có đâu|có gì đâu|no|nope|khỏi|thôi|sai"
    "|nào có|đời nào|còn lâu|còn khuya|mơ đi|mơ à|dạ không|hổng|0|n|ứ (?:thèm|chịu|cần|được)|never|miễn|từ chối|huỷ|hủy|bỏ"
)
_YES = (
    "ừa|okela|okla|oklah|okk|quá (?:đúng|chuẩn|phải)|(?:thật|thiệt) vậy|chắc vậy|(?:cần|muốn|thích)(?= (?:chứ|lắm|quá|mà)|$)|có(?! (?:\\d+ (?!lần|cái|chỗ|xưởng|giấy|năm|máy|giải|món|bộ|dây|đợt|loại|nơi|cơ)|lẽ|thể|khi|lúc|vẻ|cái|điều|gì|ai|phải|nên|biết|đâu|người|mà như không|chưa|không))|rồi|đã(?= (?:có|rồi|xong|được)|$)|ừ|ờ|ừm|phải|phải rồi|đúng|chuẩn|chính xác|ok|oke|okie|oki|okay|okê|ô kê|ôkê|yes|yep|yeah|ye|yup|vâng|đồng ý|được"
    "|nhất trí|chắc cú|chắc mẩm|chắc chắn|dĩ nhiên|tất nhiên|đương nhiên|hẳn|chịu|sẵn sàng|xong|y|chứ sao(?: nữa)?|sao không|chứ còn gì|chứ gì|đúng vậy|vâng ạ|chắc có|👍|✅|right|true|uk|sure|nhận|gật"
)
_MIXED = lenient(
    "(?:lúc|khi|cái|năm|chỗ|hồi|người|nửa|vừa) (?:có|thì có) (?:lúc|khi|cái|năm|chỗ|hồi|người|nửa|vừa) (?:không|chưa|thì không)|có (?:lúc|khi|cái|người|chỗ) (?:có|được)?.*(?:không|chưa)|có lẽ|có thể|cũng có thể|không hẳn|chưa hẳn|tuỳ|sao cũng được"
    "|không phải (?:là )?(?:không|chưa)|không thể(?: nào)? (?:không|chưa)|có cũng như không|để (?:sau|mai|khi khác|bữa khác|hôm khác|lúc khác)|lát nữa|hôm khác|sau này tính|từ từ|nửa nọ nửa kia|vừa có vừa không|có hay không|sao cũng được|gì cũng được"
)
_TURN = lenient(r"(?:à|ủa|ý|quên|lộn|nhầm)\W+(?:mà |lại |quên )?(?=(?:có|rồi|không|chưa)(?!\w))")
_BUT_NO = lenient(
    r".*(?:nhưng|mà|song|tuy nhiên|chỉ có điều)(?: [^\W\d_]+){0,4} (?:không|chưa|hết hạn)(?! (?:nhiều|thường xuyên|đáng kể|đều|lớn|to|mới|quan trọng|sao|bao nhiêu|xa|đẹp|đắt)).*"
)
_LED = lenient(r"\W*(?:dạ )?(?:(?P<no>không|chưa|đâu có)|có|rồi|có rồi)(?: (?:chứ|ạ|nha|em|á))?[,;.]")
"""The answer before its reasons: "có chứ, không giấy ai cho làm"."""
_MOST_WORDS = 14
_HISTORY = frozenset({"prior_support_same_item", "violations", "typical.prior_certificate"})
"""Questions about what has ever been, to which "hồi trước có" is an answer."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The patterns that decide one question.

    *leave* means that it must be asked again; *drop* is taken out first as it speaks of something else; *surely_no* and
    then *surely_yes* decide whatever else is said.
    """

    yes: tuple[re.Pattern[str], ...]
    no: tuple[re.Pattern[str], ...]
    leave: tuple[re.Pattern[str], ...]
    drop: tuple[re.Pattern[str], ...]
    surely_no: tuple[re.Pattern[str], ...]
    surely_yes: tuple[re.Pattern[str], ...]


@cache
def _sides(question: str) -> Sides | None:
    sides = load("booleans").get(question)
    names = [field.name for field in fields(Sides)]
    return sides and Sides(**{name: tuple(map(lenient, sides.get(name, ()))) for name in names})


def read_yes_no(said: Said) -> Answer | None:
    """A plain yes or no; None when neither was said or both."""
    side = plain_side(said)
    return None if side is None else Answer(understood=True, value=side)


def read_fact(question: str, said: Said) -> Answer | None:  # noqa: PLR0911 (one return for each way to say it)
    """The yes-or-no fact *question*, by its own words first and by plain yes and no otherwise."""
    whole, said = said, corrected(said)
    if question not in _HISTORY:
        whole = said = present(said)
    sides = _sides(question)
    if sides is None:
        return read_yes_no(said)
    kept = _without_dropped(said, sides)
    if kept is None:
        return None
    said, whole = kept, _without_dropped(whole, sides) or kept
    for side, patterns in ((False, sides.surely_no), (True, sides.surely_yes)):
        if any(pattern.search(whole.spelled) for pattern in patterns):
            return Answer(understood=True, value=side)
    if any(pattern.search(said.spelled) for pattern in sides.leave) or _MIXED.search(said.spelled):
        return NOT_UNDERSTOOD
    found = sides_said(said.spelled, {True: sides.yes, False: sides.no})
    if len(found) == 1:
        return Answer(understood=True, value=found.pop())
    if found:
        led = _LED.match(said.spelled)
        return Answer(understood=True, value=not led["no"]) if led else NOT_UNDERSTOOD
    return read_yes_no(said)


def _without_dropped(said: Said, sides: Sides) -> Said | None:
    """*said* without what speaks of something else; None when only politeness is left."""
    for pattern in sides.drop:
        kept = pattern.sub(" ", said.spelled)
        if kept != said.spelled and lenient(rf"\W*(?:(?:{POLITE}|làm)\W*)*").fullmatch(kept):
            return None
        said = said.part(kept)
    return said


def sides_said(spelled: str, patterns: dict[bool, tuple[re.Pattern[str], ...]]) -> set[bool]:
    """Which sides the patterns find, longest match first, each turned round when it is negated."""
    matches = sorted(
        (
            (match.start(), match.end(), side)
            for side, all_ in patterns.items()
            for p in all_
            for match in p.finditer(spelled)
        ),
        key=lambda found: found[0] - found[1],
    )
    taken: list[tuple[int, int]] = []
    found = set()
    for start, end, side in matches:
        # Two patterns at the very same words are two readings of them: unaccented "ba em" is mother or father.
        if any((start, end) != other and start < other[1] and other[0] < end for other in taken):
            continue
        taken.append((start, end))
        found.add(side != negated(spelled, start, end))
    return found


def negated(spelled: str, start: int, end: int) -> bool:
    """Whether what stands between *start* and *end* is denied by the words before it or by "thì chưa" after it."""
    # Unmarked "dung" is "đúng" rather than "đừng".
    before = re.sub(r"\bdung\b", "", re.split(r"[,;.:!\n]", spelled[:start])[-1])
    after = re.split(r"[,;.!\n]", spelled[end:])[0]
    # "không mới gì đâu": the "đâu" says the same denial again.
    denies_itself = bool(lenient(rf"(?:{NEGATION})").match(spelled[start:end]))
    return bool(_NEGATED.fullmatch(before)) or (not denies_itself and bool(_NEGATED_AFTER.fullmatch(after)))


def plain_side(said: Said) -> bool | None:
    """True for yes, False for no, None when the text says neither, both, or too much else."""
    turn = list(_TURN.finditer(said.spelled))
    spelled = said.spelled[turn[-1].end() :] if turn and turn[-1].start() > 0 else said.spelled
    if _MIXED.search(spelled):
        return None
    words = bare(spelled) or spelled.strip()
    # Polite words are cut from the ends of an answer, but alone they are the answer: "dạ", "thôi".
    for text in (words, re.sub(r"\s+", " ", re.sub(r"[^\w👍✅]+", " ", spelled)).strip()):
        if len(text.split()) > _MOST_WORDS:
            return None
        if lenient(rf"{_LEAD}(?:{_NO})(?: .*)?").fullmatch(text):
            return False
        if lenient(rf"{_LEAD}(?:{_YES})(?: .*)?").fullmatch(text):
            return None if _BUT_NO.fullmatch(text) else _yes_unless_no(text)
    if (sign := _by_sign(said.typed)) is not None:
        return sign
    return True if lenient(rf"\W*dạ(?:\W+(?:{POLITE}))*\W*").fullmatch(spelled) else None


def _yes_unless_no(text: str) -> bool:
    """As in "ừ chưa", "dạ không": the assent only shows that the question was heard."""
    rest = lenient("(?:dạ|vâng|ừ|ờ|ừm|đúng|phải|phải rồi|đúng rồi|ok)(?: là)?(?: thì)?").match(text)
    return not (rest and lenient(rf"\W*{_LEAD}(?:{_NO})(?: .*)?").fullmatch(text[rest.end() :].strip()))


def _by_sign(typed: str) -> bool | None:
    if any(sign in typed for sign in "👍✅👌🆗"):
        return True
    return False if any(sign in typed for sign in "👎❌") else None
