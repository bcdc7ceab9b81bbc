"""What happens in the conversation: buttons, links, wishes, and what counts as an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.campaigns.answers import brought_by
from bot.campaigns.links import LONGEST_PAYLOAD, Addresses, NoAddress, address, link_for, place_of, read_link
from bot.campaigns.recipients import Stage
from bot.campaigns.trial import NobodyToTry, send_trial
from bot.dialogue import Reading, Utterance
from bot.leads import Collaborators, LeadBook
from bot.messages.campaigns import CampaignCounter
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.turns import Turns
from bot.people import Purpose
from bot.replies.campaign import CONSENT
from bot.replies.reply import Reply
from bot.screening.memory import Memory, Task, remember
from tests.campaigns.centre import TEXT, Centre


class Talk:
    """A household on Telegram, with a dialogue that says what it heard."""

    def __init__(self, centre: Centre) -> None:
        self.centre = centre
        self._number = 0
        leads = LeadBook(centre.store, centre.clock, centre.people)
        desk = CollaboratorDesk(centre.store, centre.clock, leads)
        counter = CampaignCounter(centre.people, centre.book, centre.dispatch)
        self.turns = Turns(centre.store, centre.clock, centre.people, self, desk, counters=(counter,))

    async def read(self, _: Utterance) -> Reading:
        return {}

    async def turn(self, message: Utterance, reading: Reading | None = None) -> list[Reply]:
        return [Reply(f"dialogue: {message.choice.intent if message.choice else message.text}")]

    def _say(self, kind: Kind, **what: object) -> tuple[Reply, ...]:
        self._number += 1
        message = IncomingMessage("telegram", "1", str(self._number), kind, **what)  # type: ignore[arg-type]
        return asyncio.run(self.turns.ask(message)).replies

    def types(self, text: str) -> str:
        return "\n".join(reply.text for reply in self._say(Kind.TEXT, text=text))

    def starts(self, payload: str) -> Reply:
        (reply,) = self._say(Kind.STARTED, start=payload)
        return reply

    def presses(self, title: str, shown: int = -1) -> str:
        """Presses a button of a message that the sender delivered."""
        asyncio.run(self.centre.sender.send_due())
        button = next(one for one in self.centre.carrier.shown[shown] if one.title == title)
        return "\n".join(reply.text for reply in self._say(Kind.BUTTON, button=button.id))

    def answers(self) -> list[tuple[str, str | None]]:
        rows = self.centre.store.db.conn.execute("SELECT how, place FROM campaign_answers ORDER BY id")
        return [(how, place) for how, place in rows]


@pytest.fixture
def talk(centre: Centre) -> Iterator[Talk]:
    talk = Talk(centre)
    yield talk
    talk.turns.close()


@pytest.fixture
def told(centre: Centre, talk: Talk) -> Talk:
    """The same, after a campaign's message arrived."""
    centre.person("1")
    centre.scheduled("buttons: [check, conditions, later, stop_topic, stop]\n")
    asyncio.run(centre.work(rounds=4))
    assert len(centre.carrier.taken) == 1
    return talk


def agreed(centre: Centre) -> bool:
    person = centre.people.known("telegram", "1")
    return person is not None and centre.people.has_consent(person, Purpose.CAMPAIGN)


def test_the_first_button_begins_the_screening_and_counts(told: Talk) -> None:
    assert told.presses("Kiểm tra xem tôi có được không") == "dialogue: start_screening"
    assert told.answers() == [("check", None)]


def test_what_is_written_counts_once_and_goes_to_the_dialogue(told: Talk) -> None:
    said = told.types("được bao nhiêu vậy"), told.types("ở đâu")

    assert said == ("dialogue: được bao nhiêu vậy", "dialogue: ở đâu")
    assert told.answers() == [("reply", None)]


@pytest.mark.parametrize("text", ["dừng", "đừng gửi nữa", "ko nhan tin nua nha"])
def test_a_refusal_in_any_wording_ends_all_campaigns(told: Talk, text: str) -> None:
    assert "từ nay không gửi tin giới thiệu nữa" in told.types(text)
    assert not agreed(told.centre)
    assert told.answers() == [("stop", None)]


def test_while_a_question_is_open_a_bare_refusal_answers_the_question(told: Talk) -> None:
    person = told.centre.people.person_for("telegram", "1")
    with told.centre.store.transaction() as db:
        memory = Memory(f"{person}.telegram", Task.SCREENING, question="employees")
        remember(db, memory, told.centre.clock.now())

    assert told.types("không quan tâm") == "dialogue: không quan tâm"
    assert agreed(told.centre)


def test_the_stop_button_ends_all_campaigns(told: Talk) -> None:
    assert "từ nay không gửi" in told.presses("Không nhận nữa")
    assert not agreed(told.centre)


def test_a_topic_can_be_refused_alone(told: Talk) -> None:
    told.presses("Không nhận tin hội chợ trong nước")
    told.centre.clock.turn(timedelta(days=8))
    told.centre.scheduled(key="again")
    asyncio.run(told.centre.work(rounds=4))

    person = told.centre.people.person_for("telegram", "1")
    assert agreed(told.centre)
    assert told.centre.of(person, "again").reason == "unwanted_topic"


def test_only_a_topic_can_be_wanted(told: Talk) -> None:
    said = told.types("chỉ nhận tin máy móc thôi")
    told.centre.clock.turn(timedelta(days=8))
    told.centre.scheduled(key="again")
    asyncio.run(told.centre.work(rounds=4))

    person = told.centre.people.person_for("telegram", "1")
    assert "chỉ gửi tin về máy móc" in said
    assert told.centre.of(person, "again").reason == "unwanted_topic"


def test_a_reminder_is_chosen_and_comes(told: Talk) -> None:
    told.presses("Nhắc tôi sau")
    said = told.presses("Ngày mai")
    asyncio.run(told.centre.work(rounds=26, by=timedelta(hours=1)))

    campaign = [text for _, text in told.centre.carrier.taken if "hội chợ bắt đầu" in text]
    assert said == "Sẽ nhắc lại anh/chị vào ngày 01/12/2026."
    assert len(campaign) == 2


def test_who_comes_by_a_poster_is_welcomed_and_counted(centre: Centre, talk: Talk) -> None:
    centre.draft()

    reply = talk.starts(link_for("fair", "Xã Phú Giáo").payload)

    assert "hội chợ bắt đầu ngày 12/03/2027" in reply.text
    assert [choice.title for choice in reply.choices] == ["Kiểm tra xem tôi có được không", "Nhận tin hỗ trợ mới"]
    assert talk.answers() == [("link", "xa-phu-giao")]
    assert brought_by(centre.store.db, centre.people.person_for("telegram", "1"), centre.clock.now()) == "fair"


def test_the_code_of_a_poster_can_be_typed(centre: Centre, talk: Talk) -> None:
    centre.draft()

    assert "hội chợ bắt đầu" in talk.types("c_fair_xa-phu-giao")
    assert "hội chợ bắt đầu" in talk.types("/start c_fair")


def test_the_link_of_an_unknown_campaign_is_an_ordinary_start_and_its_code_is_over(talk: Talk) -> None:
    assert talk.starts("c_gone").text == "dialogue: greet"
    assert "đã kết thúc" in talk.types("c_gone")


def test_the_link_of_a_campaign_that_is_still_written_shows_no_gap(centre: Centre, talk: Talk) -> None:
    file = centre.path.with_name("fair.yml")
    file.write_text(TEXT.format(key="fair").replace("2027-03-12", ""), "utf8")
    centre.book.draft(file)

    assert talk.starts("c_fair").text == "dialogue: greet"
    assert talk.answers() == []


def test_the_link_of_a_campaign_that_is_over_says_so(centre: Centre, talk: Talk) -> None:
    centre.draft("valid_until: 2026-11-29\n")

    assert "đã kết thúc" in talk.starts("c_fair").text


def test_agreeing_takes_two_taps_and_the_text_is_kept_with_it(centre: Centre, talk: Talk) -> None:
    centre.draft()
    talk.starts("c_fair")
    talk.presses("Nhận tin hỗ trợ mới")
    before = agreed(centre)
    talk.presses("Đồng ý")

    (consent,) = centre.people.consents(centre.people.person_for("telegram", "1"))
    assert (before, agreed(centre), consent.text_version) == (False, True, CONSENT.version)
    kept = centre.store.db.conn.execute("SELECT words FROM consent_texts WHERE purpose = 'campaign'").fetchall()
    assert kept == [(CONSENT.words,)]


def test_a_trial_says_that_it_is_one_and_counts_for_nothing(centre: Centre, talk: Talk) -> None:
    staff = Collaborators(centre.store, centre.clock)
    mai = staff.add("Chị Mai")
    staff.link(mai, "telegram", "1")
    centre.draft()
    assert send_trial(centre.book, staff, "fair", "mai") == "Chị Mai"
    asyncio.run(centre.sender.send_due())

    later, stop = talk.presses("Nhắc tôi sau", 0), talk.presses("Không nhận nữa", 0)
    check = talk.presses("Kiểm tra xem tôi có được không", 0)

    assert centre.carrier.taken[0][1].startswith("Tin gửi thử, chỉ mình anh/chị nhận:\nChị Mai ơi, hội chợ")
    assert "Tin gửi thử: bấm nút này thì người nhận sẽ được hỏi muốn nhắc ngày nào" in later
    assert "Tin gửi thử: bấm nút này thì người nhận sẽ không nhận tin nào nữa" in stop
    assert (check, talk.answers()) == ("dialogue: start_screening", [])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "names 2 people with a linked chat: Ông Ba, Bà Ba"),
        ("Tư", "names 0 people with a linked chat: Ông Ba, Bà Ba"),
    ],
)
def test_for_a_trial_one_is_chosen_among_those_with_a_chat(centre: Centre, name: str, said: str) -> None:
    staff = Collaborators(centre.store, centre.clock)
    for one, chat in (("Ông Ba", "7"), ("Bà Ba", "8")):
        staff.link(staff.add(one), "telegram", chat)
    staff.add("Cô Tư, chỉ có trang cán bộ")
    centre.draft()

    with pytest.raises(NobodyToTry, match=said):
        send_trial(centre.book, staff, "fair", name)


def test_who_refused_does_not_count_as_brought(told: Talk) -> None:
    told.types("đừng gửi nữa")

    person = told.centre.people.person_for("telegram", "1")
    assert brought_by(told.centre.store.db, person, told.centre.clock.now()) is None


def test_the_message_stands_as_sent_when_the_person_answers_at_once(told: Talk) -> None:
    person = told.centre.people.person_for("telegram", "1")

    assert told.centre.of(person).stage is Stage.SENT


@pytest.mark.parametrize(
    "place", [None, "Xã Phú Giáo", "Đặc khu Côn Đảo", "Phường " + "Rất Dài " * 12, "Thị trấn Ô Môn (cũ)"]
)
def test_a_link_fits_telegram_and_comes_back(place: str | None) -> None:
    link = link_for("a" * 32, place)

    assert len(link.payload) <= LONGEST_PAYLOAD
    assert read_link(link.payload) == link
    assert place_of(link.place, [place] if place else []) == place


@pytest.mark.parametrize("text", ["", "c_", "c_A B", "xin chào", "kc_fair", "c_fair_x_y"])
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text) is None


def test_addresses_are_made_only_where_they_are_set() -> None:
    link, ours = link_for("fair"), Addresses(telegram="kc_bot", web="https://kc.example.vn/")

    assert address(link, ours, "telegram") == "https://t.me/kc_bot?start=c_fair"
    assert address(link, ours, "web") == "https://kc.example.vn/?start=c_fair"
    with pytest.raises(NoAddress):
        address(link, ours, "zalo")
