"""While a turn holds the database, everything else goes on, and nobody waits longer than for those before them."""

import asyncio
import threading
import time

from bot.clock import SystemClock
from bot.messages.sender import Sender
from bot.outbox import Pace
from bot.replies.reply import Reply
from bot.store.turnstile import Turnstile
from tests.messages.office import AT_ONCE, Intake, ScriptedCarrier, text

TURN = 0.1


async def takes_its_time(message, db):
    db.execute("UPDATE persons SET created = created")
    time.sleep(TURN)  # as Rasa does: in its own thread, with the write lock
    return [Reply(message.text)]


async def test_the_event_loop_is_free_while_turns_are_answered(intake):
    intake.dialogue.script = takes_its_time
    gaps, answering = [], asyncio.gather(*(intake.turns.ask(text(str(n), n, chat=str(n))) for n in range(8)))
    while not answering.done():
        before = time.monotonic()
        await asyncio.sleep(0.001)
        gaps.append(time.monotonic() - before)

    # Once or twice the machine itself may be busy; a loop that waits would do so in each of the eight turns.
    assert len([gap for gap in gaps if gap > TURN / 2]) <= 2


async def test_a_message_that_comes_in_during_a_rush_waits_for_one_turn_not_for_all(intake):
    intake.dialogue.script = takes_its_time
    for number in range(8):
        intake.turns.receive(text(str(number), number))
    intake.turns.catch_up()
    await asyncio.sleep(TURN / 2)
    before = time.monotonic()
    await intake.turns.accept(text("mới", 100, chat="another"))
    waited = time.monotonic() - before
    left = len([state for state, _ in intake.inbox() if state == "new"])
    await intake.turns.ask(text("cuối", 101))

    assert waited < 3 * TURN
    assert left >= 4


async def test_replies_leave_while_later_messages_are_answered(tmp_path):
    intake, carrier = Intake(tmp_path / "x.sqlite", SystemClock()), ScriptedCarrier(name="telegram")
    intake.dialogue.script = takes_its_time
    sender = Sender(intake.store, intake.clock, intake.people, {"telegram": carrier}, Pace({}, AT_ONCE))
    intake.turns._on_outgoing = sender.wake
    running = asyncio.create_task(sender.run())
    await asyncio.gather(*(intake.turns.ask(text(str(n), n, chat=str(n))) for n in range(8)))
    taken_meanwhile = len(carrier.taken)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    intake.close()

    assert taken_meanwhile >= 5


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
