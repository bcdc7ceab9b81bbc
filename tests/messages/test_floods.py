"""A flood from one chat is told once to slow down, costs no turn, and holds nobody else up."""

from datetime import timedelta

import pytest

from bot.assembly import migrate
from bot.clock import TurnedClock
from bot.messages import inbox
from bot.messages.floods import MOST, SPAN, FloodCounter
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.reception import Heard
from bot.store import Store


class Counter:
    """The counter on a database of its own; every message is stored and answered, as in a turn."""

    def __init__(self) -> None:
        self.store = Store(None)
        migrate(self.store)
        self.clock = TurnedClock()
        self._counter = FloodCounter(self.clock)
        self._number = 0

    def hears(self, chat: str, *, channel: str = "telegram", kind: Kind = Kind.TEXT) -> str:
        """`turn` when the message goes on to the dialogue, else what is said."""
        self._number += 1
        message = IncomingMessage(channel, chat, str(self._number), kind, text="máy")
        with self.store.transaction() as db:
            row = inbox.receive(db, message, self.clock.now())
            served = self._counter.serve(db, Heard(message, chat))
            inbox.finish(db, row, self.clock.now())
        return "turn" if served is None else " ".join(reply.text for reply in served.replies)


@pytest.fixture
def counter():
    counter = Counter()
    yield counter
    counter.store.close()


def test_the_first_message_too_many_gets_one_line_and_the_next_ones_none(counter):
    said = [counter.hears("a") for _ in range(MOST + 5)]

    assert said[:MOST] == ["turn"] * MOST
    assert "dồn dập" in said[MOST]
    assert said[MOST + 1 :] == [""] * 4


def test_after_a_minute_of_quiet_everything_is_answered_again(counter):
    for _ in range(MOST + 2):
        counter.hears("a")
    counter.clock.turn(SPAN + timedelta(seconds=1))

    assert counter.hears("a") == "turn"


def test_edits_count_like_words(counter):
    said = [counter.hears("a", kind=Kind.EDITED) for _ in range(MOST + 2)]

    assert (said[MOST - 1], "dồn dập" in said[MOST], said[MOST + 1]) == ("turn", True, "")


@pytest.mark.parametrize(
    "other", [{"chat": "b"}, {"chat": "a", "kind": Kind.BUTTON}, {"chat": "a", "channel": "web"}], ids=str
)
def test_others_buttons_and_the_web_page_are_not_held_up(counter, other):
    for _ in range(MOST + 2):
        counter.hears("a")

    assert counter.hears(**other) == "turn"
