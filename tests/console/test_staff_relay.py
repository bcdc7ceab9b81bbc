"""From the staff page one can talk in the household's chat, and only while that is open."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.console.desk_page import DeskPage
from bot.leads import CENTRE_CHAT, NewLead, Place
from bot.people import Purpose
from tests.messages.office import Intake


@pytest.fixture
def intake(tmp_path):
    intake = Intake(tmp_path / "staff.sqlite")
    yield intake
    intake.close()


@pytest.fixture
def page(intake):
    settings, sender = SimpleNamespace(staff_token=None), SimpleNamespace(wake=lambda: None)
    running = SimpleNamespace(
        store=intake.store, clock=intake.clock, leads=intake.leads, settings=settings, desk=intake.desk,
        relay=intake.relay, sender=sender,
    )  # fmt: skip
    app = Starlette(routes=DeskPage(running).routes())
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1))


@pytest.fixture
def binh(intake) -> str:
    """The staff chat of a collaborator who has a household's lead."""
    binh = intake.leads.collaborators.add("Anh Bình")
    intake.leads.collaborators.give(binh, "Xã Phú Giáo", intake.clock.today())
    person = intake.people.person_for("web", "house")
    intake.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel="web")
    lead = intake.leads.create(NewLead(person, Place("Xã Phú Giáo"), (), channel="web", chat="house")).lead
    intake.leads.take(lead.id, binh)
    return intake.leads.collaborators.get(binh).chat


def press(page, intake, chat: str, title: str):
    page.get(f"/ctv/{chat}")
    [(button,)] = intake.rows(
        "SELECT id FROM buttons WHERE chat = ? AND title = ? ORDER BY rowid DESC LIMIT 1", chat, title
    )
    return page.post(f"/ctv/{chat}/bam", data={"button": button})


def test_words_reach_the_household_under_the_collaborators_name(page, intake, binh):
    begun = press(page, intake, binh, "Nhắn cho cơ sở")
    sent = page.post(f"/ctv/{binh}/nhan", data={"text": "Mai tôi ghé được không, chị?"})

    assert ("<textarea" in begun.text, "Đã gửi cho cơ sở" in sent.text) == (True, True)
    assert intake.texts("house", "web")[-1] == "**Anh Bình, cộng tác viên:** Mai tôi ghé được không, chị?"


def test_the_centre_without_staff_on_record_answers_from_its_page(page, intake, binh):
    intake.leads.recall(1, intake.leads.collaborators.desk_of_centre().id)
    press(page, intake, CENTRE_CHAT, "Nhắn cho cơ sở")
    page.post(f"/ctv/{CENTRE_CHAT}/nhan", data={"text": "Trung tâm nghe đây"})

    assert intake.texts("house", "web")[-1] == "**Trung tâm:** Trung tâm nghe đây"


def test_nothing_is_sent_when_nobody_is_being_talked_to(page, intake, binh):
    before = intake.texts("house", "web")
    answer = page.post(f"/ctv/{binh}/nhan", data={"text": "a lô"})

    assert ("<textarea" in answer.text, "đã kết thúc" in answer.text) == (False, True)
    assert intake.texts("house", "web") == before


def test_a_form_of_a_foreign_page_is_refused(page, binh):
    answer = page.post(f"/ctv/{binh}/nhan", data={"text": "a lô"}, headers={"origin": "https://evil.example"})

    assert answer.status_code == 403
