"""What must hold of the language functions for any text at all."""

import itertools
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import fold, is_mostly_unaccented, nfc, normalise, tokens
from bot.language.spelling import spell

ANY = st.text(max_size=60)
VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxywfjz áàảãạéếềờộđĐ 0123456789.,-?", max_size=60)
TEXTS = ANY | VIETNAMESE


@given(TEXTS)
def test_cleaning_and_folding_twice_is_the_same_as_once(text: str) -> None:
    assert nfc(text) == nfc(nfc(text))
    assert fold(text) == fold(fold(text))


@given(TEXTS)
@settings(max_examples=300)
def test_normalising_twice_is_the_same_as_once(text: str) -> None:
    assert normalise(text) == normalise(normalise(text))


@given(TEXTS)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(TEXTS)
def test_a_token_is_the_text_at_its_offsets(text: str) -> None:
    found = tokens(text)
    assert [text[token.start : token.end] for token in found] == [token.text for token in found]
    assert all(token.folded == fold(token.text) and token.folded.strip() for token in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


@given(TEXTS)
def test_nothing_raises_and_nothing_comes_out_that_cannot_be_stored(text: str) -> None:
    for result in (nfc(text), fold(text), normalise(text), spell(text)):
        result.encode("utf-8")
    assert is_mostly_unaccented(text) in (True, False)


@given(VIETNAMESE)
def test_a_folded_text_has_no_marks_left(text: str) -> None:
    assert fold(text).isascii()
