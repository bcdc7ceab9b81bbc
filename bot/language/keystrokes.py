"""Reads words whose Telex or VNI keystrokes were left as they were typed: "dduowcj", "d9uo7c5"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.language.syllable import Syllable, analyse, build, is_plain_syllable

_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư", "a": "ă"}
_ONSET = re.compile(r"(?:dd|đ|ngh|ng|nh|gh|gi(?=[aeouăâêôơưwy])|kh|ch|ph|qu|th|tr|[bcdghklmnprstvx])?")
# Words of English and of the trade that happen to spell a Telex syllable.
_NOT_TELEX = frozenset(
    """
    gas sofa taxi offset box max bus bar tax car cars now how low teen room air mix fix has his is as us or so see too two moon soon
    been seen bee door boss loss miss pass class less more her our your sex tex xoong boong email test rest best cost
    list post tour ceo coo hoo wow ok okay oke row sow tow bow cow mas vs ss ms mr mrs sir max dr lux dos ios gps pos
    pear bear dear near hear year tear gear beer deer peer cheer teas seas hers hair pair chair main
    """.split()  # noqa: SIM905
)
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}


@lru_cache(maxsize=8192)
def from_telex(word: str) -> Syllable | None:
    """The syllable that *word* (lower case) spells in Telex; None when it is a word already or spells none."""
    if word in _NOT_TELEX or not word.isalpha() or analyse(word) or is_plain_syllable(word):
        return None
    match = _ONSET.match(word)
    onset = match.group() if match else ""
    letters: list[str] = []
    tone = ""
    for char in word[len(onset) :]:
        if char in "sfrxj" and letters:
            tone = char
        elif char == "w":
            _horn(letters)
        elif char in _CIRCUMFLEX and char in letters and not any(c in "âêôơưă" for c in letters):
            letters[letters.index(char)] = _CIRCUMFLEX[char]
        else:
            letters.append(char)
    return build(onset.replace("dd", "đ") + "".join(letters), tone)


@lru_cache(maxsize=8192)
def from_vni(word: str, *, sure: bool) -> Syllable | None:
    """The syllable that *word* (lower case) spells in VNI.

    One digit at the end is only read when *sure* that the writer types VNI: "quy2" is more often "quý 2".
    """
    if not word[:1].isalpha() or not any(char.isdigit() for char in word):
        return None
    digits = [index for index, char in enumerate(word) if char.isdigit()]
    if not sure and digits == [len(word) - 1]:
        return None
    letters: list[str] = []
    tone = ""
    for char in word:
        if char in _VNI_TONES and letters and not tone:
            tone = _VNI_TONES[char]
        elif char == "9" and "d" in letters:
            letters[letters.index("d")] = "đ"
        elif char in "678" and letters:
            if not _mark(letters, char):
                return None
        elif char.isdigit():
            return None
        else:
            letters.append(char)
    return build("".join(letters), tone)


def _horn(letters: list[str]) -> None:
    """Puts the mark that Telex's w means on the vowels typed so far."""
    for index in range(len(letters) - 2, -1, -1):
        if letters[index] in "uư" and letters[index + 1] == "o":
            letters[index : index + 2] = ["ư", "ơ"]
            return
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in _HORN:
            letters[index] = _HORN[letters[index]]
            return
    letters.append("ư")


def _mark(letters: list[str], digit: str) -> bool:
    """Puts the hat (6), horn (7) or breve (8) of VNI on the vowel it belongs to; False when there is none."""
    if digit == "7":
        if not any(char in "uo" for char in letters):
            return False
        _horn(letters)
        return True
    table = _CIRCUMFLEX if digit == "6" else {"a": "ă"}
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in table:
            letters[index] = table[letters[index]]
            return True
    return False
