"""A button that is tapped twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from bot.channels import taps
from bot.channels.taps import OneTap
from bot.errors import StoreError
from bot.messages.incoming import IncomingMessage
from bot.messages.turns import Answered
from tests.messages.office import Intake, press, text


@pytest.fixture
def inner(tmp_path: Path) -> Iterator[Intake]:
    inner = Intake(tmp_path / "taps.sqlite")
    yield inner
    inner.close()


async def stored(inner: Intake, *messages: IncomingMessage) -> list[str]:
    intake = OneTap(inner.turns)
    for message in messages:
        await intake.accept(message)
    return [update_id for (update_id,) in inner.rows("SELECT update_id FROM inbox ORDER BY id")]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([press("có", 1), press("có", 2), press("có", 3)], ["1"]),
        ([press("có", 1), press("không", 2)], ["1", "2"]),
        ([press("có", 1), press("có", 2, chat="2")], ["1", "2"]),
        ([press("có", 1), press("không", 2), press("có", 3)], ["1", "2", "3"]),
        ([text("có", 1), text("có", 2)], ["1", "2"]),
    ],
)
async def test_a_second_tap_is_the_first(inner: Intake, messages: list[IncomingMessage], expected: list[str]) -> None:
    assert await stored(inner, *messages) == expected


async def test_later_it_is_a_press_of_its_own(inner: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taps, "SAME_PRESS_SECONDS", 0.0)

    assert await stored(inner, press("có", 1), press("có", 2)) == ["1", "2"]


async def test_a_press_that_could_not_be_stored_counts_when_it_comes_again(
    inner: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles = [StoreError("disk full")]
    receive = inner.turns.receive

    def sometimes(message: IncomingMessage, answer: Future[Answered] | None = None) -> int | None:
        if troubles:
            raise troubles.pop()
        return receive(message, answer)

    monkeypatch.setattr(inner.turns, "receive", sometimes)
    intake = OneTap(inner.turns)
    with pytest.raises(StoreError):
        await intake.accept(press("có", 1))
    await intake.accept(press("có", 1))

    assert inner.rows("SELECT update_id FROM inbox") == [("1",)]
