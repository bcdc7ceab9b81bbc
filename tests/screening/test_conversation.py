"""A screening through the whole dialogue keeps its place, whatever comes in between, and however long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from bot.assembly import App
from bot.clock import TurnedClock
from bot.messages.incoming import IncomingMessage, Kind
from bot.rehearsal import Conversation, installation, replay
from tests.screening.simulation import personas

pytestmark = pytest.mark.model

NUMBERS = count()
OPENING = "xưởng em làm gốm ở xã Phước Hòa 8 thợ tính mua lò nung gas 400 triệu"


@pytest.fixture(scope="module")
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture(scope="module")
def app(clock: TurnedClock) -> Iterator[App]:
    with installation(clock) as running:
        yield running


@pytest.fixture
async def talk(app: App) -> Conversation:
    """Somebody in the middle of a screening, with the question about State money open."""
    begun = Conversation(app, f"person-{next(NUMBERS)}")
    await begun.say(OPENING)
    await begun.say("hộ kinh doanh, có giấy từ 2019")
    assert begun.question == "prior_support_same_item"
    return begun


def words(talk: Conversation) -> str:
    return "\n".join(each.reply.text for each in talk.shown)


async def test_facts_told_instead_of_the_answer_are_noted_and_not_asked_again(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")
    await talk.say("kiểm tra giúp tôi")
    asked = talk.question

    await talk.say("xưởng em làm gốm ở xã Phú Giáo, hộ kinh doanh, có 8 thợ")

    for told in ("làm gốm", "xã Phú Giáo", "hộ kinh doanh", "8 lao động"):
        assert told in words(talk)
    assert asked == "need"
    assert talk.question not in {None, "trade_group", "place", "legal_form", "employees"}


async def test_a_long_answer_about_the_form_tells_the_trade_too(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")
    await talk.say("em muốn xin hỗ trợ mua máy, kiểm tra giúp em")
    assert talk.question == "legal_form"

    await talk.say("xưởng em làm gốm ở xã Phú Giáo, hộ kinh doanh có giấy, 8 thợ, tính mua lò nung 400 triệu")

    assert talk.question == "prior_support_same_item"


async def test_a_share_that_is_asked_for_in_the_first_message_is_told_before_the_first_question(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")

    await talk.say("mua may ep go duoc ho tro may phan tram")

    assert [each.reply.topic for each in talk.shown] == ["machinery", None, None]
    assert talk.question == "legal_form"


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("xã Phú Giáo", "xã Phú Giáo"),
        ("phu giao", "huyện Phú Giáo"),
        ("em làm gốm", "làm gốm"),
        ("8 thợ", "8 lao động"),
    ],
)
async def test_a_fact_told_when_nothing_was_asked_is_noted_and_the_screening_begins(
    said: str, noted: str, app: App
) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")

    await talk.say(said)

    assert noted in words(talk)
    assert talk.question is not None


@pytest.mark.parametrize(
    "interruption",
    [
        "máy cũ có được không",
        "hội chợ được hỗ trợ bao nhiêu",
        "phường có được không vậy",
        "cảm ơn nha",
        "làm ăn gì mà chậm như rùa",
        "hôm nay trời mưa quá",
        "bạn là ai vậy",
        "vì sao hỏi?",
        "tóm tắt",
        "hồ sơ của tôi tới đâu",
    ],
)
async def test_what_comes_in_between_does_not_lose_the_place(interruption: str, talk: Conversation) -> None:
    await talk.say(interruption)

    assert talk.question == "prior_support_same_item"
    await talk.say("chưa lần nào")
    assert talk.question == "own_capital_ready"


async def test_a_correction_in_between_is_told_and_the_question_put_again(talk: Conversation) -> None:
    await talk.say("sửa lao động thành 25")

    assert "25 lao động" in words(talk)
    assert talk.question == "prior_support_same_item"


async def test_a_correction_to_a_ward_says_what_it_changed(talk: Conversation) -> None:
    for answer in ("chưa", "đủ", "lò mới", "chưa mua", "một cái lò"):
        await talk.say(answer)
    assert talk.question is None
    await talk.say("à quên, xưởng em ở phường Dĩ An")

    assert "Dĩ An" in words(talk)
    assert "cần cán bộ xem" in words(talk)


async def test_going_back_asks_the_question_before(talk: Conversation) -> None:
    await talk.say("quay lại")

    assert talk.question == "legal_form"


async def test_not_knowing_goes_on(talk: Conversation) -> None:
    await talk.say("không biết")

    assert talk.question == "own_capital_ready"


async def test_two_fast_messages_are_answered_in_order(app: App, talk: Conversation) -> None:
    chat = talk._chat
    for text in ("chưa lần nào", "đủ"):
        await app.turns.accept(IncomingMessage("terminal", chat, f"fast-{text}-{chat}", Kind.TEXT, text=text))
    await talk.say("lò mới")

    assert talk.question == "machine.bought"


@pytest.mark.parametrize("away", [timedelta(minutes=31), timedelta(days=20)])
@pytest.mark.parametrize("hello", ["chào bạn", "kiểm tra xưởng tôi"])
async def test_who_comes_back_is_told_what_was_said_and_goes_on(
    away: timedelta, hello: str, clock: TurnedClock, talk: Conversation
) -> None:
    clock.turn(away)
    await talk.say(hello)
    assert "Lần trước anh/chị cho biết: làm gốm · xã Phước Hòa · hộ kinh doanh · 8 lao động" in words(talk)
    assert "câu 2" in words(talk)

    await talk.say("ừ, tiếp tục")
    assert talk.question == "prior_support_same_item"


async def test_who_comes_back_may_answer_at_once(clock: TurnedClock, talk: Conversation) -> None:
    clock.turn(timedelta(days=3))
    await talk.say("chưa được lần nào")

    assert talk.question == "own_capital_ready"


async def test_a_pause_keeps_everything(talk: Conversation) -> None:
    await talk.say("dừng, để mai")
    await talk.say("tiếp tục")

    assert talk.question == "prior_support_same_item"


async def test_a_restart_keeps_the_place(talk: Conversation, app: App, clock: TurnedClock) -> None:
    from dataclasses import replace

    from bot.assembly import assemble, ensure_model
    from bot.settings import read_settings

    again = assemble(replace(app.settings), ensure_model(read_settings()), clock)
    try:
        later = Conversation(again, talk._chat)
        await later.say("chưa lần nào")
        assert later.question == "own_capital_ready"
    finally:
        again.turns.close()


@pytest.mark.parametrize("persona", personas(), ids=lambda persona: persona.id)
async def test_a_household_gets_through_the_whole_dialogue(persona: object, app: App) -> None:
    from bot.screening.persona import Persona

    assert isinstance(persona, Persona)
    transcript = await replay(app, persona)

    assert persona.expected == {name: transcript.verdicts.get(name) for name in persona.expected}
    assert len(transcript.asked) <= 13


async def test_what_a_question_told_of_the_workshop_is_not_asked_when_a_screening_begins(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")
    await talk.say("dntn của tôi làm khuôn mẫu ở xã Phước Hòa, mô hình trình diễn là gì vậy")
    assert talk.question is None
    await talk.say("kiểm tra xưởng của tôi")

    assert "công ty" in words(talk)
    assert talk.question in {"employees", "need"}


async def test_of_many_results_each_is_opened_by_its_button(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")
    await talk.say(
        "Hộ kinh doanh tôi có giấy, làm tranh gạo ở xã Phú Giáo, muốn đi hội chợ, đăng ký nhãn hiệu, phòng trưng bày"
    )
    for answer in ("chưa", "đủ"):
        await talk.say(answer)
    button = talk.button(programme="trademark")
    assert button is not None
    await talk.press(button[1])

    assert "Căn cứ:" in words(talk)
    assert [result["programme"] for each in talk.shown for result in each.reply.assessment or ()] == ["trademark"]


async def test_a_result_names_the_day_that_matters_next(talk: Conversation) -> None:
    for answer in ("chưa", "đủ", "lò mới", "chưa mua", "một cái lò"):
        await talk.say(answer)

    assert "20/6" in words(talk)
    assert "khoản 2 Điều 10 Thông tư 36/2013/TT-BCT" in words(talk)


async def test_a_statement_after_a_result_corrects_it_and_the_screening_goes_on(app: App) -> None:
    talk = Conversation(app, f"person-{next(NUMBERS)}")
    await talk.say(OPENING)
    await talk.say("chưa đăng ký gì hết")
    assert "chưa đủ điều kiện" in words(talk)

    await talk.say("ho kinh doanh co giay roi")

    assert "hộ kinh doanh" in words(talk)
    assert talk.question == "prior_support_same_item"
    assert sum(shown.reply.question is not None for shown in talk.shown) == 1
