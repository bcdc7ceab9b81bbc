"""The words of a sentence as the finder looks at them, and how far a typed syllable agrees with a written one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from bot.language import fold, is_accented, is_mostly_unaccented, nfc, normalise, tokens
from bot.language.syllable import analyse, is_plain_syllable

_GLUED_NUMBER = re.compile(r"(q|quận|quan|p|f)(\d{1,2})", re.IGNORECASE)
_LAST_Y = re.compile(r"^([bcdghklmnpqrstvx]+u?)y$")
_SLIP = frozenset({"r", "x"})
"""Hỏi and ngã sound alike in the south and are written for each other."""


class Agreement(IntEnum):
    """How far the marks of a typed syllable agree with the written one; the letters are the same."""

    EXACT = 0
    PARTIAL = 1
    CONFLICT = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word: *text* with keystrokes spelled out, *key* for comparison, *gap* what stood before it."""

    start: int
    end: int
    text: str
    key: str
    gap: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a text; *accented* when enough of them carry marks for a missing mark to mean something."""

    words: tuple[Word, ...]
    accented: bool

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, index: int) -> Word:
        return self.words[index]


class Phrases:
    """Words that are looked for just before a position, the longest first."""

    def __init__(self, table: str) -> None:
        self._by_last: dict[str, list[tuple[tuple[str, str], ...]]] = {}
        for phrase in sorted((part.split() for part in table.split(",")), key=len, reverse=True):
            pairs = tuple((key(fold(written)), written) for written in phrase)
            self._by_last.setdefault(pairs[-1][0], []).append(pairs)

    def before(self, sentence: Sentence, end: int, *, strict: bool | None = None, after: int = 0) -> int:
        """How many words of a phrase end at position *end*, none of them before *after*; 0 for none.

        With *strict* (by default: in accented text) the marks must be there; a mark of another word never fits.
        """
        if not after < end <= len(sentence):
            return 0
        most = Agreement.EXACT if (sentence.accented if strict is None else strict) else Agreement.PARTIAL
        for phrase in self._by_last.get(sentence[end - 1].key, ()):
            start = end - len(phrase)
            if start >= after and all(
                word.key == wanted and agreement(word.text.lower(), written) <= most
                for word, (wanted, written) in zip(sentence.words[start:end], phrase, strict=True)
            ):
                return len(phrase)
        return 0


@lru_cache(maxsize=256)
def hear(text: str) -> Sentence:
    """The words of *text* (offsets into it), with "q12" taken apart."""
    found: list[Word] = []
    last = 0
    for token in tokens(text):
        glued = _GLUED_NUMBER.fullmatch(token.text)
        parts = [(token.start, token.end)]
        if glued:
            middle = token.start + glued.end(1)
            parts = [(token.start, middle), (middle, token.end)]
        for start, end in parts:
            spelled = _spelled(text[start:end])
            found.append(Word(start, end, spelled, key(fold(spelled)), text[last:start], spelled[:1].isupper()))
            last = end
    return Sentence(tuple(found), accented=not is_mostly_unaccented(text))


@lru_cache(maxsize=8192)
def key(folded: str) -> str:
    """*folded* with a last y as i, for "Mỹ" and "Mĩ"."""
    return _LAST_Y.sub(r"\1i", folded)


@lru_cache(maxsize=8192)
def _spelled(word: str) -> str:
    word = nfc(word)
    lower = word.lower()
    if len(word) < 3 or analyse(lower) or is_plain_syllable(lower):
        return word
    spelled = normalise(word)
    return spelled if analyse(spelled.lower()) else word


@lru_cache(maxsize=32768)
def agreement(typed: str, written: str) -> Agreement:
    """Compares two syllables of the same key, both in lower case."""
    if typed == written:
        return Agreement.EXACT
    mine, theirs = analyse(typed), analyse(written)
    if not is_accented(typed):
        return Agreement.PARTIAL
    if mine is None or theirs is None:
        return Agreement.CONFLICT
    same_letters = mine.onset == theirs.onset and key(mine.rime) == key(theirs.rime)
    if same_letters or (mine.onset == theirs.onset and {mine.rime, theirs.rime} == {"i", "y"}):
        if mine.tone == theirs.tone:
            return Agreement.EXACT
        return Agreement.PARTIAL if not mine.tone or {mine.tone, theirs.tone} == _SLIP else Agreement.CONFLICT
    hats_left_out = not is_accented(mine.onset + mine.rime)
    return Agreement.PARTIAL if hats_left_out and mine.tone == theirs.tone else Agreement.CONFLICT
