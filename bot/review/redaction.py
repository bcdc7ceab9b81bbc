"""Takes out of a sentence what could name a person or a workshop; rather too much than too little."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.language import fold, nfc

GONE = "…"
"""Stands where something was taken out; the normaliser and the n-grams pass over it."""
LONGEST = 300
"""Characters that are kept: what is asked stands at the beginning."""
_SHOUTED = 0.6
"""Share of capitals from which a capital no longer tells a name."""

_UPPER = "A-ZĐÀ-ÖØ-ÞĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_CAPITAL = rf"[{_UPPER}]\w*"
_DIGIT = (
    "(?:không|khong|hông|một|mot|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|lam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin|linh|lẻ)"
)
_FAMILY = (
    "nguyễn|nguyen|trần|tran|lê|le|phạm|pham|hoàng|hoang|huỳnh|huynh|phan|vũ|vu|võ|vo|đặng|dang|bùi|bui|đỗ|do|hồ|ho|ngô|ngo"
    "|dương|duong|lý|ly|trương|truong|đinh|dinh|đoàn|doan|trịnh|trinh|mai|đào|dao|cao|lương|luong|tạ|ta|phùng|phung|lâm|lam"
)
_ME = "tôi|toi|em|mình|minh|tui|mk|anh|chị|chi|con|cháu|chau"
_KIN = f"{_ME}|ông|ong|bà|ba|cô|co|chú|chu|bác|bac|dì|di|cậu|cau|thầy|thay"
_NO_NAME = (
    "muốn|muon|hỏi|hoi|ở|o|tại|tai|làm|lam|có|co|xin|cần|can|là|la|sản|san|đang|dang|nhà|nha|số|so|sdt|sđt|sinh|tuổi|nè|ne"
    "|đây|day|thì|thi|và|va|mua|bên|ben|không|khong|gì|gi"
)
_FIRM = (
    "công ty|cong ty|cty|doanh nghiệp|doanh nghiep|dntn|xưởng|xuong|cơ sở|co so|htx|hợp tác xã|hop tac xa|tiệm|tiem"
    "|hộ kinh doanh|ho kinh doanh|hkd"
)
_STREET = "đường|duong|phố|hẻm|hem|ngõ|ngách|ngach|kiệt|kiet"
_NAME_WORDS = rf"(?!(?:{_NO_NAME})\b)[^\W\d]+(?:\s+(?!(?:{_NO_NAME})\b)[^\W\d]+){{0,3}}"


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Where a pattern has a group `out`, only that is taken out; the words around it are what shows it for a name.
_ALWAYS = (
    _any_case(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|vn|net|org|info|me)(?:\.vn)?(?:/\S*)?(?!\w)"),
    _any_case(r"\S+@\S+|(?<!\w)@\w+"),
    _any_case(r"\bKC[- ]?\d+"),
    _any_case(r"\b\d{2}[- ]?[A-Z]\d?[- .]?\d{3}[. ]?\d{2}\b"),
    _any_case(r"\+?\d(?:[ .()–-]{0,2}\d){7,}(?!\d|\s*(?:đ|đồng|dong|vnđ|vnd)\b)"),
    _any_case(rf"\b{_DIGIT}(?:[\s,.]+{_DIGIT}){{6,}}\b"),
    _any_case(r"\b(?:sinh|sn)\s*(?:ngày|ngay|năm|nam)?\s*(?P<out>\d[\d/.-]*)"),
    _any_case(r"\b(?:số nhà|so nha|nhà số|nha so|lô|thửa)\s*(?P<out>[a-z]?\d+[\w/-]*)"),
    _any_case(rf"\b(?:{_STREET})\s+(?:số\s+|so\s+)?(?P<out>\d+[\w/-]*)"),
    _any_case(rf"\b(?P<out>\d+[\w/-]*)[\s,]+(?:{_STREET})\b"),
    _any_case(
        rf"\b(?:(?:tên|ten)\s+(?:(?:của|cua)\s+)?(?:{_ME})(?:\s+(?:là|la))?|(?:{_ME})\s+(?:tên|ten)(?:\s+(?:là|la))?"
        rf"|(?:tên|ten)\s+(?:là|la))\s+(?P<out>{_NAME_WORDS})"
    ),
    _any_case(rf"\b(?P<out>(?:{_FAMILY})\s+(?:văn|van|thị|thi)(?:\s+(?!(?:{_NO_NAME})\b)[^\W\d]+){{1,2}})"),
)
_BY_CAPITALS = (
    re.compile(rf"\b(?P<out>(?=[{_UPPER}])(?i:{_FAMILY})(?:\s+{_CAPITAL}){{1,3}})"),
    re.compile(rf"\b(?i:{_KIN})\s+(?:(?i:là|la)\s+)?(?P<out>{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}})"),
    re.compile(
        rf"\b(?i:{_FIRM})(?:\s+(?!(?i:ở|o|tại|tai)\b)[^\W\d{_UPPER}]\w*){{0,3}}\s+(?P<out>{_CAPITAL}(?:\s+{_CAPITAL})*)"
    ),
    re.compile(rf"\b(?i:{_STREET})\s+(?P<out>{_CAPITAL}(?:\s+{_CAPITAL})*)"),
)
_GAPS = re.compile(rf"{GONE}(?:[\s,.;:–-]*{GONE})+")
_WORD = re.compile(r"\w+")


def redacted(text: str, names: Iterable[str] = ()) -> str:
    """*text* in one line without phone numbers, addresses, links, names and the like; *names* are those known to us.

    Empty when nothing is left that says anything.
    """
    line = " ".join(nfc(text)[:LONGEST].split())
    for name in names:
        line = _without_name(line, name)
    for pattern in _ALWAYS if _shouted(line) else (*_ALWAYS, *_BY_CAPITALS):
        line = pattern.sub(_taken_out, line)
    line = _GAPS.sub(GONE, line).strip()
    return line if any(map(str.isalpha, line)) else ""


def _taken_out(match: re.Match[str]) -> str:
    if "out" not in match.re.groupindex:
        return GONE
    whole, start = match[0], match.start()
    return whole[: match.start("out") - start] + GONE + whole[match.end("out") - start :]


def _without_name(line: str, name: str) -> str:
    """*line* without the words of *name*, with or without their diacritics."""
    wanted = _WORD.findall(fold(name))
    words = list(_WORD.finditer(line))
    for place in range(len(words) - len(wanted), -1, -1):
        here = words[place : place + len(wanted)]
        if wanted and [fold(word[0]) for word in here] == wanted:
            line = line[: here[0].start()] + GONE + line[here[-1].end() :]
    return line


def _shouted(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _SHOUTED * len(letters)
