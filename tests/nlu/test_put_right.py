"""Who says that the answer missed gets the right one, or readings to choose from, and the miss is learned from."""

from __future__ import annotations

import pytest

from bot.clock import SystemClock
from bot.people import People, Purpose
from bot.review import Reason, waiting
from tests.nlu.talk import CHANNEL, Office, Person

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def nothing_waits(talking: Office) -> None:
    with talking.store.transaction() as db:
        db.execute("DELETE FROM wordings")


def agree_to_learning(person: Person) -> None:
    """As if the person had said yes before."""
    people = People(person.office.store, SystemClock())
    owner = people.person_for(CHANNEL, person.chat)
    people.record_consent(owner, Purpose.LEARNING, text_version="1", channel=CHANNEL, words="yes")


@pytest.mark.parametrize(
    ("correction", "topic"),
    [
        ("không phải, ý em là đi hội chợ nước ngoài", "fair_abroad"),
        ("khong, em hoi dang ky nhan hieu co", "trademark"),
        ("hiểu sai rồi, tui hỏi đăng ký nhãn hiệu", "trademark"),
    ],
)
async def test_what_was_meant_is_answered(correction: str, topic: str, talking: Office) -> None:
    person = talking.person()
    await person.says("mua máy được hỗ trợ bao nhiêu")

    await person.says(correction)

    assert topic in [reply.topic for reply in person.replies]


@pytest.mark.parametrize("correction", ["không phải cái đó", "tra loi sai roi", "tôi đâu có hỏi cái đó"])
async def test_a_bare_no_gets_other_readings_and_no_figure(correction: str, talking: Office) -> None:
    person = talking.person()
    await person.says("mua máy được hỗ trợ bao nhiêu")

    said = await person.says(correction)

    assert "hiểu chưa đúng" in said
    assert not any(sign.isdigit() for sign in said)
    offered = {choice.data.get("topic") for reply in person.replies for choice in reply.choices} - {None}
    assert offered
    assert "machinery" not in offered


async def test_the_sentence_that_was_missed_is_kept_with_what_it_meant_after_a_yes_to_that(talking: Office) -> None:
    person = talking.person()
    await person.says("mua máy được hỗ trợ bao nhiêu")
    agree_to_learning(person)

    await person.says("không phải, ý em là đăng ký nhãn hiệu")

    [one] = waiting(talking.store.db, SystemClock().now())
    assert (one.text, one.reasons, one.guesses) == (
        "mua máy được hỗ trợ bao nhiêu",
        (Reason.CORRECTED,),
        ("trademark",),
    )


async def test_without_a_yes_nothing_is_kept(talking: Office) -> None:
    person = talking.person()
    await person.says("mua máy được hỗ trợ bao nhiêu")

    await person.says("không phải, ý em là đăng ký nhãn hiệu")

    assert waiting(talking.store.db, SystemClock().now()) == ()


async def test_two_messages_later_it_is_no_correction_any_more(talking: Office) -> None:
    person = talking.person()
    await person.says("mua máy được hỗ trợ bao nhiêu")
    await person.says("cảm ơn nha")

    said = await person.says("không phải cái đó")

    assert "hiểu chưa đúng" not in said
