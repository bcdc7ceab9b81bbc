"""Cleans and folds text so that the same words typed in different ways compare equal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Đ has no decomposition; Ð and ð (eth) are what old fonts and some keyboards send for it.
_STROKED = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ɖ": "d", "Ɖ": "d"})
_ETH = str.maketrans({"ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ"})
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@lru_cache(maxsize=8192)
@lru_cache(maxsize=65536)
def _clean_char(char: str) -> str:
    if char in "\n\t\r\v\f\x85\u2028\u2029":
        return "\n" if char not in "\t\v\f" else " "
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return "" if category in _DROPPED or "\ufe00" <= char <= "\ufe0f" else char


def nfc(text: str) -> str:
    """Composed text without control, zero-width, bidi, unassigned or surrogate characters; every space is plain."""
    if text.isascii() and text.isprintable():
        return text
    cleaned = "".join(map(_clean_char, text)).translate(_ETH)
    return unicodedata.normalize("NFC", cleaned)


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    """One composed character without its marks, lower case; a mark alone gives nothing."""
    folded = char
    # Twice: lowering may bring marks back ("İ") and a compatibility form may hold a capital.
    for _ in range(2):
        decomposed = unicodedata.normalize("NFKD", folded).lower().translate(_STROKED)
        folded = "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
    return folded


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d; the same for NFC and NFD and for either place of a tone mark."""
    return nfc("".join(map(_fold_char, nfc(text))))


def is_accented(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (a tone, a hat, a horn, a bar)."""
    return nfc(text).lower() != fold(text)


def is_mostly_unaccented(text: str) -> bool:
    """Whether fewer than one word in four carries a mark: such text needs its accents restored before an embedding."""
    words = [word for word in nfc(text).split() if any(map(str.isalpha, word))]
    if not words:
        return False
    return 4 * sum(map(is_accented, words)) < len(words)
