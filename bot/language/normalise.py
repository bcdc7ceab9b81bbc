"""Rewrites a message into plainly spelled Vietnamese, as far as that can be told without guessing."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bot.language.keystrokes import from_telex, from_vni
from bot.language.shorthand import ALWAYS, EDGE, IN_CONTEXT, NUMBER, PHRASES
from bot.language.syllable import analyse
from bot.language.text import fold, is_accented, nfc

# The number of a legal instrument ("45/2012/NĐ-CP") is one piece: its letters are no words of their own.
_PIECE = re.compile(
    r"\s+|(?i:(?:n[đd]|q[đd]|tt|nq|ttlt|ct)-[a-zđ]+)(?!\w)|\d+(?:[.,/:-]\d+)*%?|(?:[^\W_]|[\u0300-\u036f])+|.",
    re.DOTALL,
)
# A unit written against its number: "650tr", "8ng", "1ty2", "3củ rưỡi". Only these are split: "CNC5", "A4", "m2" stay.
_UNITS = "triệu|trieu|tr|tỷ|tỉ|ty|ti|tỏi|củ|cu|chai|người|nguoi|ng|cn|nv|lđ|ld|thợ|tho|ngàn|ngan|nghìn|nghin|k|usd|đô|vnđ|vnd|đồng|dong|đ|kg|vc|nam|nữ|nu|máy|may|cái|cai"
_GLUED = re.compile(rf"(?<![^\W\d_])(\d+(?:[.,]\d+)*)({_UNITS})(?=\d|\W|_|$)(\d+)?(?![^\W\d_])", re.IGNORECASE)
_RUN = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_DOUBLE = re.compile(r"([^\W\d_])\1", re.IGNORECASE)
_AS_TYPED = frozenset({"www", "moóc", "coóc", "soóc"})
_PASSES = 4


_SHORT = 3
_REMEMBERED = 64
"""One turn reads the same few texts in eight places."""


@lru_cache(maxsize=_REMEMBERED)
def normalise(text: str) -> str:
    """*text* in plain spelling: Telex and VNI leftovers, drawn-out letters, short forms and southern words replaced.

    The result is NFC with tone marks in their usual place. A word that means something as it stands is left alone,
    and a word that is typed without accents stays so: nothing is guessed.
    """
    current = nfc(text)
    for _ in range(_PASSES):
        following = _once(current)
        if following == current:
            break
        current = following
    return current


def _once(text: str) -> str:
    pieces = _PIECE.findall(_GLUED.sub(_unglue, text))
    vni = sum(from_vni(piece.lower(), sure=False) is not None for piece in pieces) > 0
    pieces = [_spell(piece, vni) if piece[:1].isalnum() else piece for piece in pieces]
    return nfc("".join(_expand(_join_phrases(pieces))))


def _unglue(match: re.Match[str]) -> str:
    return " ".join(part for part in match.groups() if part)


def _spell(word: str, vni: bool) -> str:
    lower = word.lower()
    if lower in ALWAYS or lower in IN_CONTEXT or lower.isdigit():
        return word
    spelled = _spelled(lower, vni)
    if spelled is None:
        return word
    if word.isupper() and len(word) > 1:
        return spelled.upper()
    return spelled[:1].upper() + spelled[1:] if word[:1].isupper() else spelled


@lru_cache(maxsize=8192)
def _spelled(word: str, vni: bool) -> str | None:
    """The usual spelling of the lower-case *word*; None when there is nothing to change or nothing to be sure of."""
    if typed := from_telex(word):
        return typed
    syllable = analyse(word) or from_vni(word, sure=vni)
    if syllable:
        return syllable.written()
    if whole := _with_its_n(word):
        return whole
    short = _cut(word)
    return short if short != word else None


def _with_its_n(word: str) -> str | None:
    """The word whose n was left out before its last letter: "tượg" → "tượng", "mìh" → "mình"; None when it is none.

    Short words without a mark are left alone: "log", "tag" and "ah" are words of their own.
    """
    if word[-1:] not in ("g", "h") or not (is_accented(word) or len(word) > _SHORT):
        return None
    whole = analyse(f"{word[:-1]}n{word[-1]}")
    return whole.written() if whole else None


def _cut(word: str) -> str:
    """*word* with drawn-out letters cut: "lămmmm" → "lăm", "quáaa" → "quá", "koo" → "ko"."""
    if not _DOUBLE.search(fold(word)) or word in _AS_TYPED or not word.strip("ivx"):
        return word
    drawn_out = bool(_RUN.search(fold(word)))
    kept = [word[0]]
    for char in word[1:]:
        # The tone mark is on one letter of the run only: "quáaa".
        if fold(char) != fold(kept[-1]) or char in "đ" or kept[-1] in "đ":
            kept.append(char)
        elif fold(kept[-1]) == kept[-1]:
            kept[-1] = char
    short = "".join(kept)
    # "kkk" is laughter and "cc" a curse: one letter alone is not what was drawn out.
    if len(short) == 1:
        return word
    if short in ALWAYS or short in IN_CONTEXT:
        return short
    syllable = analyse(short)
    # A doubled letter alone may be a foreign word ("room"); with a mark on it, it is a slip ("rồii").
    if syllable and (drawn_out or is_accented(word)):
        return syllable.written()
    return _RUN.sub(r"\1", word)


def _join_phrases(pieces: list[str]) -> list[str]:
    words = [index for index, piece in enumerate(pieces) if piece[:1].isalnum()]
    for first, second in pairwise(words):
        key = (pieces[first].lower(), pieces[second].lower())
        if key in PHRASES and not "".join(pieces[first + 1 : second]).strip():
            pieces[first : second + 1] = [PHRASES[key]] + [""] * (second - first)
    return pieces


def _expand(pieces: list[str]) -> list[str]:
    neighbours = [_neighbour(piece) for piece in pieces]
    solid = [index for index, piece in enumerate(pieces) if piece.strip()]
    expanded = list(pieces)
    for place, index in enumerate(solid):
        word = pieces[index].lower()
        if word in ALWAYS:
            expanded[index] = _like(pieces[index], ALWAYS[word])
            continue
        previous = neighbours[solid[place - 1]] if place else EDGE
        following = neighbours[solid[place + 1]] if place + 1 < len(solid) else EDGE
        for reading in IN_CONTEXT.get(word, ()):
            if reading.fits(previous, following):
                expanded[index] = _like(pieces[index], reading.meaning)
                break
    return expanded


def _neighbour(piece: str) -> str:
    if piece[:1].isdigit():
        return NUMBER
    folded = fold(piece)
    return folded if folded[:1].isalnum() else EDGE


def _like(typed: str, meaning: str) -> str:
    """*meaning* with a capital where one letter or more was typed so at the start of a sentence."""
    return meaning[:1].upper() + meaning[1:] if typed[:1].isupper() and not typed.isupper() else meaning
