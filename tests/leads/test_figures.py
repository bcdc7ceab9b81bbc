import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.documents.workbook import csv_text, xlsx
from bot.leads import CloseReason, DeclineReason, Event, Feedback, LeadPolicy, answer_feedback, export_rows, tick
from bot.leads.figures import figures, months_span
from bot.leads.handling import Concern, Share, concerns
from bot.replies.lead_report import cases, figures_text, report
from bot.replies.sheet import Sheet
from bot.store import Store
from tests.leads.office import Office

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
HOUR = timedelta(hours=1)


@pytest.fixture
def busy(office):
    """Three leads of Monday 23 November: one helped, one still offered, one that nobody near could take."""
    office.centre()
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    first, second = office.passed("a", campaign="hoi-cho-3"), office.passed("b")
    office.passed("far", unit="Xã Xa Lạ")
    office.clock.turn(2 * HOUR)
    office.book.take(first, office.binh)
    office.book.decline(second, office.lan, DeclineReason.BUSY)
    office.clock.turn(48 * HOUR)
    for event in (Event.CONTACT, Event.PREPARE, Event.SUBMIT, Event.APPROVE):
        office.book.step(first, office.binh, event)
    office.book.close(first, office.binh, CloseReason.HELPED)
    office.clock.turn(timedelta(days=12))
    tick(office.book)
    for question in Feedback:
        answer_feedback(office.book, office.book.get(first), question, answer=True)
    return office


def november(office):
    return figures(office.store.db, LeadPolicy(), *NOVEMBER, office.clock.now())


def test_the_figures_of_a_month(busy):
    told = november(busy)

    assert (told.cases, told.approved, told.rejected) == (3, 1, 0)
    assert told.to_take == 2 * HOUR
    assert told.to_contact == 10 * HOUR  # Tuesday is 24 November
    assert told.to_close == 10 * HOUR
    assert (told.taken_in_1_day, told.taken_in_3_days) == (Share(1, 3), Share(1, 3))
    assert told.declines["busy"] == 1
    assert told.closed == {CloseReason.HELPED: 1}
    assert (told.feedback.asked, told.feedback.contacted, told.feedback.useful) == (1, Share(1, 1), Share(1, 1))


def test_what_had_no_chance_yet_is_not_counted_against_anybody(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed()

    assert november(office).taken_in_1_day == Share(0, 0)
    assert "–" in figures_text(november(office))


def test_a_month_holds_only_its_own_leads(busy):
    assert figures(busy.store.db, LeadPolicy(), date(2026, 12, 1), date(2026, 12, 31), busy.clock.now()).cases == 0
    assert months_span("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert months_span("2027-02") == (date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("declined", "finished", "expected"),
    [
        (Share(3, 10), Share(5, 10), (True, False)),
        (Share(29, 100), Share(26, 100), (False, False)),
        (Share(0, 10), Share(1, 4), (False, True)),
        (Share(2, 2), Share(0, 2), (False, False)),
        (Share(0, 0), Share(0, 0), (False, False)),
    ],
)
def test_the_centre_is_alerted_at_thirty_percent_declined_and_twenty_five_finished(declined, finished, expected):
    found = concerns(declined, finished, LeadPolicy())

    assert expected == (Concern.DECLINED in found, Concern.FINISHED in found)


def test_the_places_are_counted_beside_the_people(busy):
    told = {one.place: (one.cases, one.asked, one.declined_share) for one in november(busy).places}

    # The declined one ran out with the next collaborator; nobody was asked for the place that nobody has.
    assert told == {"Xã Phú Giáo": (2, 2, Share(2, 3)), "Xã Xa Lạ": (1, 0, Share(0, 0))}


def test_a_lead_long_in_hand_counts_as_not_finished_and_a_fresh_one_does_not(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    for number in range(3):
        office.book.take(office.passed(f"h{number}"), binh)
    assert november(office).collaborators[0].finished_share == Share(0, 0)
    office.clock.turn(timedelta(days=22))

    assert november(office).collaborators[0].finished_share == Share(0, 3)
    assert "ít hồ sơ xong" in figures_text(november(office))


def test_one_row_a_case_from_campaign_to_decision(busy):
    first = next(iter(export_rows(busy.store.db)))

    assert (first["campaign"], first["decision"], first["close_reason"]) == ("hoi-cho-3", "yes", "helped")
    assert (first["hours_to_take"], first["was_contacted"], first["was_useful"]) == (2.0, "yes", "yes")
    sheet = cases(export_rows(busy.store.db))
    row = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert (row["Số hồ sơ"], row["Kết quả"], row["Nội dung"]) == ("KC-0001", "Đồng ý", "máy móc")


def test_the_workbook_is_readable_and_in_vietnamese(busy):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(report(november(busy), export_rows(busy.store.db)))))

    assert book.sheetnames == ["Tổng hợp", "Cộng tác viên", "Địa bàn", "Đợt tin", "Từng hồ sơ"]
    assert book["Từng hồ sơ"]["A1"].value == "Số hồ sơ"
    assert book["Từng hồ sơ"].freeze_panes == "A2"
    assert book["Từng hồ sơ"]["D2"].is_date
    assert book["Đợt tin"]["A2"].value == "(tự tìm đến)"
    assert max(page.max_row for page in book) > 3


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "＝cmd", '=HYPERLINK("http://x","y")'])
def test_what_somebody_wrote_never_becomes_a_formula(text):
    sheet = Sheet("Thử", ("Cột",), ((text,), (5,), (-5,)))
    page = openpyxl.load_workbook(io.BytesIO(xlsx([sheet])))["Thử"]

    assert (page["A2"].data_type, page["A2"].value) == ("s", text)
    assert csv_text(sheet).splitlines()[1].lstrip('"').startswith("'")
    assert csv_text(sheet).splitlines()[-1] == "-5"


def test_characters_that_a_spreadsheet_cannot_hold_are_left_out():
    page = openpyxl.load_workbook(io.BytesIO(xlsx([Sheet("Thử", ("Cột",), (("a\x07b",),))])))["Thử"]

    assert page["A2"].value == "ab"


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Runs `khuyencong …` on an installation with one lead."""
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))
    here = Office(Store(tmp_path / "khuyencong.sqlite"))
    here.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    here.passed()
    here.store.close()

    def run(*arguments):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_the_command_line_exports_and_reports(command, tmp_path):
    assert json.loads(command("leads", "export", "--jsonl"))["number"] == "KC-0001"
    assert json.loads(command("leads", "export"))["state"] == "offered"
    assert command("leads", "export", "--csv").startswith("\ufeffSố hồ sơ,")
    assert "Hồ sơ gửi đến: 1" in command("leads", "figures", "--from", "2026-11-01", "--to", "2026-11-30")
    for arguments in (["leads", "export"], ["report", "--month", "2026-11"]):
        file = tmp_path / f"{arguments[0]}.xlsx"
        command(*arguments, "--xlsx", str(file))
        assert "Từng hồ sơ" in openpyxl.load_workbook(file).sheetnames


def test_the_command_line_names_units_without_a_collaborator_and_collaborators_without_work(command, tmp_path):
    here = Office(Store(tmp_path / "khuyencong.sqlite"))
    here.collaborator("Chị Lan", "Xã An Long")
    here.collaborator("Anh Rảnh")
    here.store.close()
    said = command("leads", "coverage").splitlines()

    assert "chưa có cộng tác viên: Xã Phước Hòa" in said
    assert [line for line in said if "cộng tác viên" not in line] == [
        "chưa có địa bàn: Anh Rảnh",
        "chưa có việc: Chị Lan",
    ]
    assert not {"chưa có cộng tác viên: Xã Phú Giáo", "chưa có cộng tác viên: Xã An Long"} & set(said)


def test_a_month_that_is_none_is_said_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))

    assert CliRunner().invoke(app, ["report", "--month", "2026-13"]).exit_code == 2
