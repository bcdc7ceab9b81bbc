"""Numbers that were written out in words, put into digits where a unit follows: "hai trăm triệu" → "200 trieu"."""

from __future__ import annotations

import re

from bot.answers.numbers import NumberReader, lexemes
from bot.answers.said import hear

_UNITS = frozenset({"trieu", "tr", "ty", "ti", "phan", "nguoi", "lao", "cong", "tho", "bo", "lan"})
"""First words of what is counted, folded; a number word before anything else may be a name or a year."""
_MARKS = re.compile("[A-Z]")
"""How the spelled form writes the marks of a word."""


def in_digits(text: str) -> str:
    """*text* without marks, its exact numbers in digits; a number word before no known unit is left as it is."""
    said = hear(text)
    found = lexemes(said.spelled)
    reader = NumberReader(found, accented=said.accented)
    pieces: list[str] = []
    done = index = 0
    while index < len(found):
        got = None if found[index].is_digits else reader.read(index, thousands=False)
        if got and got[0].exact and got[1] < len(found) and _MARKS.sub("", found[got[1]].text) in _UNITS:
            bounds, after = got
            pieces += [said.spelled[done : found[index].start], str(float(bounds.low)).removesuffix(".0")]
            done, index = found[after - 1].end, after
        else:
            index += 1
    return _MARKS.sub("", "".join([*pieces, said.spelled[done:]]))
