"""What a person typed, in the forms that the readers look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language import is_mostly_unaccented, nfc, normalise
from bot.language.spelling import lenient, spell

_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: *typed* is cleaned only, *spelled* is normalised and ready for `lenient` patterns."""

    typed: str
    spelled: str
    accented: bool
    """False when most words carry no mark, so that "nam" may be năm and "may" may be máy."""

    def has(self, pattern: str) -> bool:
        """Whether the lenient *pattern* stands anywhere in the answer."""
        return bool(lenient(pattern).search(self.spelled))

    def find(self, pattern: str) -> re.Match[str] | None:
        """The first place of the lenient *pattern*, in `spelled`."""
        return lenient(pattern).search(self.spelled)

    def is_all(self, pattern: str) -> bool:
        """Whether the whole answer, marks and politeness aside, is the lenient *pattern*."""
        return bool(lenient(pattern).fullmatch(bare(self.spelled)))

    def part(self, spelled: str) -> Said:
        """The same person's words cut down to *spelled*."""
        return Said(self.typed, spelled, self.accented)


@lru_cache(maxsize=1024)
def hear(text: str) -> Said:
    """Takes in what was typed; anything after the first 600 characters is left out."""
    cleaned = nfc(text[:_LONGEST]).strip()
    cleaned = _signs(cleaned)
    # "dạ … ạ" is typed with accents by many who type nothing else so.
    accented = not is_mostly_unaccented(_PARTICLES.sub(" ", cleaned.lower()) or cleaned)
    return Said(cleaned, spell(_in_common_words(normalise(cleaned)), accented=accented), accented=accented)


_UNCOMMON = {"mần": "làm", "đki": "đăng ký", "đky": "đăng ký"}
"""Regional and shortened words that the normaliser leaves as they are."""
_UNCOMMON_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_UNCOMMON)})(?!\w)", re.IGNORECASE)


def _in_common_words(text: str) -> str:
    return _UNCOMMON_WORD.sub(lambda match: _UNCOMMON[match.group().lower()], text)


_SIGNS = (
    (re.compile(r"[→⟶⇒]|->|=>"), "-"),
    (re.compile(r">=|≥"), " ít nhất "),
    (re.compile(r"<=|≤"), " không quá "),
    (re.compile(r">(?=\s*\d)"), " hơn "),
    (re.compile(r"<(?=\s*\d)"), " dưới "),
    (re.compile(r"(\d+)\s?\+(?!\s*\d)"), r" hơn \1 "),
)


def _signs(text: str) -> str:
    """*text* with the signs of comparison that people type in words."""
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    return text


_PARTICLES = re.compile(r"(?<!\w)(?:dạ|ạ|à|ừ|vâng|nhé|đc|nghỉ)(?!\w)")
POLITE = (
    r"dạ|thưa|vâng dạ|ạ|à|ah|nha|nhé|nhe|nghen|nghe|hen|hén|đó|đấy|á|ha|hà|vậy|rứa|nè|luôn|thôi|hết|cả|hết trơn|trơn"
    r"|em ơi|anh ơi|chị ơi|bạn ơi|ơi|ad|admin|shop|bot|em|anh|chị|anh chị|cán bộ|chú|cô|bác|cháu|con|tôi|mình"
)
"""Words that say only how something is said."""
_MARKS = re.compile(r"[^\w%]+")


def bare(spelled: str) -> str:
    """*spelled* with punctuation turned into single spaces and polite words cut from both ends."""
    words = _MARKS.sub(" ", spelled).strip()
    head, tail = lenient(rf"(?:{POLITE})"), lenient(rf"(?:{POLITE})")
    changed = True
    while changed and words:
        first, last = words.split(" ", 1), words.rsplit(" ", 1)
        changed = False
        if len(first) > 1 and head.fullmatch(first[0]):
            words, changed = first[1], True
        elif len(last) > 1 and tail.fullmatch(last[1]):
            words, changed = last[0], True
    return words
