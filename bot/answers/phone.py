"""Reads Vietnamese telephone numbers, in digits or spoken."""

from __future__ import annotations

import re

import phonenumbers

from bot.answers.answer import Answer
from bot.answers.corrections import taken_back
from bot.answers.numbers import NumberReader, lexemes
from bot.answers.said import Said

_OTHER_NUMBER = "mã số thuế|mst|căn cước|cccd|cmnd|chứng minh|số tài khoản|stk|tài khoản|số giấy phép|biển số|mã số"
_RUN = re.compile(r"\+?\d(?:[\s.,()\-–_/]*\d)*")
_LETTER_O = re.compile(r"(?<=[\d\s.])[oO](?=[\d.])|\b[oO](?=\d)|(?<=\d)[oO]\b")
_SPACED = re.compile(r"(?:0|\+84|84)[\s.()\-]*\d(?:[\s.()\-]*\d){8,9}(?!\d)")


def read_phone(said: Said) -> Answer | None:
    """The first number in E.164 as the value, any other as candidates; None when there is none that can be called."""
    said = taken_back(said)
    newer = said.find("số mới|đổi qua|đổi sang|giờ dùng|bây giờ dùng|hiện dùng")
    spoken = _digits_for_words(said)
    numbers = _numbers(spoken[newer.start() :] if newer and newer.start() < len(spoken) else spoken) or _numbers(spoken)
    if not numbers or (said.has(_OTHER_NUMBER) and not said.has("điện thoại|gọi|zalo|di động|liên hệ|liên lạc")):
        return None
    return Answer(understood=True, value=numbers[0], candidates=tuple(numbers[1:]))


def _digits_for_words(said: Said) -> str:
    """The spelled text with each run of six or more spoken digits written in digits."""
    found = lexemes(_LETTER_O.sub("0", said.spelled))
    reader = NumberReader(found, accented=False)
    pieces: list[str] = []
    run: list[str] = []
    words: list[str] = []

    def close() -> None:
        # Fewer are words of the sentence: "anh Tư", "không được thì gọi".
        pieces.append("".join(run) if len("".join(run)) >= 6 else " ".join(words))
        run.clear()
        words.clear()

    for index, lexeme in enumerate(found):
        digit = 0 if reader.word(index, "không|hông|zero") else reader.digit(index)
        if digit is not None:
            run.append(str(digit))
            words.append(lexeme.text)
        elif run and lexeme.is_digits and len(lexeme.text) < 9 and not any(len(piece) > 1 for piece in run):
            run.append(lexeme.text)
            words.append(lexeme.text)
        else:
            close()
            pieces.append(lexeme.text)
    close()
    if any(len(piece) >= 9 and piece.isdecimal() for piece in pieces):
        return " ".join(piece for piece in pieces if piece)
    return _LETTER_O.sub("0", said.spelled)


def _numbers(text: str) -> list[str]:
    numbers = []
    for match in _RUN.finditer(text):
        run = match.group()
        whole = _valid(run)
        # Two numbers side by side are one run of digits and separators.
        parts = [whole] if whole else [_valid(part.group()) for part in _SPACED.finditer(run)]
        if not whole and any(part is None for part in parts):
            continue
        digits = sum(char.isdecimal() for char in run)
        if not whole and digits not in (20, 21, 22, 30):
            continue
        numbers += [part for part in parts if part]
    return list(dict.fromkeys(numbers))


def _valid(run: str) -> str | None:
    digits = re.sub(r"\D", "", run)
    # Nine digits without the leading zero are a number that lost one, and which one cannot be told.
    if not (digits.startswith(("0", "84"))):
        return None
    international = digits.removeprefix("00") if digits.startswith("0084") else digits
    text = "+" + international if international.startswith("84") and len(international) >= 11 else digits
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.country_code != 84:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
