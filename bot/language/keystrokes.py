"""Reads words whose Telex or VNI keystrokes were left as they were typed: "dduowcj", "d9uo7c5"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.language.syllable import TONE_KEYS, Syllable, analyse, build, is_plain_syllable
from bot.language.text import fold

_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"o": "ơ", "u": "ư", "a": "ă"}
_ONSET = re.compile(r"(?:dd|đ|ngh|ng|nh|gh|gi(?=[aeouăâêôơưwy])|kh|ch|ph|qu|th|tr|[bcdghklmnprstvx])?")
# Words of English and of the trade that happen to spell a Telex syllable.
_NOT_TELEX = frozenset(
    """
    gas sofa taxi offset box max bus bar tax car cars now how low teen room air mix fix has his is as us or so see too two moon soon
    been seen bee door boss loss miss pass class less more her our your sex tex xoong boong email test rest best cost
    list post tour ceo coo hoo wow ok okay oke row sow tow bow cow mas vs ss ms mr mrs sir max dr lux dos ios gps pos
    pear bear dear near hear year tear gear beer deer peer cheer teas seas hers hair pair chair main app apps off all add zoom email website ann inn web marketing logo mooc moóc coóc soóc
    """.split()  # noqa: SIM905
)
# Hats may be missing from these alone, as in "nguofi"; "six" and "fix" are no Vietnamese.
_TONELESS_RIMES = re.compile("uo|ie|uye")
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}


@lru_cache(maxsize=8192)
def from_telex(word: str) -> str | None:
    """What *word* (lower case) spells in Telex, slips of the fingers forgiven; None when it is a word already or spells none.

    Keys struck twice and keys struck after a letter was composed say nothing new: "rồif", "đúngs", "chuwaa". Where the
    hats were left out the syllable comes without any mark: "nguofi" may be read as "nguoi" only.
    """
    if word in _NOT_TELEX or not word.isalpha() or analyse(word) or is_plain_syllable(word) or len(set(word)) == 1:
        return None
    spellings = list(dict.fromkeys((word, *_without_repeats(word))))
    for spelling in spellings:
        if (spelling != word and (found := analyse(spelling))) or (found := _typed(spelling)):
            return found.written()
    if not any(char in "sfrxjw" for char in word[1:]):
        return next((spelling for spelling in spellings[1:] if is_plain_syllable(spelling)), None)
    bare = re.sub("[sfrxjw]", "", fold(word)[1:])
    return fold(word)[0] + bare if _TONELESS_RIMES.search(bare) and is_plain_syllable(fold(word)[0] + bare) else None


def _typed(word: str) -> Syllable | None:
    """The syllable of the keystrokes *word*, some of which the keyboard may have composed already."""
    tone, plain = "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in TONE_KEYS:
            tone = TONE_KEYS[char]
        else:
            plain += char
    plain = unicodedata.normalize("NFC", plain)
    match = _ONSET.match(plain)
    onset = match.group() if match else ""
    composed = any(char in "âêôơưă" for char in plain)
    letters: list[str] = []
    for char in plain[len(onset) :]:
        if char in "sfrxj" and letters:
            if composed and tone not in ("", char):
                return None
            tone = char
        elif char == "w":
            _horn(letters)
        elif char in _CIRCUMFLEX and char in letters and not any(c in "âêôơưă" for c in letters):
            letters[letters.index(char)] = _CIRCUMFLEX[char]
        else:
            # Keyboards know no "ưo": "dduwojc" is "được" like "dduowjc".
            letters.append("ơ" if char == "o" and onset and letters[-1:] == ["ư"] else char)
    return build(onset.replace("dd", "đ") + "".join(letters), tone)


def _without_repeats(word: str) -> tuple[str, ...]:
    """*word* without the second of two same keys: first where doubling means nothing in Telex, then everywhere."""
    return re.sub(r"(?<=.)([^aeod\W])\1+", r"\1", word), re.sub(r"(?<=.)(.)\1+", r"\1", re.sub("^dd+", "đ", word))


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
    if any(char in "ươă" for char in letters):
        return  # struck twice, or after the keyboard had composed it
    if letters[-2:] == ["u", "a"]:
        letters[-2] = "ư"
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
