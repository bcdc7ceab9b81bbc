"""Which texts are no Vietnamese question at all, told from the text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import fold, is_accented
from nlu.examples import all_examples
from nlu.reading import is_foreign, says_nothing

FOREIGN = (
    "what is this service about",
    "can you help me buy a new machine",
    "I don't speak Vietnamese, is there any support for my company",
    "今天天气很好",
    "សួស្តី",
    "привет, как дела",
)
OURS = (
    "mua máy CNC của Đức được hỗ trợ không",
    "mua may cnc dc ho tro bn",
    "ok ad",
    "help",
    "hello shop cho hoi",
    "startup thi sao",
    "xuong co machine cu duoc khong",
    "tax bao nhieu",
    "online dc ko",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_seen(text):
    assert is_foreign(text)


@pytest.mark.parametrize("text", OURS)
def test_vietnamese_with_foreign_words_in_it_is_vietnamese(text):
    assert not is_foreign(text)


def test_no_sentence_with_diacritics_is_taken_for_foreign_once_they_are_missing():
    ours = [one.text for one in all_examples() if one.intent != "out_of_scope" and is_accented(one.text)]

    assert [text for text in ours if is_foreign(text) or is_foreign(fold(text))] == []


@given(st.text(alphabet=st.characters(categories=["N", "P", "S", "Z"]), max_size=40))
def test_signs_and_digits_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["\\u0000\\x00%00", "{{7*7}} ${7*7} <%= 7 %>", "a 1 b", "50%?"])
def test_lone_letters_among_signs_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["bn?", "50% hả", "máy"])
def test_a_word_says_something(text):
    assert not says_nothing(text)
