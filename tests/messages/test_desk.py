"""The collaborator's two minutes, and the household's own words about its lead, on a real database."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.assembly import migrate
from bot.leads import STAFF_CHANNEL, DeclineReason, State
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.desk_words import LONGEST_NOTE, Absence, Back, Help, Note, Open, Visit, Work, read_desk_words
from bot.messages.households import HouseholdDesk
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.reception import Heard, Reception
from bot.replies.notices import render
from bot.replies.reply import Choice
from bot.store import Store
from tests.leads.office import Office, phone_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def office():
    store = Store(None)
    migrate(store)
    office = Office(store)
    office.desk = CollaboratorDesk(store, office.clock, office.book)
    office.household = HouseholdDesk(office.clock, office.book)
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    yield office
    store.close()


def press(office, chat, title, replies=None, channel="telegram"):
    """Presses the newest button called *title* in a chat, or among *replies*."""
    messages = replies or [render(message) for message in office.outbox.for_chat(channel, chat)]
    choice = next(choice for reply in reversed(messages) for choice in reply.choices if choice.title == title)
    if office.desk.answers(choice):
        return office.desk.press(channel, chat, choice)
    return list(serve(office, chat, choice=choice).replies)


def serve(office, chat, text="", choice=None):
    message = IncomingMessage("telegram", chat, "1", Kind.TEXT, text=text)
    return office.household.serve(office.store.db, Heard(message, office.people.known("telegram", chat), choice))


def texts(replies):
    return " ".join(reply.text for reply in replies)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/viec", Work()),
        ("Việc", Work()),
        ("KC-0012", Open(12)),
        ("mở hồ sơ kc 12", Open(12)),
        ("KC-0012 tới đâu rồi", None),
        ("/help", Help()),
        ("Trợ giúp", Help()),
        ("trợ giúp cho hộ nghèo", None),
        ("vắng hôm nay", Absence(TODAY, TODAY)),
        ("Tôi nghỉ ngày mai", Absence(date(2026, 11, 24), date(2026, 11, 24))),
        ("vắng từ 25/11 đến 30/11", Absence(date(2026, 11, 25), date(2026, 11, 30))),
        ("nghỉ 2/1", Absence(date(2027, 1, 2), date(2027, 1, 2))),
        ("vắng từ ngày 30/12 đến hết ngày 2/1", Absence(date(2026, 12, 30), date(2027, 1, 2))),
        ("đi làm lại rồi", Back()),
        ("hẹn KC-0012 ngày 15/12", Visit(12, date(2026, 12, 15))),
        ("Ghi chú KC-0012: Chị Hoa hẹn chiều", Note(12, "Chị Hoa hẹn chiều")),
        ("ghi kc 12 đã gọi", Note(12, "đã gọi")),
        ("vắng 31/2", None),
        ("Vâng", None),
        ("vâng mai", None),
        ("Nghỉ", None),
        ("vắng từ 30/11 đến 25/11/2026", None),
        ("vắng khách thì có được hỗ trợ không", None),
        ("nghỉ bán thì sao", None),
        ("mua máy khắc có được hỗ trợ không", None),
        ("ghi chú KC-0012:", None),
    ],
)
def test_what_a_collaborator_types_is_read_and_questions_stay_questions(text, expected):
    assert expected == read_desk_words(text, TODAY)


def test_a_lead_is_worked_on_with_buttons_alone(office):
    lead = office.passed()
    press(office, "binh", "Nhận")
    asked = press(office, "binh", "Hẹn thăm")
    titles = [choice.title for choice in asked[0].choices]
    assert titles == [
        "thứ Hai 23/11",
        "thứ Tư 25/11",
        "thứ Năm 26/11",
        "thứ Sáu 27/11",
        "thứ Hai 30/11",
        "Chưa định ngày",
    ]
    said = press(office, "binh", "thứ Tư 25/11", asked)
    assert "25/11/2026" in said[0].text
    assert (office.book.get(lead).state, office.book.get(lead).visit_on) == (State.VISIT, date(2026, 11, 25))
    assert "25/11/2026" in render(office.outbox.for_chat("telegram", "hoa")[-1]).text

    closing = press(office, "binh", "Kết thúc", said)
    press(office, "binh", "Đã hỗ trợ xong", closing)
    assert office.book.get(lead).state is State.CLOSED


def test_who_joins_sees_at_once_what_has_waited(office):
    lan = office.collaborator("Chị Lan", "Xã Dầu Tiếng")
    empty = office.desk.join("telegram", "lan", office.collaborators.invite(lan))
    lead = office.passed(unit="Xã Dầu Tiếng")
    welcome, work = office.desk.join("telegram", "lan-new", office.collaborators.invite(lan))

    assert (len(empty), "Chào Chị Lan" in welcome.text, "KC-0001" in work.text) == (1, True, True)
    card = press(office, "lan-new", "Mở KC-0001", [work])
    press(office, "lan-new", "Nhận", card)
    assert office.book.get(lead).owner_id == lan


@pytest.mark.parametrize(
    ("who", "told", "not_told"), [("binh", "Nhận và Từ chối", "chưa có ai"), ("centre", "chưa có ai nhận", "Từ chối")]
)
def test_the_welcome_and_the_help_are_of_ones_own_work(office, who, told, not_told):
    hanh = office.centre()
    one = office.binh if who == "binh" else hanh
    [welcome] = office.desk.join("telegram", f"{who}-new", office.collaborators.invite(one))
    [help_] = office.desk.type("telegram", f"{who}-new", "trợ giúp")
    [listed] = press(office, f"{who}-new", "Việc của tôi", [help_])

    assert told in welcome.text
    assert not_told not in welcome.text
    assert ("mở được mọi hồ sơ" in help_.text) is (who == "centre")
    assert "Hiện không có việc" in listed.text


def test_a_list_opens_the_card_with_what_can_be_done_about_it(office):
    office.centre()
    lead = office.passed()
    [asked] = office.desk.press("telegram", "binh", Choice("", "lead_open", {"lead": lead}))
    press(office, "binh", "Đang bận", press(office, "binh", "Từ chối"))
    [lies] = office.desk.press("telegram", "centre", Choice("", "lead_open", {"lead": lead}))
    office.book.pass_to(lead, 2, office.binh)
    office.book.take(lead, office.binh)
    [elsewhere] = office.desk.press("telegram", "centre", Choice("", "lead_open", {"lead": lead}))
    office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    [nothing] = office.desk.press("telegram", "lan", Choice("", "lead_open", {"lead": lead}))

    shown = [[choice.title for choice in reply.choices] for reply in (asked, lies, elsewhere, nothing)]
    assert shown == [
        ["Nhận", "Từ chối"],
        ["Nhận", "Giao người khác", "Nhắn cho cơ sở"],
        ["Giao người khác", "Nhắn cho cơ sở"],
        [],
    ]
    assert "đều từ chối" in lies.text
    assert "Đang do Anh Bình phụ trách" in elsewhere.text
    assert "Chị Hoa" not in nothing.text


def test_who_said_no_is_named_last_when_the_centre_looks_for_somebody(office):
    hanh = office.centre()
    office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    lead = office.passed()
    office.book.decline(lead, office.binh, DeclineReason.BUSY)

    assert [one.name for one in office.book.colleagues_for(lead, hanh)] == ["Chị Lan", "Anh Bình"]


def test_a_visit_can_be_moved_to_another_day(office):
    lead = office.passed()
    press(office, "binh", "Nhận")
    for day in ("25/11", "27/11"):
        office.desk.type("telegram", "binh", f"hẹn {office.book.get(lead).number} ngày {day}")

    assert office.book.get(lead).visit_on == date(2026, 11, 27)
    assert office.kinds("hoa") == ["lead_taken", "lead_progress", "lead_progress"]


def test_a_note_is_a_reply_to_the_card_and_stands_on_the_opened_lead(office):
    lead = office.passed()
    press(office, "binh", "Nhận")
    office.send_all()
    said = office.desk.type("telegram", "binh", "Chị Hoa muốn gọi sau 17 giờ", "m1")

    assert "Đã ghi chú" in texts(said)
    assert office.book.notes(lead) == ("Chị Hoa muốn gọi sau 17 giờ",)
    opened = office.desk.press("telegram", "binh", Choice("", "lead_open", {"lead": lead}))
    assert "Ghi chú: Chị Hoa muốn gọi sau 17 giờ" in opened[0].text
    assert "Liên hệ: Chị Hoa" in opened[0].text


def test_a_note_is_kept_to_a_length_that_can_be_read(office):
    office.passed()
    press(office, "binh", "Nhận")
    office.send_all()
    office.desk.type("telegram", "binh", "dài " * 900, "m1")

    assert len(office.book.notes(1)[0]) == LONGEST_NOTE
    assert office.desk.type("telegram", "binh", "  ", "m1") is None


def test_a_reply_to_anything_else_is_a_question_like_anybodys(office):
    assert office.desk.type("telegram", "binh", "máy cũ có được không", "unknown") is None
    assert office.desk.type("telegram", "somebody", "vắng hôm nay") is None


def test_a_note_on_what_is_no_longer_ones_own_is_answered_with_the_truth(office):
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    office.passed()
    office.send_all()
    press(office, "binh", "Đang bận", press(office, "binh", "Từ chối"))

    assert "người khác" in texts(office.desk.type("telegram", "binh", "nhà này bận", "m1"))
    assert office.book.notes(1) == ()


def test_absent_today_in_one_tap_passes_on_what_waits(office):
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    leads = [office.passed("a"), office.passed("b"), office.passed("c")]
    listed = office.desk.type("telegram", "binh", "việc")
    said = press(office, "binh", "Vắng hôm nay", listed)

    assert "2 hồ sơ" in said[0].text
    assert len(office.book.offered_to(2)) == 3
    press(office, "binh", "Tôi đã đi làm lại", said)
    office.passed("d")
    assert len(office.book.offered_to(office.binh)) == 1
    assert len(leads) == 3


def test_a_lead_is_handed_to_a_colleague_by_name(office):
    lan = office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    lead = office.passed()
    press(office, "binh", "Nhận")
    asked = press(office, "binh", "Giao đồng nghiệp")
    assert [choice.title for choice in asked[0].choices] == ["Chị Lan", "Trung tâm"]
    said = press(office, "binh", "Chị Lan", asked)

    assert "Chị Lan" in said[0].text
    assert [one.id for one in office.book.offered_to(lan)] == [lead]
    assert office.kinds("hoa") == ["lead_taken", "lead_handed_on"]
    assert "người khác" in texts(press(office, "binh", "Trung tâm", asked))


def test_one_who_has_nothing_to_do_with_a_lead_cannot_give_it_away(office):
    lan = office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    office.passed()
    given = office.desk.press("telegram", "lan", Choice("", "lead_hand_over", {"lead": 1, "to": lan}))

    assert "không còn" in given[0].text
    assert office.book.offered_to(lan) == ()
    assert "cộng tác viên" in texts(office.desk.press("telegram", "hoa", Choice("", "lead_take", {"lead": 1})))


def test_the_centre_without_staff_on_record_works_by_buttons(office):
    lead = office.passed("far", unit="Xã Xa Lạ")
    asked = press(office, "centre", "Giao người khác", channel=STAFF_CHANNEL)
    press(office, "centre", "Anh Bình", asked, channel=STAFF_CHANNEL)
    assert [one.id for one in office.book.offered_to(office.binh)] == [lead]

    other = office.passed("further", unit="Xã Xa Lắm")
    press(office, "centre", "Nhận", channel=STAFF_CHANNEL)
    assert office.book.get(other).owner_name == "Trung tâm"
    assert office.collaborators.centre()[0].name == "Trung tâm"
    office.centre()
    assert [one.name for one in office.collaborators.centre()] == ["Cô Hạnh"]


def test_the_centre_takes_a_lead_back(office):
    hanh = office.centre()
    lead = office.passed()
    press(office, "binh", "Nhận")
    asked = office.desk.press("telegram", "centre", Choice("", "lead_hand_over", {"lead": lead}))
    told = press(office, "centre", "Về Trung tâm", asked)

    assert "về Trung tâm" in told[0].text
    assert office.book.get(lead).state is State.ESCALATED
    assert office.book.recall(lead, office.binh).lead is None
    assert office.book.take(lead, hanh).lead.owner_id == hanh


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.STARTED])
def test_a_collaborator_who_was_thought_gone_is_back_as_soon_as_it_writes(office, kind):
    office.collaborators.set_reachable(office.binh, reachable=False)
    reception = Reception(office.store, office.clock, office.people, None, office.desk)
    message = IncomingMessage("telegram", "binh", "1", kind, text="việc" if kind is Kind.TEXT else "")
    asyncio.run(reception.answer(office.store.db, message, 1))

    assert office.collaborators.get(office.binh).reachable


# --- the household ----------------------------------------------------------------------------------------------------


def test_a_household_withdraws_by_word_after_being_asked_once(office):
    lead = office.passed()
    asked = serve(office, "hoa", "thôi rút hồ sơ giùm tôi")
    assert office.book.get(lead).is_open
    said = press(office, "hoa", "Rút hồ sơ", asked.replies)

    assert office.book.get(lead).state is State.WITHDRAWN
    press(office, "hoa", "Mở lại hồ sơ", said)
    assert office.book.get(lead).state is State.OFFERED


@pytest.mark.parametrize("text", ["đổi số nha: 0912 345 678", "nhầm số rồi, 0912345678", "so moi cua toi 0912.345.678"])
def test_a_household_corrects_its_phone(office, text):
    office.passed()
    said = serve(office, "hoa", text)

    assert "0912 345 678" in said.replies[0].text
    assert office.people.contact(office.people.known("telegram", "hoa")).phone == "+84912345678"
    assert office.told("binh")[-1].card.phone == "+84912345678"


def test_a_number_that_is_none_changes_nothing(office):
    office.passed()

    assert "Chưa đọc được" in serve(office, "hoa", "đổi số 12345").replies[0].text
    assert office.people.contact(office.people.known("telegram", "hoa")).phone == phone_of("hoa")


@pytest.mark.parametrize("text", ["vẫn cần", "Dạ tôi vẫn cần hỗ trợ", "mở lại hồ sơ giúp tôi"])
def test_a_word_opens_again_what_was_closed(office, text):
    lead = office.passed()
    office.book.withdraw(lead)

    assert "đang mở" in serve(office, "hoa", text).replies[0].text
    assert office.book.get(lead).state is State.OFFERED


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("rút hồ sơ", "Rút hồ sơ"),
        ("tôi không cần hỗ trợ nữa", "Rút hồ sơ"),
        ("thoi ko lam nua", "Rút hồ sơ"),
        ("đổi cán bộ khác giùm", "Đổi người phụ trách"),
        ("cho tôi gặp người khác", "Đổi người phụ trách"),
        ("muốn đổi người phụ trách", "Đổi người phụ trách"),
        ("tôi nhầm số điện thoại", None),
        ("đổi số", None),
    ],
)
def test_what_a_household_says_about_its_lead_is_read(office, text, title):
    office.passed()
    press(office, "binh", "Nhận")
    (reply,) = serve(office, "hoa", text).replies

    assert [choice.title for choice in reply.choices][:1] == ([title] if title else [])


def test_a_household_asks_for_somebody_else(office):
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    press(office, "binh", "Nhận")
    asked = serve(office, "hoa", "cho tôi đổi người khác được không")
    press(office, "hoa", "Đổi người phụ trách", asked.replies)

    assert office.kinds("lan") == ["lead_offered"]
    assert office.book.get(lead).state is State.OFFERED


@pytest.mark.parametrize(
    "text",
    [
        "hồ sơ của tôi đến đâu rồi",
        "máy mới mua có được hỗ trợ không",
        "hồ sơ cần những gì",
        "số tiền hỗ trợ là bao nhiêu",
        "thôi cảm ơn",
        "còn cần giấy tờ gì nữa không",
        "cơ sở mới mở có được hỗ trợ không",
        "hồ sơ mới gồm những gì",
        "đổi sổ đỏ rồi có sao không",
        "đổi người đại diện thì có được hỗ trợ không",
        "người khác có được hỗ trợ không",
        "cho người khác thuê máy có được không",
        "hủy đơn hàng máy rồi thì sao",
        "không",
    ],
)
def test_other_words_are_the_dialogues(office, text):
    office.passed()

    assert serve(office, "hoa", text) is None


def test_without_a_lead_under_way_every_word_is_the_dialogues(office):
    office.person("hoa")

    assert serve(office, "hoa", "rút hồ sơ") is None


def test_a_button_of_somebody_elses_lead_does_nothing(office):
    lead = office.passed()
    office.person("other")
    said = serve(office, "other", choice=Choice("", "lead_withdraw", {"lead": lead, "sure": True}))

    assert "tài khoản khác" in said.replies[0].text
    assert office.book.get(lead).is_open


def test_the_two_questions_afterwards_are_two_taps(office):
    lead = office.passed()
    press(office, "binh", "Nhận")
    press(office, "binh", "Đã hỗ trợ xong", press(office, "binh", "Kết thúc", press(office, "binh", "Đã liên hệ")))
    office.clock.turn(timedelta(days=11))
    while not office.desk.tick():
        office.clock.turn(timedelta(hours=1))
    second = press(office, "hoa", "Có")
    said = press(office, "hoa", "Không", second)

    (kept,) = office.store.db.query("SELECT contacted, useful FROM lead_feedback WHERE lead_id = ?", [lead])
    assert (kept["contacted"], kept["useful"]) == (1, 0)
    assert "Cảm ơn" in said[0].text
