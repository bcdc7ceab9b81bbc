"""A database that somebody else holds for long puts turns off; they are found again, and answered once."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.errors import StoreError
from bot.messages import inbox
from bot.server import _keep_time
from tests.messages.office import Intake, text

PATIENCE = 0.1
"""Seconds instead of ten for which a connection waits."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_TIMEOUT_SECONDS", PATIENCE)


@contextmanager
def held_by_somebody_else(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def all_answered(intake: Intake) -> None:
    await until(lambda: not inbox.unanswered_chats(intake.store.db))


async def test_a_turn_that_found_the_database_locked_is_answered_later_without_an_apology(intake, logged):
    for number, said in enumerate(("một", "hai")):
        intake.turns.receive(text(said, number))
    intake.turns.receive(text("ba", 3, chat="2"))
    with held_by_somebody_else(intake.path):
        intake.turns.catch_up()
        await until(lambda: logged().count("turn_put_off") == 2)
        in_vain = (intake.inbox(), intake.texts(), intake.texts("2"))
    found = intake.turns.catch_up()
    await all_answered(intake)

    assert in_vain == ([("new", None)] * 3, [], [])
    assert found == 3
    assert (intake.texts(), intake.texts("2")) == (["nghe: một", "nghe: hai"], ["nghe: ba"])
    assert "turn_failed" not in logged()


async def test_the_service_finds_it_by_itself(intake, monkeypatch, logged):
    monkeypatch.setattr("bot.server.TIMER_SECONDS", 0.02)
    nothing = SimpleNamespace(tick=lambda: False)
    running = SimpleNamespace(turns=intake.turns, desk=intake.desk, relay=intake.relay, upkeep=nothing)
    intake.turns.receive(text("chào"))
    with held_by_somebody_else(intake.path):
        intake.turns.catch_up()
        await until(lambda: "turn_put_off" in logged())
    timer = asyncio.create_task(_keep_time(running))
    await all_answered(intake)
    timer.cancel()

    assert intake.texts() == ["nghe: chào"]


async def test_a_turn_that_was_read_before_the_lock_is_not_answered_twice(intake):
    async def reads(said):
        if not read:
            holding.enter_context(held_by_somebody_else(intake.path))
        read.append(said.text)
        return {}

    read: list = []
    intake.dialogue.reader = reads
    with ExitStack() as holding:
        with pytest.raises(StoreError):
            await intake.turns.ask(text("chào"))
        put_off = intake.inbox()
    for _ in range(5):
        intake.turns.catch_up()
    await all_answered(intake)

    assert put_off == [("new", None)]
    assert intake.inbox() == [("done", None)]
    assert intake.texts() == ["nghe: chào"]


async def test_a_turn_whose_apology_cannot_be_kept_either_is_tried_again(intake, logged):
    # As with a full disk: nothing can be put out, and that cannot be said.
    intake.store.db.execute("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(FAIL, 'disk full'); END")
    intake.turns.receive(text("chào"))
    intake.turns.catch_up()
    await until(lambda: "turn_not_recorded" in logged())
    in_vain = (intake.inbox(), intake.texts())
    intake.store.db.execute("DROP TRIGGER full")
    intake.turns.catch_up()
    await all_answered(intake)

    assert in_vain == ([("new", None)], [])
    assert intake.texts() == ["nghe: chào"]
