"""Takes thanks, greetings, the weather and complaints out of an answer: they say nothing about what was asked."""

from __future__ import annotations

import re

from bot.answers.said import POLITE, Said
from bot.language.spelling import lenient

_WHO = "anh chị|anh|chị|em|bạn|cô|chú|bác|cán bộ|bot|ad|admin|shop|quý vị|mọi người|nhiều|nhé|nha|ạ|nghe|lắm|trước"
_VERY = "quá|lắm|dữ|ghê|thiệt|thật|rồi|nữa|vậy|ta|hoài|quá trời|luôn|dữ thần|dữ vậy|muốn chết|rất nhiều|dễ sợ"
_TALK = lenient(
    rf"(?:xin )?cảm ơn(?: (?:{_WHO}))*|cám ơn(?: (?:{_WHO}))*|cảm tạ|thanks?(?: you)?|thank|tks|thanks|thnks|cam on(?: (?:{_WHO}))*"
    rf"|(?:xin )?chào(?: (?:{_WHO}))+|xin chào|hello|hi|alo+|a lô|tạm biệt|bye|chúc (?:anh|chị|em|bạn|cô|chú|bác|cán bộ|mọi người|quý vị)(?: [^\W\d_]+){{0,4}}|buổi (?:sáng|trưa|chiều|tối) vui vẻ|ngủ ngon"
    rf"|(?:hôm nay |bữa nay |nay |ngoài )?trời (?:(?:đang |lại |sắp )?(?:mưa|nắng|nóng|lạnh|âm u|oi|gió|bão|đất|ơi|đẹp|mát|tối))+(?: (?:to|lớn|{_VERY}))*"
)
_MOOD = lenient(
    rf"(?:hôm nay |bữa nay |nay )?(?:nóng nực|nóng|mệt|bận|buồn|chán|đói|đau đầu|nhức đầu|rầu|oải|mưa gió|kẹt xe|ngập nước|ngập)(?: (?:{_VERY}|ở|công chuyện))+"
    rf"|(?:bot|máy|hệ thống|tụi bây|mấy người|mấy anh chị|bên này)? ?(?:trả lời |nói |hỏi |làm )?(?:dở|chậm|lâu la|lòng vòng|rườm rà|phiền|phiền phức|tào lao|dở ẹc|nhảm|lung tung|vô duyên)(?: (?:{_VERY}))+"
    rf"|(?:sao )?lâu (?:quá|vậy|dữ|ghê)(?: (?:{_VERY}))*"
)
"""Looked for in accented text only: unmarked "ban ghe" is rather a table and chairs than "bận ghê"."""
_EMPTY = lenient(
    r"\W*(?:(?:ok|oke|okay|okie|okê|ô kê|dạ|vâng|ừ|ừm|à|ờ|thôi|rồi thôi|vậy thôi|được rồi|thì|mà|hôm nay|nay|bữa nay|ở đây)\W*)*"
)
_LAUGHTER = re.compile(r"(?<!\w)(?:k{3,}|(?:h[iaeêìá]){2,}|hj+)[ZSF]?(?!\w)|[:=]\)+|\^_?\^")
_AROUND = re.compile(r"^[\s,;.!]+|[\s,;.!]+$")


def without_small_talk(said: Said) -> Said:
    """*said* without its small talk; empty when there was nothing else, "ok cảm ơn" among it."""
    spelled = _LAUGHTER.sub(" ", _TALK.sub(" ", said.spelled))
    if said.accented:
        spelled = _MOOD.sub(" ", spelled)
    if spelled == said.spelled:
        return said
    rest = _AROUND.sub("", re.sub(r"\s+", " ", spelled))
    polite = lenient(rf"\W*(?:(?:{POLITE})\W*)*")
    return said.part("" if _EMPTY.fullmatch(rest) or polite.fullmatch(rest) else rest)
