"""The page of those without an account on a channel: notes, absences, and the Centre's own desk."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.assembly import migrate
from bot.console.desk_page import DeskPage
from bot.leads import State
from bot.messages.collaborators import CollaboratorDesk
from bot.store import Store
from tests.leads.office import Office


@pytest.fixture
def office(tmp_path):
    store = Store(tmp_path / "desk.sqlite")
    migrate(store)
    yield Office(store)
    store.close()


@pytest.fixture
def page(office):
    running = SimpleNamespace(
        store=office.store,
        clock=office.clock,
        leads=office.book,
        settings=SimpleNamespace(staff_token=None),
        desk=CollaboratorDesk(office.store, office.clock, office.book),
        relay=SimpleNamespace(answers=lambda _: False, open_at=lambda *_: False),
        sender=SimpleNamespace(wake=lambda: None),
    )
    return TestClient(
        Starlette(routes=DeskPage(running).routes()), base_url="http://127.0.0.1", client=("127.0.0.1", 1)
    )


def press(page, office, chat, title):
    """The newest button of that title that stands on the page, or else that the last answer showed."""
    standing = page.get(f"/ctv/{chat}").text
    rows = office.store.db.query(
        "SELECT id FROM buttons WHERE chat = ? AND title = ? ORDER BY rowid DESC", [chat, title]
    )
    issued = [row["id"] for row in rows]
    return page.post(f"/ctv/{chat}/bam", data={"button": next((one for one in issued if one in standing), issued[0])})


def test_the_centre_without_staff_on_record_works_on_its_page(page, office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    given, kept = office.passed("a", unit="Xã Xa Lạ"), office.passed("b", unit="Xã Xa Lắm")
    assert "2 việc chờ" in page.get("/ctv").text
    press(page, office, "centre", "Nhận")
    press(page, office, "centre", "Đã liên hệ")
    assert (office.book.get(kept).state, office.book.get(kept).owner_name) == (State.CONTACTED, "Trung tâm")

    press(page, office, "centre", "Giao người khác")
    assert "Đã gửi" in press(page, office, "centre", "Anh Bình").text
    assert office.book.get(given).state is State.OFFERED


def test_notes_and_absences_are_typed_there(page, office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo")
    lead = office.passed()
    office.book.take(lead, binh)
    chat = office.collaborators.get(binh).chat

    assert "Đã ghi chú" in page.post(f"/ctv/{chat}/ghi", data={"text": "ghi KC-0001: gọi sau 17 giờ"}).text
    assert office.book.notes(lead) == ("gọi sau 17 giờ",)
    assert "vắng ngày 23/11/2026" in page.post(f"/ctv/{chat}/ghi", data={"text": "vắng hôm nay"}).text
    assert office.collaborators.is_away(binh, office.clock.today())
    assert "Chưa đọc được" in page.post(f"/ctv/{chat}/ghi", data={"text": "máy cũ có được không"}).text


def test_a_form_of_a_foreign_page_is_refused(page, office):
    office.collaborator("Anh Bình", "Xã Phú Giáo")
    answer = page.post(
        "/ctv/collaborator-1/ghi", data={"text": "vắng hôm nay"}, headers={"origin": "https://x.example"}
    )

    assert answer.status_code == 403
    assert not office.collaborators.is_away(1, office.clock.today())
