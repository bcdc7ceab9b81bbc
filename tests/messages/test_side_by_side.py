"""While a turn holds the database, everything else goes on, and nobody waits longer than for those before them."""

import asyncio
import threading

import pytest

from bot.clock import SystemClock
from bot.messages.sender import Sender
from bot.outbox import Pace
from bot.replies.reply import Reply
from bot.store.turnstile import Turnstile
from tests.messages.office import AT_ONCE, Intake, ScriptedCarrier, text

LONG = 5.0
"""Seconds after which a test has failed."""


class Leave:
    """What every turn waits for, in its own thread and with the write lock, as for a long answer."""

    def __init__(self) -> None:
        self.waiting = 0
        self._given = threading.Semaphore(0)

    async def before_answering(self, message, db):
        db.execute("UPDATE persons SET created = created")
        self.waiting += 1
        if not self._given.acquire(timeout=LONG):
            raise TimeoutError
        return [Reply(message.text)]

    def give(self, turns: int = 1) -> None:
        self._given.release(turns)


@pytest.fixture
def leave(intake) -> Leave:
    leave = Leave()
    intake.dialogue.script = leave.before_answering
    return leave


async def until(holds) -> None:
    async with asyncio.timeout(LONG):
        while not holds():
            await asyncio.sleep(0.001)


def left(intake) -> int:
    """Messages that are not yet answered."""
    return len([state for state, _ in intake.inbox() if state == "new"])


async def test_the_event_loop_is_free_while_turns_are_answered(intake, leave):
    answering = asyncio.gather(*(intake.turns.ask(text(str(n), n, chat=str(n))) for n in range(4)))
    for number in range(1, 5):
        # Without the loop nobody gives leave, and the turn ends with an apology.
        await until(lambda number=number: leave.waiting == number)
        leave.give()
    answered = await asyncio.wait_for(answering, LONG)

    assert sorted(reply.text for one in answered for reply in one.replies) == ["0", "1", "2", "3"]


async def test_a_message_that_comes_in_during_a_rush_waits_for_one_turn_not_for_all(intake, leave):
    for number in range(8):
        intake.turns.receive(text(str(number), number))
    intake.turns.catch_up()
    await until(lambda: leave.waiting == 1)
    coming_in = asyncio.create_task(intake.turns.accept(text("mới", 100, chat="another")))
    await until(lambda: intake.store._turnstile._waiting)
    leave.give()
    await asyncio.wait_for(coming_in, LONG)
    waits = left(intake)
    leave.give(8)
    await until(lambda: left(intake) == 0)

    assert waits == 8, "one turn of the eight is over, and the new message is in"


async def test_replies_leave_while_later_messages_are_answered(tmp_path):
    intake, carrier, leave = Intake(tmp_path / "x.sqlite", SystemClock()), ScriptedCarrier(name="telegram"), Leave()
    intake.dialogue.script = leave.before_answering
    sender = Sender(intake.store, intake.clock, intake.people, {"telegram": carrier}, Pace({}, AT_ONCE))
    intake.turns._on_outgoing = sender.wake
    running = asyncio.create_task(sender.run())
    answering = asyncio.gather(*(intake.turns.ask(text(str(n), n, chat=str(n))) for n in range(8)))
    turns = 0
    while not carrier.taken:
        turns += 1
        await until(lambda turns=turns: leave.waiting == turns)
        leave.give()
        await until(lambda turns=turns: left(intake) == 8 - turns)
        # The sender writes between two turns: it has sent, or stands in line for the next gap.
        await until(lambda: carrier.taken or intake.store._turnstile._waiting)
    still_to_answer = left(intake)
    leave.give(8)
    await asyncio.wait_for(answering, LONG)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    intake.close()

    assert still_to_answer >= 4


def test_threads_go_through_in_the_order_in_which_they_came():
    turnstile, order, inside = Turnstile(), [], threading.Event()
    threads = [threading.Thread(target=_goes_through, args=(turnstile, number, order)) for number in range(6)]
    with turnstile:
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(turnstile._waiting) < number:
                inside.wait(0.001)
    # Who comes at once again waits behind all of them.
    with turnstile:
        order.append("again")
    for thread in threads:
        thread.join()

    assert order == [0, 1, 2, 3, 4, 5, "again"]


def test_it_is_free_again_after_an_error():
    turnstile = Turnstile()
    for _ in range(2):
        try:
            with turnstile:
                raise ValueError
        except ValueError:
            pass

    assert not turnstile._taken


def _goes_through(turnstile, number, order):
    with turnstile:
        order.append(number)
