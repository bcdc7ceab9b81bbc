"""What is counted of a campaign, and how it leaves as a file."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from bot.campaigns.answers import How, record
from bot.campaigns.calls import to_call
from bot.campaigns.report import Funnel, Report, report
from bot.documents.campaign_report import calls_csv, report_chart, report_csv, report_xlsx
from bot.leads import Collaborators, LeadBook, NewLead, Place
from bot.people import Purpose
from bot.replies.campaign_desk import render_list, render_preview
from bot.replies.campaign_report import render_report
from bot.screening.draft import Draft, save_draft
from tests.campaigns.centre import ELIGIBLE, Centre


def lead(centre: Centre, person: str, *, take: bool = False) -> None:
    """A case that the campaign brought, taken or not."""
    book = LeadBook(centre.store, centre.clock, centre.people)
    centre.people.record_consent(person, Purpose.CONTACT, text_version="t", channel="telegram")
    if take:
        staff = Collaborators(centre.store, centre.clock)
        one = staff.add("Ông Ba")
        staff.link(one, "telegram", "staff")
        staff.give(one, "Xã Phú Giáo", centre.clock.today())
    passed = book.create(
        NewLead(person, Place("Xã Phú Giáo"), ("fair_domestic",), campaign="fair", channel="telegram", chat="1")
    )
    if take:
        book.take(passed.lead.id, one)


@pytest.fixture
def ran(centre: Centre) -> Centre:
    """A campaign to four people: one answers and passes a case on, one leaves, one cannot be reached; one comes by poster."""
    people = [centre.person(str(number)) for number in (1, 2, 3)]
    unreached = centre.person("w", channel="web", facts={**ELIGIBLE, "trade_group": "agro_food_processing"})
    centre.people.set_phone(unreached, "+84903123456")
    centre.people.set_name(unreached, "=HYPERLINK(1)")
    centre.people.record_consent(unreached, Purpose.CONTACT, text_version="t", channel="web")
    centre.scheduled()
    asyncio.run(centre.work(rounds=5))
    with centre.store.transaction() as db:
        record(db, people[0], "fair", How.CHECK, centre.clock.now())
        save_draft(db, Draft(people[0], ELIGIBLE, ("need",)), centre.clock.now())
    lead(centre, people[0], take=True)
    centre.people.withdraw_consent(people[1], Purpose.CAMPAIGN)
    comer = centre.person("p", agreed=False, facts={})
    with centre.store.transaction() as db:
        record(db, comer, "fair", How.LINK, centre.clock.now(), place="xa-phuoc-hoa")
        centre.clock.turn(timedelta(minutes=1))
        save_draft(db, Draft(comer, ELIGIBLE, ("need",)), centre.clock.now())
    return centre


def counted(centre: Centre) -> Report:
    return report(centre.book, centre.assessor, "fair", ["Xã Phước Hòa"])


def test_everything_is_counted_from_the_message_and_the_poster_to_the_case(ran: Centre) -> None:
    total = counted(ran).total

    assert total == Funnel(
        recipients=4,
        came_by_link=1,
        sent=3,
        failed=1,
        answered=1,
        opted_out=1,
        screened=2,
        eligible=2,
        leads=1,
        taken=1,
    )


def test_who_waits_for_a_reminder_had_the_message(ran: Centre) -> None:
    reminded = ran.people.known("telegram", "3")
    assert reminded is not None

    ran.dispatch.remind("fair", reminded, ran.clock.now() + timedelta(days=1))
    waiting = counted(ran)
    ran.people.withdraw_consent(reminded, Purpose.CAMPAIGN)
    ran.clock.turn(timedelta(days=1))
    asyncio.run(ran.work(rounds=2))

    assert (waiting.total.sent, waiting.total.pending) == (3, 0)
    assert (counted(ran).total.sent, counted(ran).total.skipped) == (3, 0)
    assert dict(counted(ran).failures) == {"unreachable": 1}


def test_it_is_counted_by_place_by_trade_and_by_poster(ran: Centre) -> None:
    found = counted(ran)

    assert {place: one.recipients for place, one in found.by_place.items()} == {"Xã Phú Giáo": 4}
    assert {t: one.recipients for t, one in found.by_trade.items()} == {"handicraft": 3, "agro_food_processing": 1}
    assert {poster: one.screened for poster, one in found.by_poster.items()} == {"Xã Phước Hòa": 1}
    assert dict(found.failures) == {"unreachable": 1}


def test_the_groups_add_up_to_the_whole(ran: Centre) -> None:
    found = counted(ran)

    assert found.total == sum(found.by_place.values(), Funnel()) == sum(found.by_trade.values(), Funnel())


def test_the_report_is_read_by_people(ran: Centre) -> None:
    said = render_report(counted(ran))

    assert "Kênh đã nhận gửi: 3" in said
    assert "Đã tới máy: kênh không cho biết" in said
    assert "• không có kênh nào nhắn được: 1" in said


def test_who_could_not_be_reached_is_listed_with_the_number_and_harms_no_spreadsheet(ran: Centre) -> None:
    rows = list(csv.reader(io.StringIO(calls_csv(to_call(ran.book, ran.people, "fair")).decode("utf-8-sig"))))

    assert rows[1:] == [
        ["'=HYPERLINK(1)", "0903 123 456", "Xã Phú Giáo", "chế biến nông sản, thực phẩm", "không có kênh nào nhắn được"]
    ]


def test_who_does_not_want_calls_is_on_no_list(ran: Centre) -> None:
    person = ran.people.known("web", "w")
    assert person is not None
    ran.people.withdraw_consent(person, Purpose.CONTACT)

    assert to_call(ran.book, ran.people, "fair") == ()


def test_the_files_hold_the_figures(ran: Centre) -> None:
    found = counted(ran)
    lines = list(csv.reader(io.StringIO(report_csv(found).decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(found)))

    assert lines[1][:4] == ["Tất cả", "fair", "4", "3"]
    assert book.sheetnames == ["Tổng hợp", "Nơi đặt xưởng", "Ngành", "Nơi treo áp phích"]
    assert book["Nơi đặt xưởng"]["B2"].value == 4
    assert len(book["Tổng hợp"]._images) == 1
    assert report_chart(found).startswith(b"\x89PNG")


def test_a_campaign_to_nobody_has_a_report(centre: Centre) -> None:
    centre.draft()

    assert counted(centre).total == Funnel()
    assert "fair  bản nháp" in render_list(centre.book.all())
    assert "0 người" in render_preview(centre.book.preview("fair"), centre.book.programmes)
