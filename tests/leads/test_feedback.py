from datetime import timedelta

import pytest

from bot.leads import CloseReason, Event, Feedback, answer_feedback, tick
from tests.leads.test_silence import pass_days


@pytest.fixture
def closed(office):
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.lead = office.passed()
    office.book.take(office.lead, office.binh)
    office.book.close(office.lead, office.binh, CloseReason.HELPED)
    return office


def test_ten_days_after_the_end_the_household_is_asked_once(closed):
    pass_days(closed, 9)
    assert "lead_feedback_asked" not in closed.kinds("hoa")
    pass_days(closed, 30)

    assert closed.kinds("hoa").count("lead_feedback_asked") == 1


def test_answers_are_kept_and_the_last_counts(closed):
    lead = closed.book.get(closed.lead)
    assert not answer_feedback(closed.book, lead, Feedback.CONTACTED, answer=True)

    pass_days(closed, 12)
    for value in (True, False):
        assert answer_feedback(closed.book, lead, Feedback.CONTACTED, answer=value)
    assert answer_feedback(closed.book, lead, Feedback.USEFUL, answer=True)
    (kept,) = closed.store.db.query("SELECT contacted, useful FROM lead_feedback")
    assert (kept["contacted"], kept["useful"]) == (0, 1)


@pytest.mark.parametrize("how", ["reopened", "undone", "spam", "unreachable"])
def test_nobody_is_asked_about_what_goes_on_or_never_was(closed, how):
    if how == "reopened":
        closed.book.reopen(closed.lead)
    elif how == "undone":
        closed.book.step(closed.lead, closed.binh, Event.UNDO)
    elif how == "spam":
        closed.book.step(closed.lead, closed.binh, Event.UNDO)
        closed.book.close(closed.lead, closed.binh, CloseReason.SPAM)
    else:
        closed.people.mark_unreachable("telegram", "hoa", "blocked")
    closed.clock.turn(timedelta(days=15))
    tick(closed.book)

    assert "lead_feedback_asked" not in closed.kinds("hoa")


def test_a_decision_that_nobody_closes_is_asked_about_too(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    for event in (Event.PREPARE, Event.SUBMIT, Event.APPROVE):
        office.book.step(lead, binh, event)
    pass_days(office, 12)

    assert office.kinds("hoa")[-1] == "lead_feedback_asked"
