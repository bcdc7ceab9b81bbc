import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.leads import NOTICES, CloseReason, DeclineReason, Event, Lead, Place, State, Tap, TapResult, life
from bot.leads.handling import Concern
from bot.leads.news import (
    LeadEnded,
    LeadFeedbackAsked,
    LeadHandedOn,
    LeadProgress,
    LeadStillWanted,
    LeadTaken,
    LeadWaiting,
)
from bot.leads.notices import (
    Alert,
    Escalated,
    Item,
    LeadAlerts,
    LeadCard,
    LeadContactChanged,
    LeadDigest,
    LeadEscalated,
    LeadKept,
    LeadMoved,
    LeadNeedAdded,
    LeadOffered,
    LeadReminder,
    LeadsSilent,
    LeadYours,
    Moved,
    Stage,
)
from bot.programmes.assess_lines import assess_line
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.replies import lead_desk, lead_lists, lead_news
from bot.replies.lead_card import phone, when
from bot.replies.lead_status import status_choices, status_text
from bot.replies.leads import render

AT = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
FACTS = {
    "legal_form": "household_business",
    "registered": True,
    "employees": 18,
    "activity": "manufactures",
    "product": "làm gốm",
    "trade_group": "handicraft",
    "place": {"old": None, "new_unit": "Xã Phú Giáo", "unit_type": "xa", "province": "Thành phố Hồ Chí Minh"},
    "machine": {"price": 400_000_000, "condition": "used", "bought": False, "line": False},
    "prior_support_same_item": False,
    "own_capital_ready": True,
}
CARD = LeadCard(127, "KC-0127", "Xã Phú Giáo", ("machinery",), FACTS, (), "Chị Hoa", "+84903123456", "sau 17 giờ", True)
LEAD = Lead(
    id=127,
    number="KC-0127",
    person_id="p",
    channel=None,
    chat=None,
    place=Place("Xã Phú Giáo"),
    needs=("machinery",),
    facts=FACTS,
    results=(),
    call_after=None,
    transcript_ok=True,
    campaign=None,
    state=State.TAKEN,
    state_since=AT,
    created=AT,
    round=1,
    owner_id=1,
    owner_name="Trần Thị Mẫu",
    owner_phone="+84903123456",
)
ITEM = Item(127, "KC-0127", "Xã Phú Giáo", State.VISIT, AT, AT, date(2026, 11, 27))
EVERY_NOTICE = [
    LeadOffered(CARD, AT),
    LeadYours(CARD, AT),
    LeadNeedAdded(CARD, ("fair_domestic",)),
    LeadNeedAdded(CARD, ()),
    LeadNeedAdded(CARD, ("trademark",), another_account=True),
    LeadContactChanged(CARD),
    LeadKept(CARD),
    LeadDigest((ITEM,), (replace(ITEM, state=State.OFFERED, visit_on=None),)),
    *[LeadsSilent((replace(ITEM, silent_days=21),), to_centre=centre) for centre in (True, False)],
    *[LeadReminder(127, "KC-0127", "Xã Phú Giáo", stage, AT) for stage in Stage],
    *[LeadMoved("KC-0127", why) for why in Moved],
    *[LeadEscalated(CARD, why) for why in Escalated],
    LeadTaken("KC-0127", "Trần Thị Mẫu", "+84903123456", ("machinery",)),
    *[LeadWaiting("KC-0127", with_centre=here) for here in (True, False)],
    *[LeadHandedOn("KC-0127", with_centre=here) for here in (True, False)],
    *[LeadProgress("KC-0127", state, "Trần Thị Mẫu", date(2026, 11, 27)) for state in lead_news.PROGRESS],
    LeadProgress("KC-0127", State.TAKEN, corrected=True),
    *[LeadEnded("KC-0127", reason, 127) for reason in CloseReason],
    LeadEnded("KC-0127", CloseReason.NO_LONGER_WANTED, 127, by_silence=True),
    LeadStillWanted(127, "KC-0127"),
    LeadFeedbackAsked(127, "KC-0127"),
    LeadAlerts(
        (
            *(Alert("Trần Thị Mẫu", concern, 3, 4, "+84903123456") for concern in Concern),
            *(Alert(f"Xã {number}", Concern.DECLINED, 3, 4) for number in range(14)),
        ),
        date(2026, 8, 25),
    ),
]


OTHERS = {"lead_close": Event.CLOSE, "lead_hand_over": Event.OFFER}


@pytest.fixture(scope="module")
def results():
    law = load_law()
    request = {"id": 1, "facts": FACTS, "need": ["machinery"]}
    return tuple(assess_line(request, date(2026, 11, 23), load_programmes(law), law)["results"])


def titles(reply):
    return [choice.title for choice in reply.choices]


def test_the_card_says_what_matters_first_then_how_to_reach_and_until_when(results):
    reply = render(LeadOffered(replace(CARD, results=results), AT))
    lines = reply.text.split("\n")

    assert lines[0] == "**Mới · KC-0127 · Xã Phú Giáo**"
    assert lines[1] == "Hộ kinh doanh, làm gốm, 18 lao động."
    assert lines[2].startswith("Muốn: máy móc (máy 400 triệu đồng, máy cũ")
    assert re.fullmatch(r"Máy móc: ✅ \d+ điều đạt, 👤 1 điều cần anh/chị xem", lines[3])
    assert lines[-2] == "Liên hệ: Chị Hoa · 0903 123 456 · gọi được sau 17 giờ"
    assert lines[-1] == "Xin trả lời trước 10:30 thứ Tư 25/11."
    assert titles(reply) == ["Nhận", "Từ chối", "Xem câu trả lời"]


def test_without_consent_there_is_no_way_to_the_answers():
    assert titles(render(LeadOffered(replace(CARD, transcript_ok=False), AT))) == ["Nhận", "Từ chối"]


def test_a_card_about_which_little_is_known_is_still_whole():
    reply = render(LeadOffered(LeadCard(1, "KC-0001", None, ()), AT))

    assert reply.text.split("\n") == [
        "**Mới · KC-0001**",
        "Chưa nói cần gì, chỉ muốn được gọi lại.",
        "Chưa có số điện thoại; nhắn qua Khuyến công.",
        "Xin trả lời trước 10:30 thứ Tư 25/11.",
    ]


def test_a_card_of_somebody_who_only_wants_a_call_lists_no_open_conditions():
    place = {"outcome": "met", "id": "place", "citation": None}
    results = tuple(
        {"programme": name, "criteria": [place, {"outcome": "unknown", "id": "form"}], "notes": ()}
        for name in ("machinery", "fair_domestic")
    )
    bare = replace(CARD, needs=(), facts={}, results=results)
    wants = render(LeadOffered(replace(bare, needs=("machinery",)), AT)).text

    assert "chưa rõ" not in render(LeadOffered(bare, AT)).text
    assert "Máy móc: ✅ 1 điều đạt, ❓ 1 điều chưa rõ" in wants


def test_facts_in_the_flat_form_of_a_draft_read_the_same():
    flat = {name: value for name, value in FACTS.items() if name not in ("machine", "place")}
    flat |= {f"machine.{name}": value for name, value in FACTS["machine"].items()}

    assert render(LeadOffered(CARD, AT)).text == render(LeadOffered(replace(CARD, facts=flat), AT)).text


def test_the_household_hears_who_will_call_and_the_number():
    text = render(LeadTaken("KC-0127", "Trần Thị Mẫu", "+84903123456", ("machinery",))).text

    assert "**Trần Thị Mẫu**" in text
    assert "0903 123 456" in text
    assert "KC-0127" in text


@pytest.mark.parametrize("why", Moved)
def test_a_card_that_moved_keeps_nothing_of_the_household(why):
    reply = render(LeadMoved("KC-0127", why))

    assert reply.choices == ()
    assert "Hoa" not in reply.text


def test_every_kind_of_notice_is_rendered():
    assert {type(notice) for notice in EVERY_NOTICE} == set(NOTICES)


@pytest.mark.parametrize("notice", EVERY_NOTICE, ids=lambda notice: notice.kind)
def test_every_text_is_composed_kind_and_short_and_promises_nothing(notice):
    text = render(notice).text

    assert unicodedata.normalize("NFC", text) == text
    assert "None" not in text
    assert "được duyệt" not in text
    assert not re.search(r"\b[Ee]m\b", text)
    assert len(text) <= 600


@pytest.mark.parametrize("state", State)
def test_where_it_stands_is_said_for_every_state(state):
    text = status_text(replace(LEAD, state=state))

    assert text.startswith("Hồ sơ **KC-0127**: ")
    assert "{" not in text
    assert ("Số người phụ trách" in text) is (state in life.OPEN)


def test_a_second_tap_and_a_late_tap_are_answered_kindly():
    nobody = replace(LEAD, state=State.OFFERED, owner_id=None)

    assert "rồi" in lead_desk.taken(TapResult(Tap.ALREADY, LEAD)).text
    assert "người khác" in lead_desk.taken(TapResult(Tap.MOVED, nobody)).text
    assert "Trung tâm" in lead_desk.taken(TapResult(Tap.MOVED, replace(nobody, state=State.ESCALATED))).text
    assert lead_desk.taken(TapResult(Tap.GONE)).text
    assert titles(lead_desk.declined(TapResult(Tap.YOURS, LEAD))) == ["Trả lại"]


def test_reasons_are_one_tap_each():
    asked = lead_desk.ask_decline_reason(127)

    assert [DeclineReason(choice.data["reason"]) for choice in asked.choices] == list(lead_desk.DECLINE_REASONS)
    assert set(lead_desk.DECLINE_REASONS) == set(DeclineReason)
    assert set(lead_desk.CLOSE_REASONS) == set(CloseReason)


@pytest.mark.parametrize("state", sorted(life.WORKING | {State.APPROVED, State.REJECTED, State.CLOSED}))
def test_only_steps_that_the_table_allows_are_offered(state):
    offered = lead_desk.next_steps(replace(LEAD, state=state))
    events = {
        lead_desk.STEPS[choice.intent][0] if choice.intent in lead_desk.STEPS else OTHERS[choice.intent]
        for choice in offered
    }

    assert events <= set(life.TRANSITIONS[state])
    assert offered


def test_the_answers_are_all_there_for_who_may_read_them():
    text = lead_desk.answers(LEAD).text

    assert "18 lao động" in text
    assert "400 triệu đồng" in text
    assert "chưa đồng ý" in lead_desk.answers(None).text


def test_open_work_says_what_is_due_first():
    offered = replace(ITEM, state=State.OFFERED, visit_on=None)
    reply = lead_lists.work((offered, replace(ITEM, lead_id=128, number="KC-0128")))

    assert reply.text.split("\n") == [
        "Chờ trả lời: **KC-0127** · Xã Phú Giáo · trước 10:30 thứ Tư 25/11",
        "Hẹn thăm: **KC-0128** · Xã Phú Giáo · ngày 27/11/2026",
    ]
    assert titles(reply) == ["Mở KC-0127", "Mở KC-0128", "Vắng hôm nay"]
    assert titles(lead_lists.work(())) == ["Vắng hôm nay"]


def test_a_limit_that_is_a_whole_day_is_said_as_a_day():
    midnight = datetime(2026, 12, 2, 17, 0, tzinfo=UTC)
    reply = lead_lists.work((replace(ITEM, state=State.CONTACTED, visit_on=None, due=midnight),))

    assert reply.text == "Đã liên hệ: **KC-0127** · Xã Phú Giáo · trước thứ Năm 3/12"


def test_a_long_list_stays_readable():
    reply = lead_lists.work((ITEM,) * 40)

    assert len(reply.text.split("\n")) == lead_lists.LONGEST_LIST + 1
    assert "28 hồ sơ nữa" in reply.text


def test_what_a_household_can_do_depends_on_where_the_lead_stands():
    assert [choice.title for choice in status_choices(LEAD)] == [
        "Sửa số điện thoại",
        "Đổi người phụ trách",
        "Rút hồ sơ",
    ]
    assert [choice.title for choice in status_choices(replace(LEAD, owner_id=None, state=State.OFFERED))] == [
        "Sửa số điện thoại",
        "Rút hồ sơ",
    ]
    assert [choice.title for choice in status_choices(replace(LEAD, state=State.CLOSED))] == ["Mở lại hồ sơ"]
    assert status_choices(replace(LEAD, state=State.ERASED)) == ()


@pytest.mark.parametrize(
    ("notice", "offers"),
    [
        (LeadEnded("KC-0127", CloseReason.HELPED, 127), False),
        (LeadEnded("KC-0127", CloseReason.UNREACHABLE, 127), True),
        (LeadEnded("KC-0127", CloseReason.NO_LONGER_WANTED, 127), False),
        (LeadEnded("KC-0127", CloseReason.NO_LONGER_WANTED, 127, by_silence=True), True),
    ],
)
def test_who_did_not_end_it_itself_is_offered_the_way_back(notice, offers):
    assert ("Mở lại hồ sơ" in titles(render(notice))) is offers


def test_times_and_numbers_are_said_as_here():
    assert when(AT) == "10:30 thứ Tư 25/11"
    assert when(datetime(2026, 11, 28, 18, 0, tzinfo=UTC)) == "01:00 chủ Nhật 29/11"
    assert phone("+84903123456") == "0903 123 456"
    assert phone("+84000000101") == "+84000000101"
