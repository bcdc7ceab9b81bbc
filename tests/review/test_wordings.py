"""The review list: one line for one sentence, however many typed it; nothing older than half a year, nothing of who left."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from bot.review import MIGRATIONS, Reason, Wording, keep, settle, waiting
from bot.review.erasure import ReviewErasure
from bot.review.wordings import KEPT_FOR, MOST_OF_ONE_PERSON
from bot.store import Store

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def db() -> Iterator[Database]:
    store = Store(None)
    store.migrate([MIGRATIONS])
    yield store.db
    store.close()


def wording(text: str, reason: Reason = Reason.NOT_SURE, *guesses: str) -> Wording:
    return Wording(text, text.lower(), reason, guesses)


def test_the_sentence_that_most_people_typed_comes_first_and_once(db):
    keep(db, "a", wording("một mình tôi"), NOW)
    for person in "abc":
        keep(db, person, wording("Nhiều người", Reason.NOT_SURE, "machinery"), NOW)
    keep(db, "a", wording("nhiều người", Reason.OUTSIDE, "training"), NOW + timedelta(hours=1))

    first, second = waiting(db, NOW)

    assert (first.text, first.people, first.times) == ("nhiều người", 3, 4)
    assert first.guesses == ("training", "machinery")
    assert set(first.reasons) == {Reason.OUTSIDE, Reason.NOT_SURE}
    assert (second.text, second.people) == ("một mình tôi", 1)


def test_what_somebody_meant_stands_before_what_was_guessed(db):
    keep(db, "a", wording("câu", Reason.CORRECTED, "fair_abroad"), NOW)
    keep(db, "b", wording("câu", Reason.NOT_SURE, "fair_domestic", "showroom"), NOW + timedelta(hours=1))

    assert waiting(db, NOW)[0].guesses == ("fair_abroad", "fair_domestic", "showroom")


def test_what_is_settled_does_not_come_again(db):
    keep(db, "a", wording("câu"), NOW)
    keep(db, "b", wording("Câu"), NOW)

    assert settle(db, "câu") == 2
    assert waiting(db, NOW) == ()


def test_a_sentence_is_forgotten_after_half_a_year(db):
    keep(db, "a", wording("cũ"), NOW)

    assert [one.text for one in waiting(db, NOW + KEPT_FOR)] == ["cũ"]
    assert waiting(db, NOW + KEPT_FOR + timedelta(seconds=1)) == ()

    keep(db, "b", wording("mới"), NOW + KEPT_FOR + timedelta(seconds=1))
    assert [row["text"] for row in db.query("SELECT text FROM wordings")] == ["mới"]


def test_an_erasure_takes_the_sentences_of_one_person_only(db):
    keep(db, "a", wording("câu"), NOW)
    keep(db, "a", wording("câu khác"), NOW)
    keep(db, "b", wording("câu"), NOW)

    assert ReviewErasure().erase(db, "a") == 2
    assert ReviewErasure().erase(db, "a") == 0
    assert [(one.text, one.people) for one in waiting(db, NOW)] == [("câu", 1)]


def test_one_person_cannot_fill_the_list(db):
    for number in range(MOST_OF_ONE_PERSON + 5):
        keep(db, "a", wording(f"câu {number}"), NOW + timedelta(seconds=number))
    keep(db, "b", wording("câu của b"), NOW)

    texts = {one.text for one in waiting(db, NOW)}
    assert len(texts) == MOST_OF_ONE_PERSON + 1
    assert "câu 4" not in texts
    assert {"câu 5", "câu của b"} <= texts
