"""What was not understood is kept only after a yes, without what names anybody, and goes when it is no longer wanted."""

import pytest

from bot.clock import SystemClock
from bot.review import Reason, waiting
from tests.nlu.talk import DOUBTFUL, UNREADABLE, Office, Person

pytestmark = pytest.mark.model

KEEP = "Lưu câu này để máy học"


def kept(talking: Office):
    return {one.text: one for one in waiting(talking.store.db, SystemClock().now())}


async def asked_to_keep(person: Person, *, unlike: str = "", number: str = "") -> str:
    """Types doubtful sentences until one comes with the offer to keep it; gives that one."""
    for text in DOUBTFUL:
        if text != unlike:
            await person.says(f"{text} {number}".strip())
            if KEEP in person.buttons:
                return text
    raise AssertionError("nothing was doubted")


async def agree(person: Person) -> None:
    """Presses the offer and says yes to what it means."""
    await person.presses(KEEP)
    await person.presses("Đồng ý lưu")


@pytest.fixture(autouse=True)
def nothing_waits(talking: Office):
    with talking.store.transaction() as db:
        db.execute("DELETE FROM wordings")


async def test_nothing_is_kept_before_a_yes(talking):
    await asked_to_keep(talking.person())

    assert kept(talking) == {}


async def test_what_keeping_means_is_said_before_and_a_no_keeps_nothing(talking):
    person = talking.person()
    await asked_to_keep(person)

    assert "nửa năm" in await person.presses(KEEP)
    assert kept(talking) == {}
    await person.presses("Thôi, đừng lưu")
    assert kept(talking) == {}


async def test_a_yes_keeps_the_sentence_without_the_number_and_those_after_it(talking):
    person = talking.person()
    first = await asked_to_keep(person, number="0903123456")
    await agree(person)
    for text in DOUBTFUL:
        await person.says(text)
        assert KEEP not in person.buttons

    found = kept(talking)
    assert first in {text.removesuffix(" …") for text in found}
    assert [text for text in found if "0903" in text] == []
    assert len(found) >= 3


async def test_a_withdrawn_yes_takes_everything_away(talking):
    person = talking.person()
    await asked_to_keep(person)
    await agree(person)
    assert len(kept(talking)) == 1

    await person.presses("Đừng lưu nữa")
    for text in DOUBTFUL:
        await person.says(text)

    assert kept(talking) == {}


async def test_erasing_ones_data_takes_them_away_too(talking):
    person = talking.person()
    await asked_to_keep(person)
    await agree(person)
    assert len(kept(talking)) == 1

    await person.says("xóa hết dữ liệu của tôi")
    await person.presses("Xóa hết")

    assert kept(talking) == {}


async def test_the_reading_that_was_chosen_is_kept_as_what_was_meant(talking):
    person = talking.person()
    await asked_to_keep(person)
    await agree(person)
    offered = None
    for text in DOUBTFUL:
        await person.says("chào")  # a second doubt in a row would offer a person instead of readings
        await person.says(text)
        if "Ý khác" in person.buttons:
            offered = text
            break
    assert offered is not None
    await person.presses(person.buttons[0])

    one = kept(talking)[offered]
    assert one.reasons == (Reason.CORRECTED,)
    assert one.guesses == (person.replies[0].topic,)


async def test_what_is_said_about_oneself_is_never_kept(talking):
    person = talking.person()
    await asked_to_keep(person)
    await agree(person)
    before = kept(talking).keys()

    await person.says("cho tôi gặp cán bộ")
    await person.presses("Đồng ý")
    for text in ("xưởng nhà Bảy Hổ bên kia cầu", "số tui hả để coi lại", "qua cầu quẹo trái"):
        await person.says(text)

    assert kept(talking).keys() == before


async def test_an_answer_that_was_not_read_is_kept_with_the_question(talking):
    person = talking.person()
    await asked_to_keep(person)
    await agree(person)
    await person.says("kiểm tra xưởng của tôi có được hỗ trợ không")
    question = person.replies[-1].question
    for text in UNREADABLE:
        await person.says(text)

    unread = [one for one in kept(talking).values() if one.reasons == (Reason.UNREAD,)]
    assert {one.question for one in unread} == {question}
