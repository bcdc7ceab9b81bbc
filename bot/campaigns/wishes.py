"""What somebody wants of our messages, out of their own words: none at all, some topics, or all again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bot.answers.said import hear
from bot.answers.unknown import asks
from bot.language import fold, normalise
from bot.programmes.source import read

_FILE = Path(__file__).with_name("topics.yml")


class Wanted(StrEnum):
    """What is wanted."""

    NOTHING = "nothing"
    ONLY = "only"
    """These topics and no others."""
    NOT = "not"
    """Everything but these topics."""
    ALL = "all"
    """Messages again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of our messages."""

    wanted: Wanted
    topics: tuple[str, ...] = ()


# "Dừng" and "đừng" fold to the same letters, and so do their misspellings without marks: both refuse.
_NO = r"(?:dung|khong|ko|kg|k|hong|hok|hem|khoi|ngung|ngung lai|huy|tat|chan|mien|cham dut|ket thuc)"
_NEWS = r"(?:tin nhan|tin tuc|tin gioi thieu|tin khuyen cong|(?<!thong )tin(?! tuong| hoc| chac| cay| dung)|thong bao|quang cao|mail|spam)"
_SEND = r"(?:gui|nhan tin|gui tin|nhan|nhac|bao|nt|ib|lam phien|quay ray|spam)"
_ME = r"(?:toi|tui|tao|em|minh|anh|chi|co|chu|bac)"
_MORE = r"(?:nua|nx)"
_REFUSES = (
    rf"\b{_NO}(?: \w+){{0,3}} {_NEWS}\b",
    rf"\b{_NO}(?: \w+){{0,2}} {_SEND}(?: \w+){{0,3}} {_MORE}\b",
    rf"\bbo (?:nhan |dang ky )+{_NEWS}\b",
    rf"\b(?:dung|khoi|thoi|ngung|mien|cam) {_SEND} (?:cho )?(?:{_ME}|{_MORE})\b",
    rf"\b{_SEND} (?:hoai|chi|lam chi|gi ma)\b.*\b(?:thoi|phien|nghi|dung|khoi|met|buc)\b",
    rf"\b(?:dung|khoi) phien(?: \w+){{0,3}} {_MORE}\b",
    rf"\b(?:phien|buc|met) qua\b.*\b{_NO}\b",
    r"\b(?:unsub|unsubscribe|opt ?out)\b|^(?:please )?stop(?: (?:sending|messages?|all|tin|gui|nhan)\b.*)?$",
    rf"\b(?:roi khoi|bo|xoa|go|loai|(?:cho|dua)(?= {_ME} ra))(?: {_ME})?(?: ra)?(?: khoi)? (?:danh sach|nhom nhan tin)\b",
    r"\b(?:rut|thu hoi) (?:lai )?(?:su )?dong y\b.*(?<!thong )\btin\b",
)
_RIGHT = re.compile(r"da dung|(?:da )?dung (?:roi|a|vay|the|that|qua)(?: (?:roi|a|vay|the|do|em|ban|nha))*")
"""Without marks more often "đúng rồi" than "dừng rồi"."""
# "Chị" is marked otherwise than "chỉ" and stands aside as "_": see `_as_meant`.
_NOT = r"(?:khong|ko|k|hong|hok|hem)"
_PLEASE = rf"(?:(?:thoi|a|ua|da|xin|xin phep|vui long|lam on|nha|noi|cho|muon|bot|_|{_ME}) )*"
_PARTICLES = rf"(?: (?:di|nha|nhe|nghe|nghen|a|ban|giup|gium|cai|ngay|lai|oi|luon|het|dau|roi|ma|ne|voi|that|cho|qua|_|{_MORE}|{_ME}))*"
_BARE = re.compile(
    rf"{_PLEASE}(?:dung|stop|ngung|huy|tat|chan|block|spam|unsub|unsubscribe|unfollow|ket thuc|cham dut|phien qua|tu choi"
    rf"|{_NOT} (?:quan tam|nhan(?: tin)?|theo doi)|(?:huy|bo) (?:theo doi|dang ky)|(?:go|xoa) {_ME} ra"
    rf"|(?:dung|ngung|khoi|mien|cam)(?: co)? {_SEND}){_PARTICLES}"
)
"""The whole of a message that, after one of ours, can only mean that it was not welcome."""
_FIRST = re.compile(rf"{_PLEASE}(?:khoi(?: can)?|{_NOT} (?:can|muon|co nhu cau)|im){_PARTICLES}")
"""The same of the first words after it; later they may refuse something else."""
_AT_ITS_END = re.compile(rf"\b(?:dung|ngung|khoi|mien|cam)(?: co)? {_SEND}{_PARTICLES}$")
"""The same, behind a reason: "không có nhu cầu, đừng nhắn"."""
_NOT_THIS = re.compile(
    r"\b(?:khong|ko|chua|k) (?:nhan|thay|doc|co|nghe) (?:duoc )?(?:tin|thong bao|gi)\b(?!.*\bnua\b)"
    r"|\b(?:khong|ko|chua|k) nhan duoc\b|\bdung tin\b"
    r"|\bkhong biet\b|\bho so\b|\bco (?:gui|nhan) (?:tin )?(?:khong|ko)\b"
)
"""Says that nothing came, or speaks of papers: no wish about messages."""
_ONLY = re.compile(
    rf"(?<!dia )(?<!anh )\bchi(?: muon| can| xin| thich)? (?:nhan|gui|lay|bao(?! nhieu| lau| gio)|nhan tin|quan tam|nghe)\b|\b{_NEWS} (?:ve )?.* thoi$"
)
_AGAIN = re.compile(
    rf"\b(?:nhan|gui|mo|bat|dang ky)(?: lai)? (?:nhan )?{_NEWS}(?: \w+){{0,3}} lai\b"
    rf"|\b(?:bat|mo|dang ky)(?: lai)?(?: nhan)? {_NEWS}\b|\bcho (?:toi|tui|em|minh) nhan tin\b"
)
_NAMES_NEWS = re.compile(rf"\b{_NEWS}\b")
"""Without marks "chi" is more often "chị": only with news named it limits them."""
_MARKED = {
    "dung": {"dừng", "đừng"},
    "chi": {"chỉ"},
    "thoi": {"thôi"},
    "nhan": {"nhận", "nhắn"},
    "huy": {"hủy", "huỷ"},
    "tat": {"tắt"},
    "chan": {"chặn", "chán"},
    "bao": {"báo"},
}
"""Words that other marks make other words: "dùng", "đúng", "thời", "chị", "nhãn"."""
_SPELT = {"gởi": "gửi", "đừn": "đừng"}
_LONGEST = 160
"""Letters from which a message is a story, not a wish."""


@cache
def topic_words(path: Path = _FILE) -> Mapping[str, tuple[str, ...]]:
    """The folded words by which people name each topic; `ContentError("file:line: what")`."""
    return {key.text(): value.texts() for key, value in read(path).pairs()}


def read_wish(text: str, *, after_ours: bool = False, first: bool = False) -> Wish | None:
    """The wish that *text* tells for certain, else None.

    *after_ours* when a campaign's message came not long before, *first* when nothing was said since.
    """
    words = [_SPELT.get(word, word) for word in re.findall(r"\w+", normalise(text).lower())]
    folded = " ".join(map(_as_meant, words))
    if not folded or len(folded) > _LONGEST or ("dung" in words and _RIGHT.fullmatch(folded)):
        return None
    if (after_ours and _BARE.fullmatch(folded)) or (first and _FIRST.fullmatch(folded)):
        return Wish(Wanted.NOTHING)
    if _NOT_THIS.search(folded) or asks(hear(text)):
        return None  # "bạn không trả lời tin nhắn thì làm sao" is a question
    topics = _topics(" ".join("_" if word == "mấy" else fold(word) for word in words))
    refuses = any(re.search(pattern, folded) for pattern in _REFUSES) or bool(after_ours and _AT_ITS_END.search(folded))
    if topics and _ONLY.search(folded) and (_NAMES_NEWS.search(folded) or "chỉ" in text.lower()):
        return Wish(Wanted.ONLY, topics)
    if refuses:
        return Wish(Wanted.NOT, topics) if topics else Wish(Wanted.NOTHING)
    return Wish(Wanted.ALL) if _AGAIN.search(folded) else None


def _as_meant(word: str) -> str:
    """The folded word; one whose marks make it another word than ours stands aside."""
    bare = fold(word)
    return bare if bare not in _MARKED or word == bare or word in _MARKED[bare] else "_"


def _topics(folded: str) -> tuple[str, ...]:
    return tuple(topic for topic, words in topic_words().items() if any(f" {word} " in f" {folded} " for word in words))
