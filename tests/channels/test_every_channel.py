"""The same conversations on every channel: the same is understood, and the same is read and can be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlite_utils import Database

from bot.channels.capabilities import CAPABILITIES, NUMBERED, RATES, Buttons
from bot.channels.markup import visible
from bot.dialogue import Utterance
from bot.leads import NewLead, Place
from bot.people import Purpose
from bot.replies.reply import Choice, Reply
from bot.screening.memory import Memory, remember
from tests.channels.sides import PAYLOAD, PHONE, PLACE, Seen, side_of
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests
from tests.messages.office import Intake

CHANNELS = tuple(CAPABILITIES)


def choices(*titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(title, f"picked {title}") for title in titles)


LONG = "\n".join(f"Điều {n}: " + "một câu dài về máy móc thiết bị tiên tiến " * 3 for n in range(1, 41))


@dataclass(frozen=True)
class Answer:
    """What the dialogue says to something, and the question that is open afterwards."""

    replies: tuple[Reply, ...]
    question: str | None = None


def said(*replies: Reply, question: str | None = None) -> Answer:
    return Answer(replies, question)


SCRIPT: Mapping[str, Answer] = {
    "xin chào": said(Reply("Chào anh/chị.")),
    "mức hỗ trợ": said(Reply("Tối đa **50%** chi phí, không quá **300 triệu đồng**.")),
    "dấu lạ": said(Reply('1 < 2 & 3 > 2, "nháy", *sao* _gạch_ [ngoặc](x) `mã`')),
    "nhiều dòng": said(Reply("Dòng một\n\nDòng hai\n✅ đạt\n❌ chưa đạt")),
    "hai tin": said(Reply("Tin một."), Reply("Tin hai.")),
    "một nút": said(Reply("Mời anh/chị.", choices("Kiểm tra xưởng của tôi"))),
    "có không": said(Reply("Đúng không?", choices("Có", "Không"))),
    "năm nút": said(Reply("Loại nào?", choices("Một a", "Hai b", "Ba c", "Bốn d", "Năm e"))),
    "tám nút": said(Reply("Cần gì?", choices(*(f"Việc {n}" for n in "abcdefgh")))),
    "nút dài": said(Reply("Chọn giúp:", choices("Chế biến nông sản hay thực phẩm", "Vật liệu hay hóa chất"))),
    "hai bảng": said(Reply("Bảng một?", choices("Nhận", "Từ chối")), Reply("Bảng hai?", choices("Mở", "Đóng"))),
    "bao nhiêu thợ": said(Reply("Bao nhiêu lao động?", question="employees"), question="employees"),
    "giá máy": said(
        Reply("Máy khoảng bao nhiêu tiền?", choices("Không rõ", "Vì sao hỏi?"), question="machine.price"),
        question="machine.price",
    ),
    "8": said(Reply("Ghi nhận: 8.")),
    "dài": said(Reply(LONG)),
    "dài có nút": said(Reply(LONG, choices("Có", "Không"))),
    "xin số": said(Reply("Số điện thoại nào tiện liên hệ?", asks_contact=True)),
    "xin vị trí": said(Reply("Xưởng ở đâu?", asks_location=True)),
    "ghi chú": said(Reply("Việc sáng nay: **2** hồ sơ.", choices("Mở"), quiet=True)),
    "chữ tổ hợp": said(Reply("Tiê\u0301ng Việt 👩🏽‍🌾 ½")),
    "/lệnh lạ": said(Reply("Chưa hiểu lệnh này.")),
    PHONE: said(Reply("Đã ghi số.")),
    PLACE: said(Reply("Đã ghi nơi.")),
    "share_contact": said(Reply("Đã ghi số.")),
    "share_location": said(Reply("Đã ghi nơi.")),
    "share_media": said(Reply("Chưa xem được ảnh, anh/chị nhắn bằng chữ giúp.")),
    "greet": said(Reply("Khuyến công xin chào.", choices("Kiểm tra xưởng của tôi", "Hỏi tiếp"))),
}


@dataclass(frozen=True)
class Step:
    """Something done, and what the dialogue must get of it."""

    act: str
    with_: str | None = None
    means: str | None = None

    @property
    def key(self) -> str:
        return self.means or (f"picked {self.with_}" if self.act == "picks" else str(self.with_))


def says(text: str) -> Step:
    return Step("says", text)


def picks(title: str) -> Step:
    return Step("picks", title)


CONVERSATIONS: Mapping[str, tuple[Step, ...]] = {
    "a greeting": (says("xin chào"),),
    "figures in bold": (says("mức hỗ trợ"),),
    "signs that some channels read as markup": (says("dấu lạ"),),
    "several lines": (says("nhiều dòng"),),
    "two messages": (says("hai tin"),),
    "one button": (says("một nút"), picks("Kiểm tra xưởng của tôi")),
    "yes": (says("có không"), picks("Có")),
    "no": (says("có không"), picks("Không")),
    "as many buttons as a template takes": (says("năm nút"), picks("Năm e")),
    "more buttons than a template takes": (says("tám nút"), picks("Việc g")),
    "long titles": (says("nút dài"), picks("Vật liệu hay hóa chất")),
    "a question after a question": (says("có không"), picks("Có"), says("năm nút"), picks("Một a")),
    "two menus, the first": (says("hai bảng"), picks("Từ chối")),
    "two menus, the second": (says("hai bảng"), picks("Mở")),
    "one menu, picked from twice": (says("có không"), picks("Có"), picks("Không")),
    "a menu passed over": (says("có không"), says("mức hỗ trợ"), picks("Có")),
    "a number that is an answer": (says("bao nhiêu thợ"), says("8")),
    "a number that is an answer below buttons": (says("giá máy"), says("8")),
    "a button below a question for a number": (says("giá máy"), picks("Vì sao hỏi?")),
    "a text of several messages": (says("dài"),),
    "buttons below such a text": (says("dài có nút"), picks("Không")),
    "the phone number": (says("xin số"), Step("shares_contact", means="share_contact")),
    "the place": (says("xin vị trí"), Step("shares_location", means="share_location")),
    "a photo": (Step("sends", "photo", "share_media"),),
    "a voice message": (Step("sends", "voice", "share_media"),),
    "a sticker": (Step("sends", "sticker", "share_media"),),
    "the start": (Step("starts", None, "greet"), picks("Hỏi tiếp")),
    "an invitation": (Step("starts", PAYLOAD, "greet"), picks("Hỏi tiếp")),
    "a quiet note": (says("ghi chú"), picks("Mở")),
    "letters of several signs": (says("chữ tổ hợp"),),
    "a command that is none": (says("/lệnh lạ"),),
}
_SAME = {"share_contact": PHONE, "share_location": PLACE}
"""What one types where there is no way to share it."""


async def dialogue(message: Utterance, db: Database) -> list[Reply]:
    key = message.choice.intent if message.choice else message.text
    answer = SCRIPT.get(key) or said(Reply(f"Đã chọn: {key}."))
    remember(db, Memory(message.conversation, question=answer.question), datetime(2026, 11, 23, tzinfo=UTC))
    return list(answer.replies)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_same_conversations(channel: str, intake: Intake) -> None:  # noqa: F811
    intake.dialogue.script = dialogue
    wrong = []
    async with side_of(channel, intake) as side:
        for name, steps in CONVERSATIONS.items():
            for step in steps:
                intake.dialogue.heard.clear()
                seen = await _done(side, step)
                if seen is None:
                    break  # this channel has no such thing
                [heard] = intake.dialogue.heard
                key = heard.choice.intent if heard.choice else heard.text
                if key not in {step.key, _SAME.get(step.key)} or _read(seen) != _expected(key):
                    wrong.append((name, step, key, _read(seen), _expected(key)))

    assert wrong == []


async def _done(side: Any, step: Step) -> list[Seen] | None:
    act = getattr(side, step.act)
    found: list[Seen] | None = await (act() if step.act.startswith("shares") else act(step.with_))
    return found


def _read(seen: list[Seen]) -> tuple[str, list[str]]:
    """The words of all messages without their breaks, and all that can be chosen."""
    words = re.sub(r"\s+", "", "".join(one.text for one in seen))
    return words, [title for one in seen for title in one.titles]


def _expected(key: str) -> tuple[str, list[str]]:
    answer = SCRIPT.get(key) or said(Reply(f"Đã chọn: {key}."))
    return _read(
        [Seen(visible(reply.text), tuple(choice.title for choice in reply.choices)) for reply in answer.replies]
    )


@pytest.mark.parametrize("channel", ["telegram", "zalo_bot", "zalo_oa"])
async def test_a_collaborator_takes_a_case_with_what_the_channel_has(channel: str, intake: Intake) -> None:  # noqa: F811
    staff = intake.leads.collaborators
    one = staff.add("Nguyễn Văn Mẫu", phone="+84912345678")
    staff.give(one, "Xã Phú Giáo", intake.clock.today())
    invitation = staff.invite(one)
    async with side_of(channel, intake) as mau:
        [welcome] = await mau.starts(invitation)
        first, second = _pass_on(intake, "hoa"), _pass_on(intake, "lan")
        cards = await mau.sent()
        chosen = await mau.picks("Từ chối")
        answered = await mau.picks("Đang bận")

    assert "Nguyễn Văn Mẫu" in welcome.text
    assert [card.titles[:2] for card in cards] == [("Nhận", "Từ chối")] * 2
    assert [number in card.text for card, number in zip(cards, (first, second), strict=True)] == [True, True]
    assert "lý do" in chosen[0].text
    assert second in "".join(one.text for one in answered)
    offers = intake.rows("SELECT state FROM offers ORDER BY id")
    assert [state for (state,) in offers][:2] == ["open", "declined"]


def _pass_on(intake: Intake, chat: str) -> str:  # noqa: F811
    person = intake.people.person_for("web", chat)
    intake.people.set_phone(person, f"+8490312345{len(chat)}" if chat == "hoa" else "+84903999888")
    intake.people.record_consent(person, Purpose.CONTACT, text_version="1", channel="web")
    lead = NewLead(
        person_id=person, channel="web", chat=chat, place=Place("Xã Phú Giáo"), needs=("machinery",),
        facts={"legal_form": "household_business"}, results=(),
    )  # fmt: skip
    return intake.leads.create(lead).lead.number


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_quiet_note_makes_no_sound_where_the_table_says_so_and_is_read_everywhere(
    channel: str,
    intake: Intake,  # noqa: F811
) -> None:
    intake.dialogue.script = dialogue
    async with side_of(channel, intake) as side:
        [loud] = await side.says("xin chào")
        rang = await _quiet(channel, side)
        [note] = await side.says("ghi chú")
        softly = await _quiet(channel, side)

    assert (loud.text, note.text) == ("Chào anh/chị.", "Việc sáng nay: 2 hồ sơ.")
    assert (rang, softly) == (False, CAPABILITIES[channel].quiet)


async def _quiet(channel: str, side: Any) -> bool:
    """Whether the last message came without a sound, or as a note."""
    if channel == "telegram":
        sent = [call for call in side.user.account.calls if call.method == "sendMessage"]
        return str(sent[-1].params.get("disable_notification", "")).lower() == "true"
    if channel == "web":
        news = await side._http.post("/api/chat/news", json={**side._conversation, "after": 0})
        return "quiet" in news.json()["messages"][-1]
    return False


def test_the_table_says_what_every_channel_has() -> None:
    assert set(RATES) == set(CAPABILITIES)
    assert {name for name in CAPABILITIES if CAPABILITIES[name].buttons is not Buttons.INLINE} == NUMBERED
    assert {name: one.text_limit for name, one in CAPABILITIES.items()} == {
        "telegram": 4096,
        "zalo_bot": 2000,
        "zalo_oa": 2000,
        "web": None,
        "terminal": None,
    }
