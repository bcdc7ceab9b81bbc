"""Compares words by how they are spelled, forgiving every mark that was not typed but none that was typed otherwise."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.language.text import nfc

# Marks become capitals and a tone moves to the end of its word: "được" is "dDuWoWcJ", so its place does not matter.
_QUALITY = {"\u0302": "A", "\u031b": "W", "\u0306": "W"}
# Hỏi and ngã share a letter: southern writers mix them ("đả mua", "máy củ").
_TONE = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "R", "\u0323": "J"}
_WORD = re.compile(r"[^\W\d_]+")
_FINAL_Y = re.compile(r"(?<=[hklmst])y(?=[SFRJ]?$)")
_SOURCE = re.compile(r"\\.|\(\?(?:P<\w+>|<?[=!]|:)|[^\W\d_]+| +")


@lru_cache(maxsize=65536)
def _spell_word(word: str) -> str:
    letters, tone = "", ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONE:
            tone = _TONE[char]
        elif char in _QUALITY:
            letters += _QUALITY[char]
        elif char == "đ":
            letters += "dD"
        elif not unicodedata.category(char).startswith("M"):
            letters += char
    return _FINAL_Y.sub("i", letters + tone)


def spell(text: str) -> str:
    """*text* in the form that patterns made by `lenient` are matched against; punctuation and digits stay."""
    return _WORD.sub(lambda match: _spell_word(match.group()), nfc(text))


@lru_cache(maxsize=4096)
def lenient(source: str) -> re.Pattern[str]:
    """A pattern of whole words for spelled text: *source* is a regular expression written in accented Vietnamese.

    A word matches when it was typed without marks, or without its tone, or without the stroke of its đ; never when
    it was typed as another word: "lầm" matches "lam", "lâm" and "lầm", not "làm". A space stands for any white space.
    Capitals are not used in *source*.
    """
    return re.compile(rf"(?<!\w)(?:{_SOURCE.sub(_forgive, nfc(source))})(?!\w)")


def _forgive(match: re.Match[str]) -> str:
    piece = match.group()
    if piece.startswith(("\\", "(")):
        return piece
    if piece.isspace():
        return r"(?:\s+)"
    spelled = _spell_word(piece).replace("D", "D?")
    toned = re.sub(r"([SFRJ])$", r"\1?", spelled)
    plain = re.sub(r"[AWSFRJ]", "", spelled)
    return toned if plain == toned.removesuffix("?") else f"(?:{toned}|{plain})"
