"""Turns the southern ways to say no without a "không" into plain ones: "có giấy gì đâu" → "không có giấy gì"."""

from __future__ import annotations

import re
from functools import cache, partial

from bot.answers.said import POLITE, Said
from bot.language.spelling import lenient, spell

_W = r"[^\W\d_]+"
_END = rf"(?=(?:\s+(?:{POLITE}|hết trơn|ráo|trọi|ráo trọi|cả|mà|nghe|nữa|trơn|gì))*\s*(?:[,;.!?\n(]|$))"
_START = (
    r"(?:(?<=[,;.!\n:])|^)\s*(?:(?:dạ|thưa|ủa|bậy|trời|ối|nè|em|tôi|anh|chị|tụi tôi|bên em|bên tôi|nhà em|xưởng em|nào giờ"
    r"|xưa giờ|trước giờ|hồi giờ|ừ|à|ờ|thì|mà|chứ|làm nhỏ lẻ|nhà làm lai rai|nhà làm)\s+)*"
)
_KNOWING = "biết|nhớ|rõ|ngờ|hiểu|hay|nắm|rành"
_DENYING = "không|chưa|đâu|chẳng|nào có|làm gì có"
_THING = rf"(?P<x>(?!{_DENYING}){_W}(?: {_W}){{0,3}}?)"
# What is denied, x, is said again behind plain words; what only carried the denial is left out.
_FORMS = (
    # "lo gì nổi"
    (r"(?:lo|kham|xoay|chịu|kiếm) (?:gì|sao|đâu) (?:mà )?(?P<x>nổi|ra)", "không lo"),
    # "có gì đâu mà giấu", "có gì phải ngại"
    (rf"có (?:gì|chi) (?:đâu )?(?:mà |phải |để )+(?P<x>{_W})", "không có gì phải"),
    # "có giấy gì đâu", "có ai cho đồng nào đâu", "có bao giờ bị đâu"; "có lần đầu" and "ở đâu" are something else
    (rf"có (?P<x>(?:{_W} ){{1,8}}?)đâu(?: mà {_W}(?: {_W})?)?{_END}", "không có"),
    # "từ đời nào tới giờ có đăng ký gì"
    (
        rf"(?:tới giờ|đến giờ|nào giờ|xưa giờ|hồi giờ|trước giờ)(?: {_W}){{0,2}}? có (?P<x>{_W}(?: {_W}){{0,2}}?) (?:gì|chi|ai){_END}",
        "không có",
    ),
    # "làng nghề gì đâu", "mua gì đâu"
    (rf"{_START}(?!có){_THING} (?:gì|chi|ai) đâu", "không"),
    # "đã mua đâu", "thi đậu đâu"
    (rf"đã (?P<x>{_W}(?: {_W}){{0,2}}?) đâu{_END}", "chưa"),
    # "đủ đâu mà đủ", "giấy tờ đâu mà có", "tiền đâu ra", "cũ gì mà cũ"
    (rf"{_START}(?!có|làm gì){_THING} (?:đâu ra|(?:đâu|gì|chi) mà {_W})", "không"),
    # "chớ sản xuất gì", "chứ khu gì"
    (rf"(?:chứ|{_START}cho) (?!có|còn|sao|gì|ai){_THING} (?:gì|chi|nào)(?: (?:nổi|được|ra))?{_END}", "không"),
    # "sao mà cho coi được", "ai lại cho coi", "dễ gì cho"
    (
        r"(?:sao mà|sao|ai mà|ai lại|ai dại|dễ gì|đời nào|dại gì|tội gì|mắc gì)(?: (?:mà|lại|dám|phải))*"
        rf" (?P<x>(?:cho|có|đủ|chịu|dám|bán)(?! (?:{_KNOWING}|không))(?: {_W})?)(?! {_W} (?:không|chưa))",
        "không",
    ),
)
_NOT_RHETORIC = (
    r"(?:tại|vì|làm|không|chứ|hay|thì) sao|sao (?:cũng|không|phải|lại|lâu|kỳ)|ai cũng|đâu cũng|ở đâu|đi đâu vậy"
)

_AGAIN = lenient(r"(?:gì|chi) mà (?P<said>[^\W\d_]+)$")
"""Only what is said twice is denied by "gì mà": "cũ gì mà cũ", not "làm ăn gì mà chậm"."""
_PLACE = r"(?:.*\W)?(?:lần|ở|ban|bắt|từ|chỗ)"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((lenient(pattern), spell(plain)) for pattern, plain in _FORMS)


def plainly(said: Said) -> Said:
    """*said* with its rhetorical denials put as "không …" or "chưa …"."""
    spelled = said.spelled
    for pattern, plain in _forms():
        spelled = pattern.sub(partial(_denied, plain), spelled)
    return said if spelled == said.spelled else said.part(spelled)


def _denied(plain: str, match: re.Match[str]) -> str:
    again = lenient(rf".* (?:gì|chi) mà (?P<again>{_W})").fullmatch(match.group())
    if again and again["again"] not in match["x"].split():
        return match.group()  # "cũ gì mà cũ" denies; "làm ăn gì mà chậm" complains
    denied = lenient(rf"(?:.*\W)?(?:{_DENYING})").fullmatch(match.string[: match.start()].rstrip())
    if denied or lenient(_NOT_RHETORIC).search(match.group()) or lenient(_PLACE).fullmatch(match["x"].strip()):
        return match.group()
    again = _AGAIN.search(match.group())
    if again and again["said"] not in match["x"].split():
        return match.group()
    before = match.string[match.start() : match.start("x")]
    # What leads up to the denial ("dạ", "xưởng em") stays; the word that denies is replaced.
    lead = before if lenient(_START).fullmatch(before) else ""
    return f"{lead}{plain} {match['x'].strip()}"
