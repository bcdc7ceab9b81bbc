"""When a message startles nobody: lists of work, and news that comes at night or on a holiday."""

import json
from datetime import UTC, datetime

import pytest

from bot.leads.news import LeadTaken
from bot.leads.notices import LeadAlerts, LeadDigest, LeadMoved, LeadReminder, LeadsSilent, Moved, Stage
from bot.outbox import Outgoing, State, plain
from bot.replies.notices import render
from bot.replies.reply import Reply

MORNING = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
"""8:30 in Vietnam, a Wednesday."""
SUNDAY = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
TET = datetime(2027, 2, 7, 3, 0, tzinfo=UTC)

TAKEN = LeadTaken("KC-0127", "Nguyễn Văn Mẫu", None, ("machinery",))
REMINDER = LeadReminder(127, "KC-0127", "Xã Phú Giáo", Stage.ANSWER, MORNING)


def written(notice: object, at: datetime = MORNING) -> Outgoing:
    words = json.dumps(plain(notice), ensure_ascii=False)
    return Outgoing(1, "telegram", "42", notice.kind, words, State.QUEUED, 0, at)


@pytest.mark.parametrize(
    ("notice", "at", "quiet"),
    [
        (TAKEN, MORNING, False),
        (TAKEN, SUNDAY, False),
        (TAKEN, EVENING, True),
        (TAKEN, TET, True),
        (REMINDER, MORNING, False),
        (REMINDER, EVENING, True),
        (LeadDigest((), ()), MORNING, True),
        (LeadsSilent((), to_centre=False), MORNING, True),
        (LeadAlerts((), MORNING.date()), MORNING, True),
        (LeadMoved("KC-0127", Moved.WITHDRAWN), MORNING, True),
        # An answer to what somebody says at night: they are awake.
        (Reply("Dạ, đã ghi."), EVENING, False),
        (Reply("Nhắc nhẹ.", quiet=True), MORNING, True),
    ],
)
def test_what_is_quiet_and_when(notice, at, quiet):
    assert render(written(notice), at).quiet == quiet


def test_where_no_moment_is_said_that_of_writing_counts():
    assert [render(written(TAKEN, at)).quiet for at in (MORNING, EVENING)] == [False, True]
