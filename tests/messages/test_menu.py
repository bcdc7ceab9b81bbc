"""A typed number is the button that the person sees under it, or it is words; it is never another button."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import TurnedClock
from bot.messages import buttons
from bot.messages.turns import Turns
from bot.outbox import Outbox, enqueue
from bot.people import People
from bot.replies.reply import Choice, Reply
from bot.screening.memory import Memory, remember
from tests.messages.office import Intake, ScriptedCarrier, ScriptedDialogue, text

CHANNEL, CHAT = "zalo_bot", "hoa"


class Talk:
    """A chat on a channel without buttons: what is shown to it, and what a typed text comes to."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.carrier = ScriptedCarrier(name=CHANNEL)
        self.sender = intake.sender(self.carrier)
        self.turns = Turns(intake.store, intake.clock, intake.people, intake.dialogue, intake.desk, numbered=[CHANNEL])
        self._updates = 0

    async def shows(self, *titles: str, said: str = "?") -> list[int | None]:
        """Sends a message with these buttons; gives the numbers under which they are shown."""
        self._later()
        choices = tuple(Choice(title, f"pick_{title}") for title in titles)
        with self.intake.store.transaction() as db:
            enqueue(db, now=self.intake.clock.now(), channel=CHANNEL, chat=CHAT, notice=Reply(said, choices))
        await self.sender.send_due()
        return [button.number for button in self.carrier.shown[-1]]

    async def types(self, said: str) -> str:
        """What the dialogue gets: the intent of a picked button, or the text."""
        self._later()
        self._updates += 1
        self.intake.dialogue.heard.clear()
        await self.turns.ask(text(said, self._updates, CHAT, CHANNEL))
        self.intake.rows("DELETE FROM outbox WHERE state = 'queued'")
        [heard] = self.intake.dialogue.heard
        return heard.choice.intent if heard.choice else heard.text

    def asks(self, question: str | None) -> None:
        """Makes *question* the open one."""
        person = self.intake.people.person_for(CHANNEL, CHAT)
        with self.intake.store.transaction() as db:
            remember(db, Memory(f"{person}.{CHANNEL}", question=question), self.intake.clock.now())

    def _later(self) -> None:
        assert isinstance(self.intake.clock, TurnedClock)
        self.intake.clock.turn(timedelta(seconds=1))


@pytest.fixture
def talk(intake):
    talk = Talk(intake)
    yield talk
    talk.turns.close()


@pytest.mark.parametrize("typed", ["2", " 2. ", "2)", "#2", "số 2", "Chọn 2", "trả lời 2", "２"])
async def test_a_number_picks_the_button(talk, typed):
    await talk.shows("Có", "Không")

    assert await talk.types(typed) == "pick_Không"


@pytest.mark.parametrize("typed", ["3", "0", "12", "2 máy", "1 và 2", "102", "-1", "có", "2" * 5000 + "?", "hai"])
async def test_what_is_no_number_of_the_menu_stays_text(talk, typed):
    await talk.shows("Có", "Không")

    if len(typed) < 4000:
        assert await talk.types(typed) == typed


@pytest.mark.parametrize("question", ["employees", "machine.price", "phone"])
async def test_a_number_that_answers_the_question_stays_text(talk, question):
    await talk.shows("Không rõ", "Vì sao hỏi?", "Thôi")
    talk.asks(question)

    assert [await talk.types("2"), await talk.types("8")] == ["2", "8"]


async def test_under_a_number_question_buttons_have_no_numbers_and_are_picked_by_their_words(talk):
    talk.asks("employees")
    shown = await talk.shows("Không rõ", "Vì sao hỏi?")

    assert shown == [None, None]
    assert [await talk.types("vi sao hoi?"), await talk.types("8")] == ["pick_Vì sao hỏi?", "8"]


async def test_words_pick_only_where_words_were_asked_for(talk):
    await talk.shows("Có", "Không")

    assert await talk.types("Không") == "Không"


async def test_cards_that_follow_one_another_never_share_a_number(talk):
    first = await talk.shows("Nhận 7", "Từ chối 7")
    second = await talk.shows("Nhận 8", "Từ chối 8")

    assert (first, second) == ([1, 2], [3, 4])
    assert await talk.types("1") == "pick_Nhận 7"
    again = await talk.shows("Đã liên hệ 7")
    assert again == [1]
    assert [await talk.types("4"), await talk.types("1")] == ["pick_Từ chối 8", "pick_Đã liên hệ 7"]


async def test_a_menu_of_long_ago_is_not_answered_by_a_number(talk):
    await talk.shows("Một", "Hai", "Ba")
    for _ in range(2):
        await talk.types("ừ")
        await talk.shows("Có")
    out_of_sight = await talk.types("3")
    await talk.shows("Có", "Không")
    talk.intake.clock.turn(timedelta(days=8))

    assert (out_of_sight, await talk.types("2")) == ("3", "2")


async def test_the_menu_survives_a_restart(talk, intake):
    await talk.shows("Có", "Không")
    restarted = Intake(intake.path, intake.clock)
    restarted.turns.close()
    restarted.dialogue = ScriptedDialogue(restarted.store)
    turns = Turns(
        restarted.store,
        intake.clock,
        People(restarted.store, intake.clock),
        restarted.dialogue,
        restarted.desk,
        numbered=[CHANNEL],
    )
    intake.clock.turn(timedelta(seconds=1))
    await turns.ask(text("2", 50, CHAT, CHANNEL))
    turns.close()
    restarted.store.close()

    assert restarted.dialogue.heard[0].choice == Choice("Không", "pick_Không")


async def test_on_channels_with_buttons_a_number_is_text(talk, intake):
    await talk.shows("Có", "Không")
    await intake.turns.ask(text("2", 60, CHAT, CHANNEL))

    assert intake.dialogue.heard[-1].choice is None


async def test_another_attempt_at_a_message_shows_the_same_buttons(intake):
    def issued(title: str, message: int | None = 5) -> Any:
        with intake.store.transaction() as db:
            return buttons.issue(db, CHANNEL, CHAT, (Choice(title, "x"),), intake.clock.now(), message=message)

    first = issued("Có")

    assert issued("Có") == first
    assert issued("Không") != first
    assert issued("Có", None) != first
    assert Outbox(intake.store, intake.clock).waiting(CHANNEL, CHAT) == ()
