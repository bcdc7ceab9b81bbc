"""The limit never stops a person who writes once a second, and always stops a flood."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.limits import MOST_REMEMBERED, PER_ADDRESS, PER_CONVERSATION, Limit

seconds = st.floats(min_value=0, max_value=30, allow_nan=False)


@given(st.integers(0, 5), st.lists(st.floats(min_value=1.0, max_value=60.0), max_size=60), seconds)
def test_five_at_once_and_then_one_a_second_always_pass(burst, gaps, start):
    for rate in (PER_CONVERSATION, PER_ADDRESS):
        limit = Limit(*rate)
        times = [start] * burst + list(accumulate(gaps, initial=start + 1.0))

        assert [limit.wait("k", at) for at in times] == [0.0] * len(times)


@given(st.lists(st.floats(min_value=0, max_value=0.4), min_size=1, max_size=300))
def test_no_more_pass_than_the_burst_and_what_flows_in(gaps):
    limit, times = Limit(2.0, 8), list(accumulate(gaps, initial=100.0))
    passed = sum(limit.wait("k", at) == 0 for at in times)

    assert passed <= 8 + 2.0 * (times[-1] - times[0]) + 1e-6


@given(st.lists(seconds, min_size=1, max_size=60))
def test_after_the_wait_it_names_a_message_passes(gaps):
    limit, now = Limit(2.0, 3), 0.0
    for gap in gaps:
        wait = limit.wait("k", now)
        if wait:
            assert limit.wait("k", now + wait + 1e-6) == 0
            now += wait
        now += gap / 100


def test_keys_do_not_share_and_are_forgotten_oldest_first():
    limit = Limit(1.0, 1)
    limit.wait("first", 0.0)
    stopped = limit.wait("first", 0.0)
    for number in range(MOST_REMEMBERED):
        limit.wait(str(number), 0.0)

    assert stopped > 0
    assert len(limit._buckets) == MOST_REMEMBERED
    assert limit.wait("first", 0.0) == 0
