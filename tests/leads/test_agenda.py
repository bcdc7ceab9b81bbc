from datetime import date, timedelta

import pytest

from bot.leads import Event, agenda, tick
from tests.leads.test_silence import pass_days

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def digests(office, chat):
    return [notice for notice in office.told(chat) if notice.kind == "lead_digest"]


@pytest.fixture
def binh(office):
    return office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")


def test_work_is_ordered_by_what_is_due_and_what_waits_for_the_household_comes_last(office, binh):
    waiting, visit, fresh = office.passed("a"), office.passed("b"), office.passed("c")
    for lead in (waiting, visit):
        office.book.take(lead, binh)
        office.book.step(lead, binh, Event.CONTACT)
    office.book.step(waiting, binh, Event.WAIT)
    office.book.step(visit, binh, Event.VISIT, visit_on=date(2026, 11, 27))
    office.clock.turn(HOUR)
    new = office.passed("d")
    office.book.take(fresh, binh)

    items = agenda(office.book, office.collaborators.get(binh))
    assert [item.lead_id for item in items] == [new, visit, fresh, waiting]
    assert items[-1].due is None


def test_the_centre_has_what_is_escalated_on_its_list(office):
    hanh = office.centre()
    lead = office.passed(unit="Xã Xa Lạ")

    assert [item.lead_id for item in agenda(office.book, office.collaborators.get(hanh))] == [lead]


def test_a_digest_comes_once_a_morning_and_only_when_there_is_something(office, binh):
    office.passed()
    tick(office.book)
    assert digests(office, "binh") == []  # the card came this very morning

    office.clock.turn(2 * DAY - 2 * HOUR)  # Wednesday 07:00
    tick(office.book)
    assert digests(office, "binh") == []
    office.clock.turn(HOUR)
    for _ in range(5):
        tick(office.book)
    (told,) = digests(office, "binh")
    assert ([item.number for item in told.new], told.due) == (["KC-0001"], ())

    office.book.take(1, binh)
    office.book.step(1, binh, Event.CONTACT)
    pass_days(office, 5)
    assert len(digests(office, "binh")) == 1


def test_a_visit_of_today_is_in_the_digest(office, binh):
    office.book.take(office.passed(), binh)
    office.book.step(1, binh, Event.VISIT, visit_on=date(2026, 11, 26))
    pass_days(office, 4)

    assert [[item.visit_on for item in told.due] for told in digests(office, "binh")] == [
        [date(2026, 11, 26)],
        [date(2026, 11, 26)],
    ]


@pytest.mark.parametrize("why", ["away", "unreachable", "afternoon", "weekend"])
def test_nobody_is_disturbed_who_is_not_at_work(office, binh, why):
    office.passed()
    office.clock.turn(2 * DAY - HOUR)
    if why == "away":
        office.collaborators.away(binh, office.clock.today(), office.clock.today())
    elif why == "unreachable":
        office.collaborators.set_reachable(binh, reachable=False)
    elif why == "afternoon":
        office.clock.turn(6 * HOUR)
    else:
        office.clock.turn(3 * DAY)
    tick(office.book)

    assert digests(office, "binh") == []
