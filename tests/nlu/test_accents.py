"""Diacritics are put back from our own texts alone, and never taken from what was typed with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import fold, normalise
from nlu.accents import AccentModel, syllables
from nlu.examples import all_examples

FOLDS = 10


@pytest.fixture(scope="module")
def restorer() -> AccentModel:
    """Trained on nine of ten of our own sentences; the tenth is left out."""
    return AccentModel.train(normalise(text) for n, text in enumerate(ours()) if n % FOLDS)


def ours() -> list[str]:
    return [example.text for example in all_examples()]


def test_most_syllables_of_unseen_sentences_get_their_diacritics_back(restorer: AccentModel) -> None:
    left_out = [text for n, text in enumerate(ours()) if n % FOLDS == 0 and text != fold(text)]
    # "½" becomes two syllables when it is folded; such a text has nothing to compare.
    unseen = [text for text in left_out if len(syllables(text)) == len(syllables(fold(text)))]
    pairs = [
        (said, guess)
        for text in unseen
        for said, guess in zip(syllables(text), restorer.restore(fold(text)).split(), strict=True)
    ]
    right = sum(said == guess for said, guess in pairs) / len(pairs)

    assert right > 0.85, f"{100 * right:.1f} % of {len(pairs)} syllables"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("may cu co duoc ho tro khong", "máy cũ có được hỗ trợ không"),
        ("Máy cũ có được hỗ trợ không?", "máy cũ có được hỗ trợ không"),
        ("", ""),
        ("123 !!", "123"),
        ("qwertyuiop", "qwertyuiop"),
    ],
)
def test_restoring(typed: str, restored: str, restorer: AccentModel) -> None:
    assert restored == restorer.restore(typed)


@given(st.text(max_size=80))
def test_only_diacritics_change_and_as_many_syllables_come_out(restorer: AccentModel, text: str) -> None:
    said, guessed = syllables(text), restorer.restore(text).split()

    assert [fold(word) for word in said] == [fold(word) for word in guessed]
