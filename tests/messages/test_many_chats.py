"""Many chats at once: each keeps its order, a slow one holds nobody else up, and everybody is answered once."""

import asyncio
import shutil
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.messages import inbox
from bot.replies import smalltalk
from bot.replies.reply import Reply
from bot.screening.memory import Task, recall, remember
from tests.messages.office import Intake, text

LONG = 5.0
"""Seconds after which a test has failed."""
milliseconds = st.sampled_from([0, 0, 0, 1, 3, 9])
writing = st.lists(st.tuples(st.integers(0, 7), milliseconds, milliseconds, st.booleans()), min_size=1, max_size=24)


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writing, st.integers(1, 4))
def test_every_chat_keeps_its_order_and_every_message_is_answered_once(empty_database, messages, at_once):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.sqlite"
        shutil.copy(empty_database, path)
        intake = Intake(path, at_once=at_once)
        intake.dialogue.reader = lambda said: _slowly(messages[int(said.text)][1], {"read": said.text})
        intake.dialogue.script = lambda said, _: _slowly(messages[int(said.text)][2], [Reply(said.text)])
        asyncio.run(_all_write(intake, messages))
        intake.close()

        sent = {str(chat): [str(n) for n, one in enumerate(messages) if one[0] == chat] for chat, *_ in messages}
        assert {chat: intake.texts(chat) for chat in sent} == sent
        assert intake.inbox() == [("done", None)] * len(messages)
        intake.store.close()


async def _slowly(pause, outcome):
    await asyncio.sleep(pause / 1000)
    return outcome


async def _all_write(intake, messages):
    """Everybody writes; some wait for the answer, and now and then the timer looks for what was put off."""
    waiting = []
    for number, (chat, *_, waits) in enumerate(messages):
        if waits:
            message = text(str(number), number, str(chat))
            waiting.append(asyncio.create_task(intake.turns.ask(message)))
            while not intake.rows("SELECT 1 FROM inbox WHERE update_id = ?", message.update_id):
                await asyncio.sleep(0)
            intake.turns.catch_up()
        else:
            await intake.turns.accept(text(str(number), number, str(chat)))
    answered = await asyncio.wait_for(asyncio.gather(*waiting), LONG)
    assert all(len(one.replies) == 1 for one in answered)
    while inbox.unanswered_chats(intake.store.db):
        await asyncio.sleep(0.002)


async def test_a_slow_chat_holds_up_neither_the_others_nor_the_database(intake):
    go_on, begun = threading.Event(), threading.Event()

    async def reads(said):
        if said.text == "chậm":
            begun.set()
            go_on.wait(LONG)
        return {}

    intake.dialogue.reader = reads
    slow = asyncio.create_task(intake.turns.ask(text("chậm", 1, "slow")))
    await asyncio.to_thread(begun.wait, LONG)
    behind = asyncio.create_task(intake.turns.ask(text("sau", 2, "slow")))
    for number in range(5):
        await asyncio.wait_for(intake.turns.ask(text("nhanh", number, f"quick-{number}")), LONG)
    meanwhile = (slow.done(), behind.done(), intake.texts("slow"))
    go_on.set()
    await asyncio.wait_for(asyncio.gather(slow, behind), LONG)

    assert meanwhile == (False, False, [])
    assert intake.texts("slow") == ["nghe: chậm", "nghe: sau"]


async def test_who_writes_one_message_does_not_wait_for_all_of_a_chat_that_writes_many(intake):
    for number in range(40):
        intake.turns.receive(text(str(number), number, "many"))
    intake.turns.receive(text("một", 1, "one"))
    intake.turns.catch_up()
    await asyncio.wait_for(intake.turns.ask(text("hai", 2, "one")), LONG)
    before = intake.rows(
        "SELECT count(*) FROM outbox WHERE chat = 'many' AND id < (SELECT max(id) FROM outbox WHERE chat = 'one')"
    )

    assert before[0][0] < 10


async def test_what_was_read_under_another_question_is_read_again(intake):
    async def reads(said):
        read.append(said.question)
        if len(read) == 1:
            # Somebody else, with a hand in the same database, asks the household something meanwhile.
            with intake.store.transaction() as db:
                memory = recall(db, f"{person}.telegram")
                remember(db, type(memory)(memory.conversation, Task.SCREENING, "employees"), intake.clock.now())
        return {"under": said.question}

    async def knows(said, _):
        return [Reply(str(said.question))]

    read: list = []
    person = intake.people.person_for("telegram", "1")
    intake.dialogue.reader, intake.dialogue.script = reads, knows
    await intake.turns.ask(text("mười hai"))

    assert read == [None, "employees"]
    assert intake.texts() == ["employees"]


async def test_what_needs_no_dialogue_is_not_read(intake):
    async def reads(said):
        raise AssertionError(said)

    intake.dialogue.reader = reads
    answered = await intake.turns.ask(text("   "))

    assert answered.replies == (smalltalk.nothing_said(),)


async def test_a_row_that_cannot_be_read_is_answered_with_an_apology_and_holds_nobody_up(intake, logged):
    intake.turns.receive(text("hỏng", 1))
    intake.store.db.execute("UPDATE inbox SET body = 'no JSON'")
    await asyncio.wait_for(intake.turns.ask(text("sau", 2)), LONG)

    assert intake.texts() == [smalltalk.failed().text, "nghe: sau"]
    assert intake.inbox() == [("failed", "JSONDecodeError"), ("done", None)]


async def test_who_waits_while_the_service_stops_is_told_and_answered_at_the_next_start(tmp_path):
    intake, begun = Intake(tmp_path / "x.sqlite", at_once=1), threading.Event()

    async def reads(said):
        begun.set()
        await asyncio.sleep(0.05)
        return {}

    intake.dialogue.reader = reads
    first = asyncio.create_task(intake.turns.ask(text("một", 1)))
    await asyncio.to_thread(begun.wait, LONG)
    second = asyncio.create_task(intake.turns.ask(text("hai", 2)))
    while len(intake.inbox()) < 2:
        await asyncio.sleep(0.001)
    await asyncio.to_thread(intake.turns.close)
    with pytest.raises(StoreError):
        await second
    at_stop = (len((await first).replies), intake.inbox())
    again = Intake(intake.path)
    again.turns.catch_up()
    await again.turns.ask(text("ba", 3))

    assert at_stop == (1, [("done", None), ("new", None)])
    assert again.texts() == ["nghe: một", "nghe: hai", "nghe: ba"]
    intake.store.close()
    again.close()
