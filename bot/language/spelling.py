"""Compares words by how they are spelled, forgiving every mark that was not typed but none that was typed otherwise."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.language.text import nfc

# Marks become capitals and a tone moves to the end of its word: "được" is "dDuWoWcJ", so its place does not matter.
_MARKS = frozenset("AWDSFRJZ")
_QUALITY = {"\u0302": "A", "\u031b": "W", "\u0306": "W"}
# Hỏi and ngã share a letter: southern writers mix them ("đả mua", "máy củ").
_TONE = {"\u0301": "S", "\u0300": "F", "\u0309": "R", "\u0303": "R", "\u0323": "J"}
# Words that are written without a mark: where a text has its accents, "cho" is not "chờ" and "ba" is not "bà".
_UNMARKED = frozenset(
    """
    ai an anh ba ban bao bay bia bo ca cha chai chanh chao che chi chia cho chung co coi con cua cung dai dan dao dang
    day di do dong du em gan gang ghi gi gia gom ha hai ham hang hay hoa hong in kem keo kho khi khoan
    khu khoai kinh la lam lan lao len lo loan long lu lung ma mai man may me men mi mong mua mui nam nao nem
    ngay nghe nghi nha nhang nhu nia no non nung ong pha phe phong qua quan quay quen ra ren ron rong sai sao sau
    sen se so son song ta tai tam tan tay than thanh thang thay theo thi thu thua to tre treo trong trung tu tua tui tuy
    vai vang vay ve voi vu vui xa xay xe xem xi xin xoay xong xung chan cam cat cau chay dem khac ky lai
    """.split()  # noqa: SIM905
)
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


def spell(text: str, *, accented: bool = False) -> str:
    """*text* in the form that patterns made by `lenient` are matched against; punctuation and digits stay.

    In an *accented* text a common word without marks stands for itself only.
    """

    def one(match: re.Match[str]) -> str:
        spelled = _spell_word(match.group())
        return f"{spelled}Z" if accented and spelled in _UNMARKED else spelled

    return _WORD.sub(one, nfc(text))


def without_marks(spelled: str) -> tuple[str, list[int]]:
    """Spelled text without its marks, and for each place in it (and its end) the place in *spelled*."""
    kept = [index for index, char in enumerate(spelled) if char not in _MARKS]
    return "".join(spelled[index] for index in kept), [*kept, len(spelled)]


@lru_cache(maxsize=4096)
def lenient(source: str) -> re.Pattern[str]:
    """A pattern of whole words for spelled text: *source* is a regular expression written in accented Vietnamese.

    A word matches when it was typed without any mark, or only without the stroke of its đ; never when it was typed
    as another word: "lầm" matches "lam", not "làm". A space stands for any white space. No capitals in *source*.
    """
    return re.compile(rf"(?<!\w)(?:{_SOURCE.sub(_forgive, nfc(source))})(?!\w)")


def _forgive(match: re.Match[str]) -> str:
    piece = match.group()
    if piece.startswith(("\\", "(")):
        return piece
    if piece.isspace():
        return r"(?:\s+)"
    spelled = _spell_word(piece)
    plain = re.sub(r"[AWDSFRJ]", "", spelled)
    marked = spelled.replace("D", "D?")
    # The end of the word belongs to it: "lo" is not the beginning of "lớn", not even when looking ahead.
    return (f"{plain}Z?" if plain == spelled else f"(?:{marked}|{plain})") + r"(?!\w)"
