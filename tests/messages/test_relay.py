"""A person of ours talks in the household's chat: the bot keeps quiet, both read each other, and it comes back."""

from datetime import timedelta

import pytest

from bot.errors import Held, Unreachable
from bot.leads import DeclineReason, Event, NewLead, Place, Role, State
from bot.messages.incoming import Contact, IncomingMessage, Kind
from bot.messages.relay import RelayDesk
from bot.people import Purpose
from bot.personal_data import all_erasures
from bot.replies.reply import Choice
from tests.messages.office import Intake, ScriptedCarrier, text

HOUSE, STAFF = "house", "binh"


class Talk:
    """An intake with a lead that a collaborator has taken."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.carrier = ScriptedCarrier()
        staff = intake.leads.collaborators
        self.binh = staff.add("Anh Bình")
        staff.link(self.binh, "post", STAFF)
        staff.give(self.binh, "Xã Phú Giáo", intake.clock.today() - timedelta(days=9))
        self.person = intake.people.person_for("post", HOUSE)
        intake.people.set_name(self.person, "Chị Hoa")
        for purpose in (Purpose.CONTACT, Purpose.TRANSCRIPT):
            intake.people.record_consent(self.person, purpose, text_version="v1", channel="post")
        new = NewLead(self.person, Place("Xã Phú Giáo"), (), transcript_ok=True, channel="post", chat=HOUSE)
        self.lead = intake.leads.create(new).lead.id
        intake.leads.take(self.lead, self.binh)
        self._number = 0

    async def says(self, said: str, chat: str = HOUSE, **more) -> None:
        self._number += 1
        message = IncomingMessage("post", chat, str(self._number), more.pop("kind", Kind.TEXT), text=said, **more)
        await self.intake.turns.ask(message)

    async def presses(self, title: str, chat: str = STAFF) -> None:
        await self.send()
        [(button,)] = self.intake.rows(
            "SELECT id FROM buttons WHERE chat = ? AND title = ? ORDER BY rowid DESC LIMIT 1", chat, title
        )
        await self.says("", chat, kind=Kind.BUTTON, button=button)

    async def send(self) -> None:
        await self.intake.sender(self.carrier).send_due()

    async def heard(self, chat: str) -> list[str]:
        """What came since the last look."""
        await self.send()
        new = [said for to, said in self.carrier.taken if to == chat]
        self.carrier.taken = [one for one in self.carrier.taken if one[0] != chat]
        return new

    async def begun(self) -> None:
        await self.presses("Nhắn cho cơ sở")
        await self.heard(HOUSE)
        await self.heard(STAFF)


@pytest.fixture
def talk(intake: Intake) -> Talk:
    return Talk(intake)


async def test_the_household_hears_who_talks_and_the_bot_is_quiet_until_it_ends(talk):
    await talk.heard(HOUSE)
    await talk.presses("Nhắn cho cơ sở")
    [said] = await talk.heard(HOUSE)
    await talk.says("lò gas hay lò củi vậy chị?", STAFF)
    await talk.says("lò gas em ơi")
    to_house, to_staff = await talk.heard(HOUSE), await talk.heard(STAFF)
    await talk.presses("Kết thúc trò chuyện", HOUSE)
    ended = await talk.heard(HOUSE), await talk.heard(STAFF)
    await talk.says("máy ơi")

    assert "Anh Bình, cộng tác viên" in said
    assert to_house == ["**Anh Bình, cộng tác viên:** lò gas hay lò củi vậy chị?"]
    assert to_staff[-1] == "**KC-0001 · Chị Hoa:** lò gas em ơi"
    assert [utterance.text for utterance in talk.intake.dialogue.heard] == ["máy ơi"]
    assert "Hồ sơ **KC-0001**: **Anh Bình** đã nhận" in ended[0][0]
    assert "Cơ sở đã dừng" in ended[1][0]


async def test_after_the_set_time_without_a_word_the_bot_is_back_with_where_things_stand(talk):
    await talk.begun()
    relay = RelayDesk(talk.intake.store, talk.intake.clock, talk.intake.people, talk.intake.leads, timedelta(hours=2))
    ended = []
    for minutes in (90, 90, 29, 2):
        talk.intake.clock.turn(timedelta(minutes=minutes))
        if minutes == 90:
            await talk.says("còn đó không", STAFF)
        ended.append(relay.tick())
    await talk.says("có ai không")

    assert ended == [False, False, False, False]
    talk.intake.clock.turn(timedelta(hours=2))
    assert (relay.tick(), relay.tick()) == (True, False)
    assert "Khuyến công trả lời tiếp. Hồ sơ **KC-0001**" in (await talk.heard(HOUSE))[-1]
    assert "Đã lâu không có tin" in (await talk.heard(STAFF))[-1]


async def test_a_reply_to_the_households_words_begins_a_new_conversation_with_the_answer(talk):
    await talk.begun()
    await talk.says("cần giấy gì")
    await talk.send()
    [(shown,)] = talk.intake.rows("SELECT external_id FROM outbox WHERE chat = ? ORDER BY id DESC LIMIT 1", STAFF)
    await talk.says("kết thúc", STAFF)
    await talk.heard(HOUSE)
    await talk.says("giấy đăng ký thôi", STAFF, reply_to=shown)

    assert [said.split("**")[1] for said in await talk.heard(HOUSE)] == [
        "Anh Bình, cộng tác viên",
        "Anh Bình, cộng tác viên:",
    ]


async def test_a_restart_changes_nothing(talk):
    await talk.begun()
    again = Intake(talk.intake.path, talk.intake.clock)
    await again.turns.ask(text("vẫn ở đây", 500, STAFF, "post"))
    again.close()

    assert await talk.heard(HOUSE) == ["**Anh Bình, cộng tác viên:** vẫn ở đây"]


@pytest.mark.parametrize("said", ["xóa dữ liệu của tôi", "xoá hết thông tin của tôi đi", "ngừng nhắn tin cho tôi"])
async def test_a_right_is_never_in_anybodys_hands(talk, said):
    await talk.begun()
    await talk.says(said)

    assert [utterance.text for utterance in talk.intake.dialogue.heard] == [said]
    assert said not in "".join(await talk.heard(STAFF))


async def test_the_consents_are_shown_while_a_person_talks(talk):
    await talk.begun()
    await talk.says("quyền của tôi")

    assert "Những điều anh/chị đã đồng ý" in (await talk.heard(HOUSE))[-1]


async def test_from_another_chat_of_the_same_collaborator_it_goes_on_there(talk):
    await talk.begun()
    talk.intake.leads.collaborators.link(talk.binh, "post", "binh-new")
    talk.intake.relay.press("post", "binh-new", Choice("", "relay_open", {"lead": talk.lead}))
    await talk.says("số này mới", "binh-new")
    await talk.says("máy cũ còn gõ", STAFF)

    assert [said for said in await talk.heard(HOUSE) if "số này mới" in said or "máy cũ" in said] == [
        "**Anh Bình, cộng tác viên:** số này mới"
    ]


async def test_the_desks_own_words_and_notes_are_not_sent_to_the_household(talk):
    await talk.begun()
    [(card,)] = talk.intake.rows("SELECT external_id FROM outbox WHERE chat = ? ORDER BY id LIMIT 1", STAFF)
    await talk.says("việc", STAFF)
    await talk.says("nhà xa, đi xe máy", STAFF, reply_to=card)

    assert await talk.heard(HOUSE) == []


async def test_who_does_not_have_the_lead_any_more_reaches_nobody(talk):
    await talk.begun()
    talk.intake.leads.release(talk.lead, talk.binh, DeclineReason.BUSY)
    await talk.says("chị ơi", STAFF)
    ended = await talk.heard(HOUSE)
    await talk.presses("Nhắn cho cơ sở")

    assert not [said for said in ended if "chị ơi" in said]
    assert "không do anh/chị phụ trách" in (await talk.heard(STAFF))[-1]


async def test_a_shared_number_goes_over_and_a_picture_does_not(talk):
    await talk.begun()
    await talk.says("", kind=Kind.CONTACT, contact=Contact("+84903123456", own=True))
    await talk.says("", kind=Kind.MEDIA, media="photo")

    assert await talk.heard(STAFF) == ["**KC-0001 · Chị Hoa:** +84903123456"]
    assert ["chỉ chuyển được chữ" in said for said in await talk.heard(HOUSE)] == [True]


async def test_what_was_changed_afterwards_does_not_go_over_and_its_writer_hears_so(talk):
    await talk.begun()
    for who, other in ((HOUSE, STAFF), (STAFF, HOUSE)):
        await talk.says("18 thợ", who, kind=Kind.EDITED)

        assert ["nhắn thành tin mới" in said for said in await talk.heard(who)] == [True]
        assert await talk.heard(other) == []


async def test_the_centre_may_talk_and_a_second_voice_is_refused(talk):
    staff = talk.intake.leads.collaborators
    hanh = staff.add("Cô Hạnh", role=Role.CENTRE)
    staff.link(hanh, "post", "hanh")
    await talk.begun()
    desk = RelayDesk(talk.intake.store, talk.intake.clock, talk.intake.people, talk.intake.leads)
    choice = Choice("", "relay_open", {"lead": talk.lead})
    busy = desk.press("post", "hanh", choice)
    await talk.presses("Kết thúc trò chuyện", HOUSE)
    await talk.heard(HOUSE)
    desk.press("post", "hanh", choice)

    assert "Anh Bình, cộng tác viên" in busy.replies[0].text
    assert "Cô Hạnh, Trung tâm" in (await talk.heard(HOUSE))[0]


async def test_the_centre_answers_from_the_card_of_an_escalated_lead(talk):
    staff = talk.intake.leads.collaborators
    staff.link(staff.add("Cô Hạnh", role=Role.CENTRE), "post", "hanh")
    talk.intake.leads.release(talk.lead, talk.binh, DeclineReason.BUSY)
    await talk.heard(HOUSE)
    await talk.presses("Nhắn cho cơ sở", "hanh")
    [begun] = await talk.heard(HOUSE)
    await talk.says("Chị cho hỏi lò đốt bằng gì?", "hanh")
    await talk.presses("Kết thúc trò chuyện", "hanh")
    said, back = await talk.heard(HOUSE)
    await talk.presses("Nhận", "hanh")

    assert "Cô Hạnh, Trung tâm" in begun
    assert said == "**Cô Hạnh, Trung tâm:** Chị cho hỏi lò đốt bằng gì?"
    assert "đang ở Trung tâm" in back
    assert talk.intake.leads.get(talk.lead).owner_name == "Cô Hạnh"


@pytest.mark.parametrize(("contacted", "title"), [(False, "Đã liên hệ"), (True, "Mở KC-0001")])
async def test_afterwards_what_to_put_down_is_one_tap_away(talk, contacted, title):
    if contacted:
        talk.intake.leads.step(talk.lead, talk.binh, Event.CONTACT)
    await talk.begun()
    await talk.presses("Kết thúc trò chuyện")
    await talk.presses(title)

    assert talk.intake.leads.get(talk.lead).state is State.CONTACTED


@pytest.mark.parametrize(
    ("deaf", "trouble"),
    [
        pytest.param(HOUSE, Unreachable("blocked"), id="the household blocked us"),
        pytest.param(HOUSE, Held("window closed"), id="the channel takes nothing for it now"),
        pytest.param(STAFF, Unreachable("blocked"), id="the collaborator blocked us"),
    ],
)
async def test_who_cannot_be_reached_is_not_talked_to_and_the_other_side_hears_it(talk, deaf, trouble):
    await talk.begun()
    relay = RelayDesk(talk.intake.store, talk.intake.clock, talk.intake.people, talk.intake.leads)
    assert relay.tick() is False
    talk.carrier.trouble = {
        "**Anh Bình, cộng tác viên:** chị ơi": [trouble],
        "**KC-0001 · Chị Hoa:** anh ơi": [trouble],
    }
    await (talk.says("chị ơi", STAFF) if deaf == HOUSE else talk.says("anh ơi"))
    await talk.send()
    ended = relay.tick(), relay.tick()
    heard = await talk.heard(STAFF if deaf == HOUSE else HOUSE)
    await talk.says("tôi đây", deaf)

    assert ended == (True, False)
    assert "không tới được cơ sở" in heard[-1] if deaf == HOUSE else "Khuyến công trả lời tiếp" in heard[-1]
    assert [said for said in await talk.heard(HOUSE) if "chị ơi" in said] == []


async def test_a_picture_from_the_collaborator_is_said_not_to_go_over(talk):
    await talk.begun()
    await talk.says("", STAFF, kind=Kind.MEDIA, media="photo")

    assert "không gửi được cho cơ sở" in (await talk.heard(STAFF))[-1]
    assert await talk.heard(HOUSE) == []


@pytest.mark.parametrize("agreed", [True, False])
async def test_both_sides_stand_in_the_transcript_for_whom_the_household_agreed_to(talk, agreed):
    await talk.begun()
    await talk.says("lò gas hay lò củi?", STAFF)
    await talk.says("lò gas")
    if not agreed:
        talk.intake.people.withdraw_consent(talk.person, Purpose.TRANSCRIPT)
    desk = RelayDesk(talk.intake.store, talk.intake.clock, talk.intake.people, talk.intake.leads)
    [shown] = desk.press("post", STAFF, Choice("", "relay_transcript", {"lead": talk.lead})).replies

    assert ("lò gas hay lò củi?" in shown.text, "**Chị Hoa:** lò gas" in shown.text) == (agreed, agreed)


async def test_an_erased_household_leaves_nothing_of_what_was_talked(talk):
    await talk.begun()
    await talk.says("bí mật của chị Hoa", STAFF)
    await talk.says("chuyện riêng nhà tôi")
    await talk.send()
    talk.intake.people.erase(talk.person, all_erasures(talk.intake.store, talk.intake.clock))
    kept = "".join(talk.intake.store.db.conn.iterdump())

    assert [word for word in ("bí mật", "chuyện riêng", "Chị Hoa", "'house'") if word in kept] == []
    assert talk.intake.rows("SELECT count(*) FROM relays") == [(0,)]
