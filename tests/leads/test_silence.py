from datetime import date, timedelta

import pytest

from bot.leads import CloseReason, Event, State, orphans, tick
from bot.leads.lead import ActorKind

DAY = timedelta(days=1)


@pytest.fixture
def at_work(office):
    """A lead that Anh Bình has called about, on Monday 23 November."""
    office.centre()
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.lead = office.passed()
    office.book.take(office.lead, office.binh)
    office.book.step(office.lead, office.binh, Event.CONTACT)
    return office


def pass_days(office, days):
    """One look at the clock each day at nine."""
    for _ in range(days):
        office.clock.turn(DAY)
        tick(office.book)


def silent(office, chat):
    return [notice for notice in office.told(chat) if notice.kind == "leads_silent"]


def test_the_ladder_goes_from_the_owner_to_the_centre_to_the_household(at_work):
    office = at_work
    pass_days(office, 8)
    assert silent(office, "binh") == []
    pass_days(office, 1)
    assert [item.number for item in silent(office, "binh")[0].items] == ["KC-0001"]
    assert silent(office, "centre") == []

    pass_days(office, 12)
    (told,) = silent(office, "centre")
    assert (told.to_centre, told.items[0].silent_days, told.items[0].owner) == (True, 21, "Anh Bình")
    assert office.kinds("hoa")[-1] == "lead_taken"

    pass_days(office, 25)  # day 45 is a working Thursday
    assert office.kinds("hoa")[-1] == "lead_still_wanted"
    assert len(silent(office, "binh")) == len(silent(office, "centre")) == 1
    assert office.book.get(office.lead).state is State.CONTACTED


def test_a_household_that_does_not_answer_is_closed_with_the_reason_and_comes_back_with_a_word(at_work):
    office = at_work
    pass_days(office, 60)
    lead = office.book.get(office.lead)
    assert (lead.state, lead.close_reason) == (State.CLOSED, CloseReason.NO_LONGER_WANTED)
    assert office.book.history(lead.id)[-1].why == "silence"
    (ended,) = (notice for notice in office.told("hoa") if notice.kind == "lead_ended")
    assert ended.by_silence

    assert office.book.keep(office.lead).state is State.OFFERED
    assert orphans(office.store.db) == ()


def test_a_yes_of_the_household_ends_the_silence_and_is_told_to_the_owner(at_work):
    office = at_work
    pass_days(office, 46)
    office.book.keep(office.lead)
    assert office.kinds("binh")[-1] == "lead_kept"
    pass_days(office, 8)

    assert office.book.get(office.lead).state is State.CONTACTED
    assert len(silent(office, "binh")) == 1
    pass_days(office, 2)
    assert len(silent(office, "binh")) == 2


def test_while_the_household_is_waited_for_the_clock_stands_still(at_work):
    office = at_work
    office.book.step(office.lead, office.binh, Event.WAIT)
    pass_days(office, 100)

    assert silent(office, "binh") == []
    assert office.book.get(office.lead).state is State.WAITING


def test_an_agreed_visit_counts_from_its_day(at_work):
    office = at_work
    office.book.step(office.lead, office.binh, Event.VISIT, visit_on=date(2026, 12, 14))
    pass_days(office, 28)  # 21 December
    assert silent(office, "binh") == []
    pass_days(office, 3)

    assert silent(office, "binh")[0].items[0].silent_days == 9


def test_what_lies_with_an_authority_is_asked_about_but_never_closed(at_work):
    office = at_work
    for event in (Event.PREPARE, Event.SUBMIT):
        office.book.step(office.lead, office.binh, event)
    pass_days(office, 120)

    assert office.book.get(office.lead).state is State.SUBMITTED
    assert (len(silent(office, "binh")), len(silent(office, "centre"))) == (1, 1)
    assert "lead_still_wanted" not in office.kinds("hoa")


def test_a_note_is_a_movement(at_work):
    office = at_work
    pass_days(office, 8)
    office.book.step(office.lead, office.binh, Event.NOTE, "Đã gửi mẫu đơn")
    pass_days(office, 8)

    assert silent(office, "binh") == []


def test_after_a_long_stop_everybody_gets_one_message_and_nobody_is_closed_unasked(at_work):
    office = at_work
    for number in range(1, 8):
        lead = office.passed(f"h{number}")
        office.book.take(lead, office.binh)
        office.book.step(lead, office.binh, Event.CONTACT)
    office.clock.turn(30 * DAY)
    done = [tick(office.book) for _ in range(3)]

    assert [one.silent for one in done] == [8, 0, 0]
    assert len(silent(office, "centre")) == 1
    assert silent(office, "binh") == []
    office.clock.turn(61 * DAY)  # a Monday
    assert (tick(office.book).closed, office.kinds("h1")[-1]) == (0, "lead_still_wanted")


def test_a_household_that_cannot_be_asked_is_not_closed(at_work):
    office = at_work
    office.people.mark_unreachable("telegram", "hoa", "blocked")
    pass_days(office, 120)

    assert office.book.get(office.lead).state is State.CONTACTED


def test_what_nobody_at_the_centre_takes_is_asked_about_there(office):
    office.centre()
    lead = office.passed(unit="Xã Xa Lạ")
    pass_days(office, 9)

    assert silent(office, "centre")[0].items[0].lead_id == lead
    assert office.book.history(lead)[-1].actor.kind is ActorKind.SYSTEM
