"""`khuyencong leads people | add | load | place | leave | back`, on a real file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.assembly import open_store
from bot.cli import app
from bot.clock import SystemClock
from bot.errors import BotError
from bot.leads import State, orphans
from bot.leads.roster import Roster
from bot.settings import read_settings
from tests.leads.office import Office

TODAY = SystemClock().today()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def office(home: Path) -> Iterator[Office]:
    store = open_store(read_settings())
    yield Office(store, SystemClock())
    store.close()


def run(*words: str) -> str:
    done = CliRunner().invoke(app, ["leads", *words])
    assert (done.exit_code, done.exception) == (0, None)
    return done.output


def refused(*words: str) -> str:
    done = CliRunner().invoke(app, ["leads", *words])
    assert isinstance(done.exception, BotError)
    return str(done.exception)


def areas(office: Office, number: int, day=TODAY) -> list[str]:
    there = Roster(office.store, office.collaborators).territories(number, day)
    return [one.area for one in there if one.valid_from <= day]


def test_who_is_added_stands_on_the_list_and_is_asked(office):
    said = run(
        "add", "Nguyễn Văn A", "--place", "huyện phú giáo", "--place", "P. Lái Thiêu",
        "--programme", "machinery", "--capacity", "4", "--phone", "0903 123 456",
    )  # fmt: skip
    [a] = office.collaborators.all()

    assert "khuyencong leads invite 1" in said
    assert (a.name, a.phone, a.expertise, a.capacity) == ("Nguyễn Văn A", "+84903123456", {"machinery"}, 4)
    assert areas(office, a.id) == ["Huyện Phú Giáo", "Phường Lái Thiêu"]
    line = run("people")
    for part in ("1. Nguyễn Văn A", "0903 123 456", "Huyện Phú Giáo, Phường Lái Thiêu", "máy móc", "4 hồ sơ", "/ctv"):
        assert part in line
    lead = office.passed("hoa", "Phường Lái Thiêu")
    assert [offered.id for offered in office.book.offered_to(a.id)] == [lead]
    assert "ctv_" in run("invite", "1")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--place", "Phường Lái Thêu"], ["“Phường Lái Thêu”", "Phường Lái Thiêu"]),
        (["--place", "Phú Giáo"], ["Xã Phú Giáo", "Huyện Phú Giáo"]),
        (["--place", "Phường Vĩnh Phú"], ["“Phường Vĩnh Phú”", "Phường Lái Thiêu"]),
        (["--place", "Xã Phú Giáo", "--place", "Atlantis"], ["“Atlantis”"]),
        (["--place", "Xã Phú Giáo", "--programme", "máy"], ["“máy”", "machinery (máy móc"]),
        (["--place", "Xã Phú Giáo", "--phone", "0903"], ["“0903”"]),
        (["--place", "Xã Phú Giáo", "--capacity", "0"], ["“0”"]),
        ([], ["chưa có địa bàn"]),
    ],
)
def test_what_is_not_understood_is_named_with_the_nearest_and_nobody_is_added(office, words, expected):
    said = refused("add", "Trần Thị B", *words)

    assert [part for part in expected if part not in said] == []
    assert office.collaborators.all() == ()


def test_one_name_stands_on_the_list_once(office):
    run("add", "Nguyễn Văn Hùng", "--place", "Xã Phú Giáo")

    assert "(số 1)" in refused("add", "nguyễn văn hùng", "--place", "Xã An Long")
    run("add", "Nguyễn Văn Hưng", "--place", "Xã An Long")
    assert len(office.collaborators.all()) == 2


def test_somebody_of_the_centre_needs_no_place(office):
    run("add", "Cô Hạnh", "--centre")

    assert [one.name for one in office.collaborators.centre()] == ["Cô Hạnh"]


def test_a_territory_begins_and_ends_on_its_day(office):
    run("add", "Anh Bình", "--place", "Xã Phú Giáo")
    begins = TODAY + timedelta(days=9)
    said = run("place", "1", "--add", "xã an long", "--remove", "Xã Phú Giáo", "--from", begins.isoformat())

    assert areas(office, 1) == ["Xã Phú Giáo"]
    assert areas(office, 1, begins - timedelta(days=1)) == ["Xã Phú Giáo"]
    assert areas(office, 1, begins) == ["Xã An Long"]
    assert f"Xã An Long (từ {begins.day}/" in said or f"Xã An Long (từ {begins:%d}/" in said
    run("place", "1", "--add", "Xã An Long")
    assert areas(office, 1) == ["Xã Phú Giáo", "Xã An Long"]
    assert "đang có" in refused("place", "1", "--add", "Xã Phước Hòa", "--remove", "Phường Dĩ An")
    assert areas(office, 1) == ["Xã Phú Giáo", "Xã An Long"]
    run("place", "1", "--remove", "Xã An Long")
    assert areas(office, 1) == ["Xã Phú Giáo"]


def test_who_leaves_leaves_nothing_behind(office):
    run("add", "Anh Bình", "--place", "Xã Phú Giáo")
    run("place", "1", "--add", "Phường Dĩ An")
    asked, taken, alone = office.passed("hoa"), office.passed("lan"), office.passed("xa", "Phường Dĩ An")
    office.collaborators.link(1, "telegram", "binh")
    office.book.take(taken, 1)
    run("add", "Chị Lan", "--place", "Xã Phú Giáo")
    said = run("leave", "1", "--reason", "chuyển công tác")

    assert [office.book.get(lead).state for lead in (asked, taken, alone)] == [
        State.OFFERED,
        State.OFFERED,
        State.ESCALATED,
    ]
    assert {lead.id for lead in office.book.offered_to(2)} == {asked, taken}
    assert (office.book.offered_to(1), office.book.work_of(1), orphans(office.store.db)) == ((), (), ())
    assert office.book.history(taken)[-2].why == "left: chuyển công tác"
    assert office.collaborators.of_chat("telegram", "binh") is None
    assert "lead_handed_on" in office.kinds("lan")
    assert office.book.get(taken).number in said
    assert "đã nghỉ" in run("people")
    assert "từ trước" in run("leave", "1")
    assert "không có ai tên" in refused("invite", "Bình")


def test_the_last_collaborator_leaves_to_the_centre_and_comes_back(office):
    run("add", "Anh Bình", "--place", "Xã Phú Giáo")
    lead = office.passed("hoa")
    said = run("leave", "1")

    assert f"{office.book.get(lead).number}: về Trung tâm" in said
    assert (office.book.get(lead).state, orphans(office.store.db)) == (State.ESCALATED, ())
    run("back", "1")
    assert [offered.id for offered in office.book.offered_to(1)] == []
    later = office.passed("lan")
    assert [offered.id for offered in office.book.offered_to(1)] == [later]


def test_what_lies_with_one_of_the_centre_who_leaves_is_shown_to_the_others(office):
    run("add", "Cô Hạnh", "--centre")
    lead = office.passed("hoa")
    assert office.book.get(lead).escalated_to == "Cô Hạnh"
    run("leave", "1")

    assert office.book.get(lead).escalated_to == "Trung tâm"
    assert "lead_escalated" in office.kinds("centre")
    assert orphans(office.store.db) == ()
    [centre] = office.collaborators.centre()
    assert "Trung tâm" in refused("leave", str(centre.id))


@pytest.mark.parametrize("command", ["place", "leave", "back"])
def test_a_number_that_nobody_has_is_said(home, command):
    assert "số 9" in refused(command, "9")


@pytest.mark.parametrize(
    "table",
    [
        "Họ tên,Địa bàn,Nội dung,Số hồ sơ\nAnh Bình,Xã Phú Giáo; Huyện Phú Giáo,machinery,5\n\nChị Lan,Phường Dĩ An,,\n",
        '\ufeffhọ và tên;địa bàn;nội dung;số hồ sơ\r\nAnh Bình;"Xã Phú Giáo;Huyện Phú Giáo";machinery;5\r\nChị Lan;P. Dĩ An\r\n',
    ],
)  # fmt: skip
def test_a_table_puts_everybody_on_the_list(office, tmp_path, table):
    (tmp_path / "list.csv").write_text(table, "utf8")
    said = run("load", str(tmp_path / "list.csv"))

    assert "Đã thêm 2 người" in said
    assert [(one.name, one.capacity) for one in office.collaborators.all()] == [("Anh Bình", 5), ("Chị Lan", 10)]
    assert areas(office, 1) == ["Xã Phú Giáo", "Huyện Phú Giáo"]
    assert "dòng 2" in refused("load", str(tmp_path / "list.csv"))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("Họ tên,Địa bàn\nAnh A,Xã Phú Giáo\nAnh B,Xã Phú Gíao Mới\nAnh C,\n", ["dòng 3: ", "dòng 4: "]),
        ("Họ tên,Địa bàn\nAnh A,Xã Phú Giáo\nAnh A,Xã An Long\n", ["dòng 3: đã có “Anh A”"]),
        ("Họ tên,Huyện\nAnh A,Xã Phú Giáo\n", ["dòng 1: ", "“Huyện”", "Địa bàn"]),
        ("Họ tên,Địa bàn\nAnh A,Xã Phú Giáo,Xã An Long\n", ["dòng 2: ", "nhiều ô hơn"]),
        ("", ["dòng 1: "]),
    ],
)
def test_a_table_with_faults_names_their_lines_and_adds_nobody(office, tmp_path, table, expected):
    (tmp_path / "list.csv").write_text(table, "utf8")
    said = refused("load", str(tmp_path / "list.csv"))

    assert [part for part in expected if part not in said] == []
    assert office.collaborators.all() == ()
