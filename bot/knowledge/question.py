"""Reads what kind of question a policy question is: about a figure, in two parts, or going on from the last one."""

from __future__ import annotations

import re

from bot.language import fold, normalise, tokens

_HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|bao nhiu|bn|nhieu tien|duoc nhieu|cho nhieu|may (?:tram|chuc|phan tram|trieu|ty|dong|tien|lan)|"
    r"phan tram)\b"
)
_FIGURE = re.compile(
    rf"{_HOW_MUCH.pattern}|\b(?:toi da|toi thieu|muc (?:chi|ho tro|tran|giup|tien|thuong|toi)|so tien|"
    r"con so|tran (?:ho tro|la)|ty le|tien (?:thuong(?! mai)|ho tro)|trieu|ty dong)\b|\d\s*%"
)
_JOINT = re.compile(
    r"\s*(?:[?;\n]+|,?\s+(?:và|với lại|còn|rồi|va|voi lai|con|roi)\s+(?:cho\s+(?:hỏi|hoi)\s+)?(?="
    r"(?:hồ sơ|ho so|giấy tờ|giay to|thủ tục|thu tuc|nộp|nop|xin|đăng ký|dang ky|ai |điều kiện|dieu kien|"
    r"bao lâu|bao lau|bao nhiêu|bao nhieu|mức|muc|cần|can|có|co|được|duoc|phải|phai|ở đâu|o dau|khi nào|khi nao|"
    r"đi hội chợ|di hoi cho|máy|may|thời hạn|thoi han|thời gian|thoi gian|hạn|liên hệ|lien he|gặp|gap)\b))\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:bao nhieu|bao lau|thu tuc|ho so|giay to|dieu kien|gi|nao|sao|dau|ai|khong|ko|hong|hok|k|chua|may|nhu the nao|the nao|khi nao|bn|nhiu|vay)\b"
)
_GOES_ON = re.compile(
    r"^(?:a|u|o|da|the|vay|the con|vay con|con|con neu|neu|the thi|vay thi|roi|roi con|the neu|vay neu|nhung)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:cai (?:do|nay|kia)|khoan (?:do|nay)|vu (?:do|nay)|loai (?:do|nay)|cho do|the thi sao|thi sao|vay sao|"
    r"nhu vay|cu the hon|ro hon|chi tiet hon|noi them|them di|tai sao)\b"
)
_FAIR = re.compile(r"\b(?:hoi cho|ho cho|trien lam|khao sat|giao thuong|gian hang)\b")
_ABROAD = re.compile(
    r"\b(?:(?:o|ben|qua|sang|di|tai|nuoc) (?:duc|thai|nhat|han|my|phap|uc|nga|lao|trung|tau|sing)"
    r"(?= ?(?:$|[?.,!]|(?:co|duoc|dc|thi|khong|ko|hong|khuyen|nha|minh|toi|tui|em|ai|cho|ho|phai)\b))"
    r"|thai lan|nhat ban|han quoc|trung quoc|hong kong|dai loan|campuchia|cam pu chia|lao quoc|viengchan|vieng chan"
    r"|singapore|malaysia|indonesia|philippines|myanmar|an do|hoa ky|chau au|chau my|chau phi|dubai|a rap|ha lan|tay ban nha"
    r"|bangkok|bang coc|tokyo|osaka|seoul|bac kinh|thuong hai|quang chau|quang tay|nam ninh|con minh|frankfurt|milan|paris"
    r"|london|moscow|mat xco va|sydney|las vegas|new york|phnom penh|nam vang)\b"
)
"""Countries and cities abroad to which a workshop may be taken. Short names only after a word of going or being there, and
not where they begin a name of ours: Thái Nguyên, Mỹ Phước, Lào Cai."""
_NOT_THAT = re.compile(
    r"(?:(?:da|a|o|ua|uay|khong|ko|hong|hok|k) )*"
    r"(?:(?:khong|ko|hong|hok|k|dau) phai(?: (?:cai|y|cau|chuyen|vu) (?:do|nay|ay|kia))?(?: (?:vay|the|dau|roi|y (?:toi|em|tui|minh)(?= *$)))?"
    r"|(?:tra loi |noi |hieu )?(?:sai|nham|lam|lac de|lech)(?: y)?(?: (?:toi|em|tui|minh))? roi|(?:hieu|tra loi) (?:sai|nham|lam)"
    r"|(?:hoi mot dang|hoi 1 dang)(?: (?:tra loi|noi) mot neo)?"
    r"|(?:toi|em|tui|minh|anh|chi)? ?(?:dau co|co) hoi (?:cai|cau|chuyen|vu|y)? ?(?:do|nay|ay)(?: dau)?)"
    r"(?: (?:a|ah|ban|ad|bot|oi|nha|nhe|dau|ma|(?:em|anh|chi)(?=(?: oi)? *$)))*"
)
_MEANT = re.compile(
    r"(?:(?:y )(?:cua )?(?:toi|em|tui|minh|anh|chi|chu|co|bac) (?:la|muon hoi|hoi|muon noi|noi|dang hoi)|"
    r"(?:toi|em|tui|minh|anh|chi|chu|co|bac|nguoi ta) (?:la )?(?:dang |muon |chi |can )*hoi)(?: (?:la|ve|cai|vu|chuyen|cho))* "
)
_NO = re.compile(r"(?:da )?(?:khong|ko|hong|hok|k|a|ua|y) ")
_SHORT = 5
"""A question of at most so many words that only asks an amount leans on what was said before."""
_LONGEST_FOLLOW_UP = 12


def asks_figure(text: str) -> bool:
    """Whether *text* asks for an amount, a share or another number."""
    return _FIGURE.search(fold(normalise(text))) is not None


def asks_how_much(text: str) -> bool:
    """Whether *text* puts the question for an amount or a share itself; "mua máy 400 triệu" only mentions one."""
    return _HOW_MUCH.search(fold(normalise(text))) is not None


def two_parts(text: str) -> list[str]:
    """The one or two questions that *text* holds, each to be answered; more than two are cut to two."""
    pieces = [piece.strip(" ,.") for piece in _JOINT.split(text)]
    parts = [piece for piece in pieces if len(piece.split()) > 1]
    asking = [part for part in parts if _ASKS.search(fold(normalise(part))) or asks_figure(part)]
    if len(asking) < 2:
        return [text]
    return asking[:2]


def with_abroad(text: str) -> str:
    """*text* with "ở nước ngoài" said where a foreign country or city is named with a fair: "hội chợ ở Đức"."""
    folded = fold(normalise(text))
    if not _FAIR.search(folded) or "nuoc ngoai" in folded:
        return text
    return f"{text.rstrip(' ?.!')} ở nước ngoài" if _ABROAD.search(folded) else text


def meant_instead(text: str) -> str | None:
    """What *text* says was meant, after an answer that missed: "không phải, ý em là máy cũ" gives "máy cũ".

    Empty when it only says that the answer missed; None when it says no such thing.
    """
    words = tokens(text)
    said = " ".join(word.folded for word in words) + " "
    refused = _NOT_THAT.match(said)
    if refused and not said[refused.end() :].strip():
        return ""
    rest = said[refused.end() :].lstrip() if refused else said
    meant = _MEANT.match(rest) or (None if refused else _MEANT.match(_NO.sub("", rest, count=1)))
    if meant is None or not (refused or rest.startswith("y ") or _NO.match(rest)):
        return None
    after = (rest if refused or not _NO.match(rest) else _NO.sub("", rest, count=1))[meant.end() :].split()
    return text[words[-len(after)].start :] if after else ""


def follow_up(text: str, last_title: str) -> str | None:
    """The full question when *text* only makes sense after *last_title*, the topic answered before; else None.

    "còn máy cũ thì sao?" after machinery becomes a question on machinery and used machines.
    """
    folded = " ".join(re.findall(r"\w+", fold(normalise(text))))
    words = folded.split()
    if not words or len(words) > _LONGEST_FOLLOW_UP:
        return None
    leans = _GOES_ON.search(folded) or _POINTS_BACK.search(folded)
    if leans or (len(words) <= _SHORT and asks_figure(text)):
        return f"{text.strip()} {last_title}"
    return None
