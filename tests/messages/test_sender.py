"""What must leave leaves in order, at the pace and after the pauses that the channel asks for, or says why not."""

import asyncio
import sqlite3
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.errors import Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.messages.sender import GIVE_UP_AFTER, Sender
from bot.outbox import Outbox, Pace, Rate
from bot.outbox import State as Sending
from bot.replies.reply import Choice, Reply
from bot.store import from_text
from tests.messages.office import AT_ONCE, Intake, ScriptedCarrier, press, text


def states(intake: Intake) -> list[tuple[str, str | None]]:
    return [(state, reason) for state, reason in intake.rows("SELECT state, reason FROM outbox ORDER BY id")]


async def test_messages_of_a_chat_leave_in_order_and_never_two_at_once(intake):
    carrier = ScriptedCarrier()
    intake.put_out("a", "1", "2", "3")
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "1"), ("a", "2"), ("a", "3")]
    assert carrier.most_at_work == 1
    assert states(intake) == [("sent", None)] * 3


async def test_chats_do_not_wait_for_each_other(intake):
    carrier = ScriptedCarrier()
    carrier.takes_seconds = 0.1
    for chat in "abcde":
        intake.put_out(chat, f"{chat}1", f"{chat}2")
    await intake.sender(carrier).send_due()
    said = [said for _, said in carrier.taken]

    assert carrier.most_at_work == 5
    assert [sorted(said[:5]), sorted(said[5:])] == [[f"{chat}{n}" for chat in "abcde"] for n in (1, 2)]


async def test_a_pause_that_the_channel_asks_for_is_kept_in_that_chat_and_nowhere_else(intake):
    carrier = ScriptedCarrier({"a1": [RetryLater(30, "Telegram asks to wait")]})
    intake.put_out("a", "a1", "a2")
    intake.put_out("b", "b1", "b2")
    sender = intake.sender(carrier)
    await sender.send_due()
    before = list(carrier.taken)
    intake.clock.turn(timedelta(seconds=29.9))
    await sender.send_due()
    nearly = list(carrier.taken)
    intake.clock.turn(timedelta(seconds=0.2))
    await sender.send_due()

    assert before == [("b", "b1"), ("b", "b2")]
    assert nearly == before
    assert carrier.taken[2:] == [("a", "a1"), ("a", "a2")]


async def test_a_pause_longer_than_our_own_longest_is_obeyed(intake):
    carrier = ScriptedCarrier({"a1": [RetryLater(3600, "Telegram asks to wait")]})
    intake.put_out("a", "a1")
    sender = intake.sender(carrier)
    await sender.send_due()
    intake.clock.turn(timedelta(seconds=3599))
    await sender.send_due()
    early = list(carrier.taken)
    intake.clock.turn(timedelta(seconds=2))
    await sender.send_due()

    assert (early, carrier.taken) == ([], [("a", "a1")])


async def tried(intake: Intake, carrier: ScriptedCarrier, until: timedelta) -> list[float]:
    """Sends, and turns the clock to the next attempt, for as long as told; gives the pauses in seconds."""
    sender, pauses, begun = intake.sender(carrier), [], intake.clock.now()
    while intake.clock.now() - begun <= until:
        await sender.send_due()
        [(last,)] = intake.rows("SELECT max(not_before) FROM outbox WHERE state = 'queued'")
        if last is None:
            break
        due = from_text(last)
        pauses.append((due - intake.clock.now()).total_seconds())
        intake.clock.at = due
    return pauses


async def test_our_own_failures_in_a_row_are_tried_after_longer_and_longer_pauses_and_given_up_at_last(intake, logged):
    carrier = ScriptedCarrier({"a1": [ValueError()] * 99})
    [row] = intake.put_out("a", "a1")
    pauses = await tried(intake, carrier, timedelta(days=1))

    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    assert states(intake) == [("failed", "gave up: ValueError")]
    assert intake.outbox.get(row).attempts == GIVE_UP_AFTER


async def test_a_channel_that_is_down_over_night_loses_nothing(intake):
    carrier = ScriptedCarrier({"a1": [RetryLater(5, "NetworkError")] * 140})
    intake.put_out("a", "a1", "a2")
    pauses = await tried(intake, carrier, timedelta(days=1))

    assert sum(pauses) > 10 * 3600
    assert max(pauses) == 300
    assert carrier.taken == [("a", "a1"), ("a", "a2")]


async def test_a_channel_that_stays_down_is_given_up(intake, monkeypatch):
    monkeypatch.setattr("bot.messages.sender.KEEP_TRYING", timedelta(hours=2))
    carrier = ScriptedCarrier({"a1": [RetryLater(5, "NetworkError")] * 9999})
    intake.put_out("a", "a1")
    pauses = await tried(intake, carrier, timedelta(days=1))

    assert states(intake) == [("failed", "gave up: NetworkError")]
    assert 2 * 3600 <= sum(pauses) <= 2 * 3600 + 300


async def test_a_message_that_the_channel_refuses_fails_and_the_next_one_goes(intake):
    carrier = ScriptedCarrier({"a1": [Refused("message text is too long: chị Hoa")]})
    intake.put_out("a", "a1", "a2")
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "a2")]
    assert states(intake) == [("failed", "Refused"), ("sent", None)]


async def test_an_error_of_our_own_is_tried_again(intake, logged):
    carrier = ScriptedCarrier({"a1": [ValueError("a1"), KeyError("a1")]})
    intake.put_out("a", "a1")
    sender = intake.sender(carrier)
    for seconds in (0, 2, 4):
        intake.clock.turn(timedelta(seconds=seconds))
        await sender.send_due()

    assert carrier.taken == [("a", "a1")]
    assert logged().count("delivery_broke") == 2


async def test_a_chat_that_cannot_be_reached_is_parked_with_all_that_waits_for_it(intake):
    carrier = ScriptedCarrier({"a1": [Unreachable("bot was blocked by the user")]})
    intake.people.person_for("post", "a")
    intake.put_out("a", "a1", "a2", "a3")
    intake.put_out("b", "b1")
    await intake.sender(carrier).send_due()
    blocked = "bot was blocked by the user"

    assert carrier.taken == [("b", "b1")]
    assert states(intake) == [("parked", blocked)] * 3 + [("sent", None)]
    assert intake.rows("SELECT reachable, unreachable_reason FROM accounts") == [(0, blocked)]


async def test_after_a_crash_what_was_on_its_way_goes_again_and_what_may_go_once_only_does_not(intake):
    intake.put_out("a", "again")
    intake.put_out("b", "once", at_most_once=True)
    claimed = intake.outbox.claim_due(10)
    carrier = ScriptedCarrier()
    await intake.sender(carrier).send_due()
    before = list(carrier.taken)
    recovered = Outbox(intake.store, intake.clock).recover()
    await intake.sender(carrier).send_due()

    assert (len(claimed), before, recovered) == (2, [], 2)
    assert carrier.taken == [("a", "again")]
    assert [state for state, _ in states(intake)] == [Sending.SENT, Sending.PARKED]


async def test_an_edit_replaces_the_message_under_the_id_that_the_channel_gave(intake):
    carrier = ScriptedCarrier()
    [card] = intake.put_out("a", "thẻ")
    sender = intake.sender(carrier)
    await sender.send_due()
    intake.put_out("a", "thẻ mới", edits=card)
    await sender.send_due()

    assert carrier.edited == [("a", "id-1", "thẻ mới")]


async def test_a_message_for_a_channel_that_is_not_here_waits(intake):
    carrier = ScriptedCarrier()
    intake.put_out("a", "web", channel="web")
    intake.put_out("a", "post")
    await intake.sender(carrier).send_due()

    assert (carrier.taken, states(intake)) == ([("a", "post")], [("queued", None), ("sent", None)])


async def test_the_buttons_that_went_out_are_the_only_ones_that_mean_something(intake):
    carrier = ScriptedCarrier()

    async def offers(message, db):
        return [Reply("Chọn:", (Choice("Có", "affirm", {"n": 1}), Choice("Không", "deny")))] if message.text else []

    intake.dialogue.script = offers
    sender = Sender(intake.store, intake.clock, intake.people, {"telegram": carrier}, Pace({}, AT_ONCE))
    await intake.turns.ask(text("hỏi", 1, "1"))
    await sender.send_due()
    [(yes, no)] = carrier.shown
    await intake.turns.ask(press(yes.id, 2, "1"))
    await intake.turns.ask(press(yes.id, 3, "1"))
    await intake.turns.ask(press(no.id, 4, "somebody else"))
    await intake.turns.ask(press(no.title, 5, "1"))

    assert (yes.title, no.title, len(yes.id.encode()) <= 64) == ("Có", "Không", True)
    pressed = [heard.choice for heard in intake.dialogue.heard[1:]]
    assert pressed == [Choice("Có", "affirm", {"n": 1})] * 2


async def test_it_runs_until_it_is_cancelled_and_wakes_from_any_thread(tmp_path):
    intake = Intake(tmp_path / "x.sqlite", SystemClock())
    carrier = ScriptedCarrier()
    sender = Sender(intake.store, intake.clock, intake.people, {"post": carrier}, Pace({}, AT_ONCE))
    running = asyncio.create_task(sender.run())
    await asyncio.sleep(0.05)
    intake.put_out("a", "1", "2")
    await asyncio.to_thread(sender.wake)
    async with asyncio.timeout(0.9):
        while len(carrier.taken) < 2:
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    intake.close()

    assert carrier.taken == [("a", "1"), ("a", "2")]


async def test_messages_of_one_chat_keep_the_interval_of_the_channel(tmp_path):
    intake = Intake(tmp_path / "x.sqlite", SystemClock())
    carrier = ScriptedCarrier()
    pace = Pace({"post": Rate(per_second=1000, burst=1000, chat_interval=timedelta(seconds=0.15))})
    sender = Sender(intake.store, intake.clock, intake.people, {"post": carrier}, pace)
    intake.put_out("a", "1", "2", "3")
    begun = intake.clock.now()
    await sender.send_due()
    ended = intake.clock.now()
    intake.close()

    assert [said for _, said in carrier.taken] == ["1", "2", "3"]
    # Two pauses; a busy machine makes them longer, nothing makes them shorter.
    assert ended - begun >= timedelta(seconds=0.3)


class HoldingCarrier(ScriptedCarrier):
    """While it takes its first message, somebody else begins to hold the database."""

    def __init__(self, somebody: sqlite3.Connection) -> None:
        super().__init__()
        self._somebody = somebody

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        if not self.taken:
            self._somebody.execute("BEGIN IMMEDIATE")
            asyncio.get_running_loop().call_later(0.2, self._somebody.execute, "ROLLBACK")
        return await super().send(chat, reply, buttons)


async def test_a_database_that_is_held_for_long_neither_ends_the_sender_nor_sends_twice(tmp_path, monkeypatch, logged):
    monkeypatch.setattr("bot.store.database.BUSY_TIMEOUT_SECONDS", 0.01)
    monkeypatch.setattr("bot.messages.sender.IDLE_SECONDS", 0.02)
    intake = Intake(tmp_path / "x.sqlite", SystemClock())
    somebody = sqlite3.connect(intake.path, isolation_level=None)
    carrier = HoldingCarrier(somebody)
    sender = Sender(intake.store, intake.clock, intake.people, {"post": carrier}, Pace({}, AT_ONCE))
    intake.put_out("a", "1", "2")
    running = asyncio.create_task(sender.run())
    async with asyncio.timeout(5):
        while len(carrier.taken) < 2 or states(intake)[1][0] != "sent":
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    somebody.close()
    intake.close()
    written = logged()

    assert carrier.taken == [("a", "1"), ("a", "2")]
    assert ("delivery_not_noted" in written, "nothing_claimed" in written) == (True, True)
