"""Reads answers that are one of a few named values."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.corrections import corrected, of_today, present
from bot.answers.lexicon import load
from bot.answers.said import Said
from bot.answers.yes_no import negated, plain_side
from bot.language.spelling import lenient

LEAVE = "leave"


@cache
def _patterns(question: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {str(value): tuple(map(lenient, patterns)) for value, patterns in load("choices")[question].items()}


def mentioned(question: str, spelled: str) -> list[str]:
    """The values that *spelled* names, in order of mention and each once; the longest match wins, a denied one is out."""
    return list(dict.fromkeys(value for _, _, value in _places(question, spelled) if value))


def _places(question: str, spelled: str) -> list[tuple[int, int, str]]:
    matches = sorted(
        (
            (match.start(), match.end(), value)
            for value, patterns in _patterns(question).items()
            for pattern in patterns
            for match in pattern.finditer(spelled)
        ),
        key=lambda found: (found[0] - found[1], found[0]),
    )
    kept: list[tuple[int, int, str]] = []
    for start, end, value in matches:
        if not any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            kept.append((start, end, "" if negated(spelled, start, end) else value))
    return sorted(kept)


def read_condition(said: Said) -> Answer | None:
    """Whether the machine is new or used."""
    said = present(corrected(said))
    if said.has("(?:có thể|có khi|lúc|khi) (?:là )?(?:mới|cũ).*(?:có thể|có khi|lúc|khi) (?:là )?(?:mới|cũ)"):
        return NOT_UNDERSTOOD
    places = _places("machine.condition", said.spelled)
    opposite = {"new": "used", "used": "new"}
    denied = [
        opposite[value]
        for start, end, value in _all("machine.condition", said.spelled)
        if negated(said.spelled, start, end)
    ]
    found = list(dict.fromkeys([value for _, _, value in places if value] or denied))
    if len(found) == 2 and (only := _only("mua|lấy|chọn|đi|dùng|xài|thôi", said, found, "machine.condition")):
        return Answer(understood=True, value=only)
    return _one(found)


def _all(question: str, spelled: str) -> list[tuple[int, int, str]]:
    return [
        (match.start(), match.end(), value)
        for value, patterns in _patterns(question).items()
        for pattern in patterns
        for match in pattern.finditer(spelled)
    ]


def _only(_: str, said: Said, found: list[str], question: str) -> str | None:
    """Of two values, the one that is chosen after "nên": "mới thì mắc quá nên mua cũ"; or before a reason."""
    so = said.find("nên|thôi thì|đành|chắc (?:mua|lấy|kiếm|chọn|chơi)|quyết(?: định)?")
    if so:
        after = mentioned(question, said.spelled[so.end() :])
        return after[0] if len(after) == 1 else None
    why = said.find(r"(?:vì|tại|chứ|do|bởi vì|tại vì)")
    if why:
        before = mentioned(question, said.spelled[: why.start()])
        return before[0] if len(before) == 1 else None
    pricey = said.find(
        r"mới(?: [^\W\d_]+)? (?:đắt|mắc|nhiều tiền|không đủ tiền|không có tiền|không nổi)(?: [^\W\d_]+)?"
    )
    return "used" if pricey and question == "machine.condition" else None


def read_bought(said: Said) -> Answer | None:
    """True, False or "deposit"."""
    said = present(corrected(said))
    if said.has("(?:trả|bán) lại(?: máy)? rồi|(?:bỏ|rút|mất) cọc|(?:hủy|huỷ) (?:đơn|cọc)"):
        return NOT_UNDERSTOOD
    if said.has("(?:máy|cái|con) này (?:thì )?(?:chưa|không)(?! (?:biết|nhớ))"):
        return Answer(understood=True, value=False)
    places = _places("machine.bought", said.spelled)
    found = dict.fromkeys(value for _, _, value in places if value)
    if not found and any(not value for _, _, value in places):
        return Answer(understood=True, value=False)
    if "deposit" in found and LEAVE not in found:
        # Also "chưa mua, mới đặt cọc"; "chưa đặt cọc gì" was denied above.
        return Answer(understood=True, value="deposit")
    return NOT_UNDERSTOOD if LEAVE in found else _truth(found, said)


def read_own_capital(said: Said) -> Answer | None:
    """True, False or "loan"."""
    said = present(corrected(said))
    found = dict.fromkeys(mentioned("own_capital_ready", said.spelled))
    if "loan" in found and not (
        set(found) == {"loan", "True"} and said.has("không cần vay|khỏi vay|không vay|không phải vay")
    ):
        return Answer(understood=True, value="loan")
    if LEAVE in found:
        return NOT_UNDERSTOOD
    return _truth(found, said)


def _truth(found: dict[str, None], said: Said) -> Answer | None:
    """The one of "True" and "False" that was found, or plain yes and no."""
    sides = {value for value in found if value in ("True", "False")}
    if len(sides) > 1:
        return NOT_UNDERSTOOD
    if sides:
        return Answer(understood=True, value=sides.pop() == "True")
    side = plain_side(said)
    return None if side is None else Answer(understood=True, value=side)


_FIRST = ("converting", "unregistered", "foreign_enterprise", "branch")


_PLANNED = lenient(
    r"[,;]? ?(?:nhưng|mà|còn)? ?(?:sang năm|năm sau|mai mốt|sau này)(?: [^\W\d_]+){0,2} (?:lên|thành|mở|lập) .*"
)
"""A form that is only wished for: "hộ kinh doanh, sang năm lên công ty"."""


def read_legal_form(said: Said) -> Answer | None:
    """The legal form; what it is today when it was something else before."""
    said = present(corrected(said))
    said = said.part(_PLANNED.sub("", said.spelled))
    became = said.find(
        r"(?:giờ|hiện|nay|mới|đã|vừa|rồi)(?: [^\W\d_]+){0,3} (?:lên|thành|chuyển|là|qua|sang)"
        r"|(?:lên|thành|chuyển lên|chuyển thành|chuyển qua|chuyển sang|về lại|qua|sang) (?:công ty|doanh nghiệp|hợp tác xã|hộ|tổ hợp tác|trách nhiệm)"
        r"|(?:giờ|hiện|nay|năm ngoái|năm rồi|sau này|sau đó)(?: [^\W\d_]+){0,2} (?:có|được|làm|xin) giấy"
    )
    once = said.find(
        "hồi trước|trước kia|trước đây|lúc trước|hồi đó|hồi đầu|hồi xưa|mới đầu|lúc đầu|ban đầu|mấy năm trước|trước"
    )
    if became and once and once.start() < became.start():
        said = said.part(said.spelled[became.start() :])
    found = mentioned("legal_form", said.spelled)
    for value in _FIRST:
        if value in found:
            return Answer(understood=True, value=value)
    if any(value.startswith("cooperative") for value in found):
        # "tổ hợp tác 8 hộ": the households are its members.
        found = [value for value in found if value != "household_business"]
    return _one(found)


def read_activity(said: Said, makes: Callable[[str], bool]) -> Answer | None:
    """What the workshop does; *makes* tells whether a spelled text names something that is made."""
    said = corrected(of_today(said))
    found = mentioned("activity", said.spelled)
    if LEAVE in found:
        # "làm ăn" and "làm việc" name nothing that is made, only what else is said counts.
        found.remove(LEAVE)
    if "farming_only" in found and len(found) > 1 and said.has("rồi|sau đó|đem|để|xong"):
        found.remove("farming_only")  # what is grown is then worked on
    if "manufactures" in found and said.has("sản xuất (?:là |làm )?chính|(?:chủ yếu|chính)(?: là)? sản xuất"):
        return Answer(understood=True, value="manufactures")
    if "manufactures" in found and not {"processing", "services_only"} & set(found):
        # Who makes may also sell and grow: "trồng tiêu rồi chế biến", "vừa sản xuất vừa bán".
        return Answer(understood=True, value="manufactures")
    if len(found) > 1 and set(found) <= {"processing", "manufactures"}:
        return _one(found) if said.has("vừa|và|với|cả|cũng|lẫn|thêm") else Answer(understood=True, value="processing")
    if not found and makes(said.spelled):
        return Answer(understood=True, value="manufactures")
    return _one(found)


_HAD = lenient(
    r"(?:máy móc|máy|thiết bị|hội chợ|nhãn hiệu|thương hiệu|logo|đào tạo|dạy nghề|phòng trưng bày)(?: [^\W\d_]+){0,2}? "
    r"(?:thì (?:khỏi|thôi|bỏ|không|chưa|để sau|từ từ)|(?:thì )?(?:(?:đã|cũng|tôi|em|mình|nhà) )*(?:có|đủ|mua|làm)(?: đủ)? rồi)"
)
"""What is not needed: "máy thì có rồi", "hội chợ thì thôi"."""


def read_need(said: Said) -> Answer | None:
    """The programmes that were asked for, in order of mention."""
    said = corrected(said)
    said = said.part(_HAD.sub(" ", said.spelled))
    found = mentioned("need", said.spelled)
    if "fair_abroad" in found and "fair_domestic" not in found and said.has("trong nước"):
        found.insert(found.index("fair_abroad"), "fair_domestic")
    return Answer(understood=True, value=found) if found else None


def _one(found: list[str]) -> Answer | None:
    if not found:
        return None
    if len(found) == 1:
        return Answer(understood=True, value=found[0])
    return Answer(understood=True, candidates=tuple(found))
