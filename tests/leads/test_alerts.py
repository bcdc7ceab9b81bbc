"""The Centre hears, without asking, where much is declined and little is brought to an end."""

from datetime import date, timedelta

import pytest

from bot.leads import CENTRE_CHAT, STAFF_CHANNEL, CloseReason, DeclineReason, LeadBook, LeadPolicy, tick
from bot.leads.handling import Concern, Share, by_collaborator, cases_between
from bot.replies.leads import render

DAY = timedelta(days=1)


@pytest.fixture
def office(office):
    """Monday 23 November 2026, 09:00."""
    office.hanh = office.centre()
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh", phone="+84903111222")
    return office


def declined(office, times, by=None, unit="Xã Phú Giáo", prefix="d"):
    """So many leads that were offered and declined."""
    for number in range(times):
        lead = office.passed(f"{prefix}{number}", unit)
        office.book.decline(lead, by or office.binh, DeclineReason.BUSY)


def alerts(office, chat="centre"):
    return [notice for notice in office.told(chat) if notice.kind == "lead_alerts"]


def by_collaborator_now(office):
    today = office.clock.today()
    return by_collaborator(
        office.store.db, cases_between(office.store.db, today, today), LeadPolicy(), office.clock.now()
    )


def said(alert):
    return alert.about, alert.concern, alert.part, alert.whole


def test_much_declined_is_told_to_everybody_at_the_centre_with_whom_to_call(office):
    office.centre("Anh Tú", chat="tu")
    declined(office, 3)
    done = tick(office.book)
    [told], [to_tu] = alerts(office), alerts(office, "tu")

    assert done.alerts == 1
    assert told == to_tu
    assert [said(one) for one in told.items] == [("Anh Bình", Concern.DECLINED, 3, 3)]
    assert alerts(office, "binh") == []
    assert "Anh Bình (0903 111 222): 3/3 lời mời" in render(told).text


@pytest.mark.parametrize(("times", "expected"), [(2, 0), (3, 1)])
def test_a_few_offers_say_nothing(office, times, expected):
    declined(office, times)

    assert tick(office.book).alerts == expected


def test_a_day_off_is_held_against_nobody(office):
    for number in range(4):
        office.book.decline(office.passed(f"d{number}"), office.binh, DeclineReason.ABSENT)
        office.collaborators.back(office.binh)

    assert tick(office.book).alerts == 0
    declined(office, 2, prefix="again")
    assert [one.declined_share for one in by_collaborator_now(office)] == [Share(2, 2)]


def test_little_brought_to_an_end_is_told_too(office):
    for number in range(3):
        lead = office.passed(f"u{number}")
        office.book.take(lead, office.binh)
        office.book.close(lead, office.binh, CloseReason.UNREACHABLE)
    tick(office.book)

    [told] = alerts(office)
    assert [said(one) for one in told.items] == [("Anh Bình", Concern.FINISHED, 0, 3)]
    assert "**Ít hồ sơ làm xong**\nAnh Bình (0903 111 222): 0/3 hồ sơ" in render(told).text


def test_the_same_is_told_once_a_week_and_only_when_its_figures_have_changed(office):
    declined(office, 3)
    told = []
    for day in range(22):
        if day in (1, 15):
            declined(office, 1, prefix=f"again{day}-")
        tick(office.book)
        told.append(sum(len(notice.items) for notice in alerts(office)))
        office.clock.turn(DAY)

    # The first day; the day a week later, with the lead of the second day; then what came on the sixteenth.
    assert [day for day in range(22) if told[day] > (told[day - 1] if day else 0)] == [0, 7, 15]


def test_another_concern_about_the_same_collaborator_does_not_wait_for_the_week(office):
    declined(office, 3)
    tick(office.book)
    for number in range(3):
        lead = office.passed(f"u{number}")
        office.book.take(lead, office.binh)
        office.book.close(lead, office.binh, CloseReason.UNREACHABLE)
    office.clock.turn(2 * DAY)
    tick(office.book)

    assert [[said(one)[:2] for one in notice.items] for notice in alerts(office)] == [
        [("Anh Bình", Concern.DECLINED)],
        [("Anh Bình", Concern.FINISHED)],
    ]


def test_nothing_is_said_outside_working_time_and_everything_once_after_a_long_stop(office):
    declined(office, 3)
    lan = office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    declined(office, 4, lan, "Xã Dầu Tiếng", "l")
    office.clock.turn(timedelta(hours=9))  # Monday 18:00; Tuesday is 24 November
    nights = []
    for _ in range(3):
        nights.append(tick(office.book).alerts)
        office.clock.turn(timedelta(hours=6))
    assert nights == [0, 0, 0]

    office.clock.turn(15 * DAY + timedelta(hours=3))
    done = [tick(office.book).alerts for _ in range(3)]
    assert done == [2, 0, 0]
    assert [[one.about for one in notice.items] for notice in alerts(office)] == [["Anh Bình", "Chị Lan"]]


def test_a_place_is_named_where_several_were_asked_or_nobody_and_not_to_repeat_one_collaborator(office):
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    for number in range(3):
        lead = office.passed(f"p{number}")
        for one in (office.binh, lan, office.binh):
            office.book.decline(lead, one, DeclineReason.NOT_MY_FIELD)
    for number in range(3):
        office.passed(f"far{number}", unit="Xã Xa Lạ")
    office.clock.turn(22 * DAY)
    tick(office.book)

    [told] = alerts(office)
    assert {one.about for one in told.items} == {"Anh Bình", "Chị Lan", "Xã Phú Giáo", "Xã Xa Lạ"}
    assert ("Xã Xa Lạ", Concern.FINISHED, 0, 3) in [said(one) for one in told.items]


def test_who_is_out_of_service_and_the_centres_own_staff_are_not_talked_about(office):
    for number in range(3):
        lead = office.passed(f"far{number}", unit="Xã Xa Lạ")
        office.book.take(lead, office.hanh)
        office.book.close(lead, office.hanh, CloseReason.UNREACHABLE)
    declined(office, 3)
    office.collaborators.set_active(office.binh, active=False)
    tick(office.book)

    assert alerts(office) == []


def test_leads_of_long_ago_are_not_held_against_anybody(office):
    declined(office, 3)
    office.clock.turn(91 * DAY)  # Monday 22 February 2027

    assert office.clock.today() == date(2027, 2, 22)
    assert tick(office.book).alerts == 0


def test_each_centre_sets_its_own_limits(office):
    declined(office, 3)
    for number in range(7):
        office.book.take(office.passed(f"t{number}"), office.binh)
    book = LeadBook(office.store, office.clock, office.people, policy=LeadPolicy(alert_declined_percent=31))
    assert tick(book).alerts == 0
    office.clock.turn(2 * DAY)

    assert tick(office.book).alerts == 1


def test_without_staff_on_record_it_lies_on_the_page_of_the_centre(office):
    office.collaborators.set_active(office.hanh, active=False)
    declined(office, 3)
    tick(office.book)

    assert [message.kind for message in office.outbox.for_chat(STAFF_CHANNEL, CENTRE_CHAT)][-1] == "lead_alerts"
