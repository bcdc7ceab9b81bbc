"""Knows how a Vietnamese syllable is written: which letters can stand together and where its tone mark goes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.language.text import fold

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Telex letter → combining mark."""
TONE_KEYS = {mark: letter for letter, mark in TONES.items()}
"""Combining mark → Telex letter."""

_ONSETS = "ngh ng nh gh gi kh ch ph qu th tr b c d đ g h k l m n p r s t v x".split()  # noqa: SIM905 (read as a table)
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oat oay oc oe oen oeo oet oi om on ong op ot  oăc oăm oăn oăng oăt
    ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut  uân uâng uât uây uê uêch uênh uêu uy uya uych uyn uynh uyt uyu uyên uyêt uơ
    uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu yt ynh ych
    """.split()  # noqa: SIM905
)
_PLAIN_RIMES = frozenset(map(fold, _RIMES))
_PLAIN_ONSETS = tuple(dict.fromkeys(map(fold, _ONSETS)))
_MARKED = "ăâêôơư"
_VOWELS = "aeiouy" + _MARKED


@dataclass(frozen=True, slots=True)
class Syllable:
    """A written syllable in lower case: *onset*, *rime* with its hats and horns, *tone* as a Telex letter or ""."""

    onset: str
    rime: str
    tone: str

    def written(self) -> str:
        """The usual spelling, the tone where dictionaries of the old style put it: "hòa", "thủy", "được"."""
        if not self.tone:
            return self.onset + self.rime
        at = _tone_place(self.rime)
        return unicodedata.normalize("NFC", self.onset + self.rime[: at + 1] + TONES[self.tone] + self.rime[at + 1 :])


@lru_cache(maxsize=8192)
def analyse(word: str) -> Syllable | None:
    """The syllable that *word* (NFC, any case) spells, wherever its tone mark stands; None when it spells none."""
    tone, letters = "", ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in TONE_KEYS:
            if tone:
                return None
            tone = TONE_KEYS[char]
        else:
            letters += char
    bare = unicodedata.normalize("NFC", letters)
    return build(bare, tone)


def build(bare: str, tone: str) -> Syllable | None:
    """The syllable of toneless letters *bare* and *tone*, or None when Vietnamese has no such syllable."""
    for onset in (*_ONSETS, ""):
        rime = bare[len(onset) :]
        if bare.startswith(onset) and rime in _RIMES and _may_meet(onset, rime):
            if rime.endswith(("p", "t", "c", "ch")) and tone not in ("s", "j"):
                return None
            return Syllable(onset, rime, tone)
    return None


@lru_cache(maxsize=8192)
def is_plain_syllable(word: str) -> bool:
    """Whether *word*, written without any mark, could be a Vietnamese syllable ("duoc", "may", "khong")."""
    return any(
        word.startswith(onset) and word[len(onset) :] in _PLAIN_RIMES and _may_meet(onset, word[len(onset) :])
        for onset in (*_PLAIN_ONSETS, "")
    )


def _may_meet(onset: str, rime: str) -> bool:
    front = rime[0] in "eêiy"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return not front or rime.startswith("i")
    if onset == "qu":
        return rime[0] not in "uư"
    return rime not in ("yt", "ynh", "ych")


def _tone_place(rime: str) -> int:
    marked = [index for index, char in enumerate(rime) if char in _MARKED]
    if marked:
        return marked[-1]
    vowels = [index for index, char in enumerate(rime) if char in _VOWELS]
    if len(vowels) == 1:
        return vowels[0]
    closed = rime[-1] not in _VOWELS
    return vowels[-1] if closed else vowels[len(vowels) - 2]
