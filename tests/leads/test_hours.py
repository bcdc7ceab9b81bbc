from datetime import date, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.clock import VIETNAM
from bot.leads import WorkingHours

HOURS = WorkingHours()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-25T09:00", 2, "2026-11-25T11:00"),
        ("2026-11-25T09:00", 8, "2026-11-26T09:00"),
        ("2026-11-25T10:00", 3, "2026-11-25T14:30"),  # over lunch
        ("2026-11-27T16:00", 2, "2026-11-30T08:30"),  # over the weekend
        ("2026-11-23T10:30", 8, "2026-11-25T10:30"),  # over 24 November
        ("2026-11-25T20:00", 1, "2026-11-26T08:30"),  # from the evening
        ("2027-02-03T16:00", 2, "2027-02-11T08:30"),  # over Tết
    ],
)
def test_working_time_passes_only_when_people_work(start, hours, end):
    assert HOURS.add(at(start), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-25T07:29", False),
        ("2026-11-25T07:30", True),
        ("2026-11-25T12:00", False),
        ("2026-11-25T17:00", False),
        ("2026-11-28T09:00", False),
        ("2026-11-24T09:00", False),
        ("2027-02-08T09:00", False),
    ],
)
def test_open_is_when_people_work(moment, is_open):
    assert is_open is HOURS.is_open(at(moment))


def test_a_working_day_is_eight_hours():
    assert HOURS.day == timedelta(hours=8)
    assert not HOURS.is_working_day(date(2026, 9, 2))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(VIETNAM)),  # noqa: DTZ001  # zone is given
    st.integers(1, 40),
    st.integers(1, 40),
)
def test_adding_twice_is_adding_the_sum(moment, first, second):
    one, two = timedelta(hours=first), timedelta(hours=second)

    assert HOURS.add(HOURS.add(moment, one), two) == HOURS.add(moment, one + two)
    assert HOURS.add(moment, one) > moment


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(VIETNAM)),  # noqa: DTZ001  # zone is given
    st.integers(1, 100),
)
def test_the_time_between_is_the_time_that_was_added(moment, hours):
    later = HOURS.add(moment, timedelta(hours=hours))

    assert HOURS.between(moment, later) == timedelta(hours=hours)
    assert HOURS.between(later, moment) == timedelta()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T15:00", ("2026-11-25T07:30", "2026-11-25T11:30")),
        ("2026-11-24T09:00", None),
        ("2026-11-28T09:00", None),
    ],
)
def test_the_morning_is_the_first_working_span(moment, expected):
    assert HOURS.morning(at(moment)) == (None if expected is None else tuple(at(text) for text in expected))
