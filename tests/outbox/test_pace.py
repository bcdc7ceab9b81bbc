from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import given

from bot.clock import TurnedClock
from bot.outbox import Pace, Rate

NOW = TurnedClock().now()
ZERO = timedelta(0)


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def test_a_chat_is_written_to_once_a_second():
    pace = Pace({"telegram": Rate(per_second=30, burst=30)})
    pace.take("telegram", "1", NOW)

    assert pace.delay("telegram", "1", after(0.25)) == timedelta(seconds=0.75)
    assert pace.delay("telegram", "2", NOW) == ZERO
    assert pace.delay("telegram", "1", after(1)) == ZERO


def test_a_channel_bears_its_burst_and_then_its_rate():
    pace = Pace({"telegram": Rate(per_second=2, burst=3)})
    for chat in range(3):
        assert pace.delay("telegram", str(chat), NOW) == ZERO
        pace.take("telegram", str(chat), NOW)

    assert pace.delay("telegram", "9", NOW) == timedelta(seconds=0.5)
    assert pace.delay("telegram", "9", after(0.5)) == ZERO


def test_a_pause_that_the_channel_asked_for_is_kept_and_never_shortened():
    pace = Pace({})
    pace.pause("telegram", after(30))
    pace.pause("telegram", after(5))
    pace.pause("zalo_oa", after(9), chat="1")

    assert pace.delay("telegram", "1", NOW) == timedelta(seconds=30)
    assert pace.delay("zalo_oa", "1", NOW) == timedelta(seconds=9)
    assert pace.delay("zalo_oa", "2", NOW) == ZERO


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=60))
def test_no_second_ever_carries_more_than_burst_and_rate(chats):
    pace = Pace({"telegram": Rate(per_second=5, burst=5)})
    clock = TurnedClock()
    sent = []
    for chat in chats:
        clock.turn(pace.delay("telegram", chat, clock.now()))
        pace.take("telegram", chat, clock.now())
        sent.append((clock.now(), chat))

    for at, chat in sent:
        second = [other for other in sent if at <= other[0] < at + timedelta(seconds=1)]
        assert len(second) <= 10
        assert sum(other[1] == chat for other in second) == 1
