"""Each consent stands alone, names the very words that were shown, and can be taken back by its person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.leads import NewLead, Place, State
from bot.messages import buttons
from bot.people import Purpose
from bot.replies import consents
from tests.messages.office import Intake, press, text

CHAT = ("telegram", "1")


@pytest.fixture
def lead(intake: Intake) -> int:
    """A household with both consents and a collaborator who has its lead."""
    binh = intake.leads.collaborators.add("Anh Bình")
    intake.leads.collaborators.give(binh, "Xã Phú Giáo", intake.clock.today())
    person = intake.people.person_for(*CHAT)
    for said in (consents.CONTACT, consents.TRANSCRIPT):
        intake.people.record_consent(
            person, said.purpose, text_version=said.version, channel="telegram", words=said.words
        )
    new = NewLead(person, Place("Xã Phú Giáo"), (), transcript_ok=True, channel=CHAT[0], chat=CHAT[1])
    lead = intake.leads.create(new).lead.id
    intake.leads.take(lead, binh)
    return lead


async def withdraws(intake: Intake, title: str) -> str:
    [overview] = (await intake.turns.ask(text("Quyền của tôi?", 1))).replies
    choice = next(one for one in overview.choices if one.title == title)
    with intake.store.transaction() as db:
        [button] = buttons.issue(db, *CHAT, (choice,), intake.clock.now())
    [answer] = (await intake.turns.ask(press(button.id, 2))).replies
    return answer.text


@pytest.mark.parametrize("purpose", ["CONTACT", "TRANSCRIPT"])
def test_other_words_are_another_version(purpose):
    shown: consents.ConsentText = getattr(consents, purpose)

    assert replace(shown, words=shown.words.replace("gửi", "gởi") + " ").version != shown.version
    assert shown.words in consents.ask().text


async def test_a_person_sees_what_it_agreed_to_when_and_which_words(intake, lead):
    intake.people.withdraw_consent(intake.people.known(*CHAT), Purpose.TRANSCRIPT)
    intake.clock.turn(timedelta(days=1))
    [overview] = (await intake.turns.ask(text("quyen cua toi", 1))).replies

    assert "✅ Cán bộ liên hệ: đồng ý ngày 23/11/2026 theo bản tháng 11/2026\n" in overview.text
    assert "đã rút ngày 23/11/2026" in overview.text
    assert [choice.title for choice in overview.choices] == [
        "Rút: cán bộ liên hệ",
        "Tiếp tục trên kênh khác",
        "Xóa dữ liệu của tôi",
    ]


async def test_without_the_consent_to_the_transcript_nobody_reads_it_any_more(intake, lead):
    owner = intake.leads.get(lead).owner_id
    before = intake.leads.readable(lead, owner)
    said = await withdraws(intake, "Rút: xem câu trả lời")

    assert (before is None, intake.leads.readable(lead, owner)) == (False, None)
    assert "không mở được" in said
    assert intake.leads.get(lead).state is State.TAKEN


async def test_without_the_consent_to_be_contacted_the_lead_is_withdrawn(intake, lead):
    await withdraws(intake, "Rút: cán bộ liên hệ")

    assert intake.leads.get(lead).state is State.WITHDRAWN
    assert intake.people.has_consent(intake.people.known(*CHAT), Purpose.TRANSCRIPT)


async def test_the_words_of_every_version_that_was_agreed_to_are_kept(intake, lead):
    kept = intake.rows("SELECT purpose, words FROM consent_texts WHERE version = ?", consents.CONTACT.version)

    assert kept == [("contact", consents.CONTACT.words)]


@pytest.mark.parametrize("said", ["quyền của tôi là gì khi xin hỗ trợ", "dữ liệu của tôi có bị bán không"])
async def test_a_question_about_rights_goes_to_the_dialogue(intake, said):
    await intake.turns.ask(text(said, 1))

    assert [heard.text for heard in intake.dialogue.heard] == [said]
