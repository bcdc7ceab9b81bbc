"""However it is typed, an answer means the same."""

import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.answers.answer import Answer
from bot.answers.read import read
from bot.language import fold
from bot.plain_yaml import read_yaml

DAY = date(2026, 11, 23)
FILES = sorted(Path(__file__).parent.glob("cases/*.yml"))
# Without accents these really say something else as well.
TWO_MEANINGS = {
    "doanh thu khoảng 1 tỷ mốt một năm",
    "chín mười người",
}


def texts(path: Path) -> list[str]:
    return [str(text) for text in read_yaml(path)]


@cache
def as_written(question: str, text: str) -> Answer:
    """What *text* answers as it stands in its file; each of the ways to type it is compared with this."""
    return read(question, text, DAY)


def meaning(answer: Answer) -> object:
    return answer.value if answer.value is not None else answer.range


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_capitals_decomposed_letters_and_hidden_characters_change_nothing(path: Path) -> None:
    changed = [
        text
        for text in texts(path)
        for typed in (text.upper(), unicodedata.normalize("NFD", text), text.replace(" ", " \u200b"), f"  {text}\n")
        if read(path.stem, typed, DAY) != as_written(path.stem, text)
    ]
    assert changed == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_without_accents_an_answer_never_turns_into_another(path: Path) -> None:
    turned = [
        text
        for text in texts(path)
        if meaning(read(path.stem, fold(text), DAY)) not in (None, meaning(as_written(path.stem, text)))
    ]
    assert set(turned) <= TWO_MEANINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_politeness_never_turns_an_answer_into_another(path: Path) -> None:
    turned = [
        text
        for text in texts(path)
        if meaning(read(path.stem, f"dạ {text} ạ", DAY)) not in (None, meaning(as_written(path.stem, text)))
    ]
    assert turned == []
