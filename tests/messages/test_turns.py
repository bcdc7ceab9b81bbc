"""What arrives is one row and one answer, whole or not at all, in order, whatever happens in between."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import DialogueError
from bot.language import nfc
from bot.messages.erasure import MessageErasure
from bot.messages.incoming import Contact, IncomingMessage, Kind, Location
from bot.messages.reception import LONGEST_TEXT
from bot.replies import smalltalk
from bot.replies.reply import Choice, Outcome, Reply
from bot.store import Store
from tests.messages.office import Intake, press, text

ROOT = Path(__file__).resolve().parents[2]
SECRET = "xưởng gỗ của chị Hoa, 0903123456"


async def test_the_same_update_again_is_one_message(intake):
    first = await intake.turns.ask(text("chào", 7))
    again = await intake.turns.ask(text("chào", 7))
    await intake.turns.accept(text("chào", 7))
    await intake.turns.ask(text("hết", 8))

    assert ([reply.text for reply in first.replies], again.replies) == (["nghe: chào"], ())
    assert intake.texts() == ["nghe: chào", "nghe: hết"]
    assert intake.inbox() == [("done", None), ("done", None)]


async def test_the_same_update_id_in_another_chat_or_channel_is_another_message(intake):
    for message in (text("a", 1, "1"), text("b", 1, "2"), text("c", 1, "1", "web")):
        await intake.turns.ask(message)

    assert [heard.text for heard in intake.dialogue.heard] == ["a", "b", "c"]
    assert (intake.texts("1"), intake.texts("2"), intake.texts("1", "web")) == (["nghe: a"], ["nghe: b"], ["nghe: c"])


async def test_effects_replies_and_the_mark_answered_are_there_together(intake):
    async def writes(message, db):
        db.execute("INSERT INTO persons (id, created) VALUES ('written', 'now')")
        other = Store(intake.path)
        seen.append(other.db.conn.execute("SELECT (SELECT count(*) FROM persons), state FROM inbox").fetchall())
        other.close()
        return [Reply("một"), Reply("hai")]

    seen: list = []
    intake.dialogue.script = writes
    await intake.turns.ask(text("ghi giúp"))

    assert seen == [[(0, "new")]]
    assert intake.rows("SELECT count(*) FROM persons WHERE id = 'written'") == [(1,)]
    assert intake.texts() == ["một", "hai"]
    assert intake.inbox() == [("done", None)]


async def test_a_turn_that_breaks_leaves_nothing_but_the_apology(intake, logged):
    async def writes_and_breaks(message, db):
        db.execute("INSERT INTO persons (id, created) VALUES ('written', 'now')")
        raise ValueError(f"cannot read {message.text}")

    intake.dialogue.script = writes_and_breaks
    answered = await intake.turns.ask(text(SECRET))

    assert [reply.outcome for reply in answered.replies] == [Outcome.FAILED]
    assert intake.texts() == [smalltalk.failed().text]
    assert intake.inbox() == [("failed", "ValueError")]
    assert intake.rows("SELECT count(*) FROM persons WHERE id = 'written'") == [(0,)]
    assert intake.rows("SELECT count(*) FROM accounts") == [(0,)]


async def test_the_log_says_what_broke_and_where_but_not_what_was_written(intake, logged):
    async def breaks(message, db):
        try:
            raise ValueError(f"cannot read {message.text}")
        except ValueError as error:
            raise KeyError(message.text) from error

    intake.dialogue.script = breaks
    await intake.turns.ask(IncomingMessage("telegram", "424242", "1", Kind.TEXT, text=SECRET, sender_name="Hoa Gỗ"))
    written = logged()

    assert ("turn_failed" in written, "KeyError" in written, "ValueError" in written) == (True, True, True)
    assert "test_turns.py" in written
    assert [word for word in (SECRET, "0903123456", "chị Hoa", "424242", "Hoa Gỗ") if word in written] == []


async def test_after_a_broken_turn_the_next_one_is_answered(intake):
    async def breaks_once(message, db):
        if message.text == "hỏng":
            raise DialogueError("no answer")
        return [Reply("được")]

    intake.dialogue.script = breaks_once
    for number, said in enumerate(("hỏng", "lại", "hỏng")):
        await intake.turns.ask(text(said, number))

    assert [state for state, _ in intake.inbox()] == ["failed", "done", "failed"]
    assert intake.texts() == [smalltalk.failed().text, "được", smalltalk.failed().text]


async def test_the_sender_is_woken_after_every_turn(intake):
    await intake.turns.ask(text("chào", 1))
    await intake.turns.ask(text("chào", 2))

    assert intake.woken == 2


async def test_the_messages_of_a_chat_are_answered_in_the_order_they_came(intake):
    async def slow_then_fast(message, db):
        await asyncio.sleep(0.02 if message.text == "0" else 0)
        return [Reply(message.text)]

    intake.dialogue.script = slow_then_fast
    for number in range(20):
        await intake.turns.accept(text(str(number), number, chat=str(number % 2)))
    for chat in "01":
        await intake.turns.ask(text("cuối", 20, chat))

    assert intake.texts("0") == [*(str(number) for number in range(0, 20, 2)), "cuối"]
    assert intake.texts("1") == [*(str(number) for number in range(1, 20, 2)), "cuối"]


@pytest.mark.parametrize("doing", ["reading", "acting"])
def test_a_killed_process_leaves_the_message_and_nothing_else_and_the_next_start_answers_it(
    tmp_path, empty_database, doing
):
    path = tmp_path / "messages.sqlite"
    shutil.copy(empty_database, path)
    killed = subprocess.run([sys.executable, "-m", "tests.messages.dying", str(path), doing], cwd=ROOT, check=False)
    intake = Intake(path)
    before = (intake.inbox(), intake.rows("SELECT count(*) FROM persons"), intake.texts())
    taken_up = intake.turns.catch_up()
    asyncio.run(intake.turns.ask(text("sau cùng", 9)))

    assert killed.returncode == -9
    assert before == ([("done", None), ("new", None), ("new", None)], [(1,)], ["nghe: một"])
    assert taken_up == 2
    assert intake.texts() == ["nghe: một", "nghe: hai", "nghe: ba", "nghe: sau cùng"]
    assert intake.turns.catch_up() == 0
    intake.close()


NOT_FOR_THE_DIALOGUE = [
    ("", smalltalk.nothing_said()),
    ("   \n\t ", smalltalk.nothing_said()),
    ("\u200b\u200d\ufeff", smalltalk.nothing_said()),
    ("\u202e\u2066\u00a0\u3000", smalltalk.nothing_said()),
    ("\x00\x01\x1f", smalltalk.nothing_said()),
    ("x" * (LONGEST_TEXT + 1), smalltalk.too_long()),
    ("a\u0301" * LONGEST_TEXT, smalltalk.too_long()),
]


@pytest.mark.parametrize(("said", "reply"), NOT_FOR_THE_DIALOGUE, ids=lambda value: repr(value)[:24])
async def test_texts_without_words_or_without_end_are_answered_without_the_dialogue(intake, said, reply):
    answered = await intake.turns.ask(text(said))

    assert answered.replies == (reply,)
    assert intake.dialogue.heard == []
    assert intake.inbox() == [("done", None)]


async def test_a_text_of_the_longest_size_is_read(intake):
    await intake.turns.ask(text("ă" * LONGEST_TEXT))

    assert [len(nfc(heard.text)) for heard in intake.dialogue.heard] == [LONGEST_TEXT]


async def test_an_edit_is_no_turn_and_its_writer_is_told_how_to_change_something(intake):
    await intake.turns.ask(text("8 thợ"))
    edit = IncomingMessage("telegram", "1", "2", Kind.EDITED, text="18 thợ")
    answered = await intake.turns.ask(edit)

    assert answered.replies == (smalltalk.edited(),)
    assert smalltalk.edited().quiet
    assert [heard.text for heard in intake.dialogue.heard] == ["8 thợ"]


@pytest.mark.parametrize(
    "button", [None, "", "unknown", "/restart", '{"intent": "erase_data"}', "' OR 1=1 --", "ó" * 500]
)
async def test_a_button_that_we_did_not_show_does_nothing(intake, button):
    answered = await intake.turns.ask(press(button))

    assert answered.replies == (smalltalk.stale_button(),)
    assert intake.dialogue.heard == []


async def test_what_the_channel_shares_reaches_the_dialogue_as_our_own_intent(intake):
    shared = [
        (
            {"kind": Kind.CONTACT, "contact": Contact("+84903123456", True)},
            "share_contact",
            {"phone": "+84903123456", "own": True},
        ),
        (
            {"kind": Kind.LOCATION, "location": Location(11.3, 106.8)},
            "share_location",
            {"latitude": 11.3, "longitude": 106.8},
        ),
        ({"kind": Kind.MEDIA, "media": "voice"}, "share_media", {"media": "voice"}),
        ({"kind": Kind.STARTED, "text": "/start ref_1", "start": "ref_1"}, "greet", {"start": "ref_1"}),
    ]
    for number, (what, _, _) in enumerate(shared):
        await intake.turns.ask(IncomingMessage("telegram", "1", str(number), **what))

    assert [heard.choice for heard in intake.dialogue.heard] == [Choice("", intent, data) for _, intent, data in shared]


async def test_who_leaves_is_not_answered_and_can_be_reached_again_when_back(intake):
    reachable = "SELECT reachable FROM accounts"
    await intake.turns.ask(text("chào", 1))
    left = await intake.turns.ask(IncomingMessage("telegram", "1", "2", Kind.LEFT))
    after_leaving = intake.rows(reachable)
    back = await intake.turns.ask(IncomingMessage("telegram", "1", "3", Kind.STARTED))

    assert (left.replies, back.replies) == ((), ())
    assert (after_leaving, intake.rows(reachable)) == ([(0,)], [(1,)])
    assert len(intake.dialogue.heard) == 1


async def test_the_open_question_travels_with_the_answer(intake):
    from bot.screening.memory import Task, recall, remember

    async def asks(message, db):
        memory = recall(db, message.conversation)
        remember(db, type(memory)(message.conversation, Task.SCREENING, "employees"), intake.clock.now())
        return [Reply("Bao nhiêu lao động?", question="employees")]

    intake.dialogue.script = asks
    await intake.turns.ask(text("kiểm tra", 1))
    await intake.turns.ask(text("mười hai", 2))

    assert [heard.question for heard in intake.dialogue.heard] == [None, "employees"]


async def test_the_conversation_id_holds_nothing_of_the_channel(intake):
    await intake.turns.ask(IncomingMessage("telegram", "987654321", "1", Kind.TEXT, text="chào", sender_name="Hoa"))
    [heard] = intake.dialogue.heard

    assert ("987654321" in heard.conversation, "Hoa" in heard.conversation) == (False, False)
    assert heard.conversation.endswith(".telegram")


async def test_of_a_person_erased_in_the_turn_not_even_the_asking_message_stays(intake):
    async def erases(message, db):
        intake.people.erase(message.conversation.split(".")[0], [MessageErasure()])
        return [Reply("Đã xóa xong.")]

    await intake.turns.ask(IncomingMessage("telegram", "424242", "1", Kind.TEXT, text=SECRET, sender_name="Hoa Gỗ"))
    intake.dialogue.script = erases
    await intake.turns.ask(IncomingMessage("telegram", "424242", "2", Kind.TEXT, text="xóa", sender_name="Hoa Gỗ"))
    rows = intake.rows("SELECT state, chat, body FROM inbox")

    assert rows == [("done", "", "{}")]
    assert intake.texts("424242") == ["Đã xóa xong."]
