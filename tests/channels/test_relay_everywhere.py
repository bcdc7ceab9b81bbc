"""A person in the chat on every channel that messages are pushed to: whoever has no buttons types numbers and words."""

import pytest

from bot.leads import NewLead, Place
from bot.people import Purpose
from bot.replies.reply import Choice
from tests.channels.sides import side_of
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests
from tests.messages.office import Intake, text

CHANNELS = ("telegram", "zalo_bot", "zalo_oa")
ME = "42"
"""Whoever is tried on a channel; the other side is at a post that takes anything."""


class Post:
    """The other side of the conversation."""

    def __init__(self, intake: Intake, chat: str) -> None:  # noqa: F811
        self._intake = intake
        self._chat = chat
        self._number = 0
        self._seen = 0
        self.new()

    async def says(self, said: str) -> None:
        self._number += 1
        await self._intake.turns.ask(text(said, self._number, self._chat, "post"))

    def new(self) -> list[str]:
        """What was put out for it since the last look."""
        everything = self._intake.texts(self._chat, "post")
        new, self._seen = everything[self._seen :], len(everything)
        return new


def household(intake: Intake, channel: str, chat: str, phone: str) -> int:  # noqa: F811
    """Passes on a lead of somebody in this chat; gives its id."""
    person = intake.people.person_for(channel, chat)
    intake.people.set_name(person, "Chị Hoa")
    intake.people.set_phone(person, phone)
    intake.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel=channel)
    return intake.leads.create(NewLead(person, Place("Xã Phú Giáo"), (), channel=channel, chat=chat)).lead.id


def collaborator(intake: Intake, channel: str, chat: str) -> int:  # noqa: F811
    binh = intake.leads.collaborators.add("Anh Bình")
    intake.leads.collaborators.link(binh, channel, chat)
    intake.leads.collaborators.give(binh, "Xã Phú Giáo", intake.clock.today())
    return binh


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_household_answers_with_a_number_and_ends_it(channel: str, intake: Intake) -> None:  # noqa: F811
    binh = collaborator(intake, "post", "binh")
    async with side_of(channel, intake, intake.relay) as hoa:
        await hoa.says("xin chào")
        lead = household(intake, channel, ME, "+84903123456")
        intake.leads.take(lead, binh)
        post = Post(intake, "binh")
        intake.relay.press("post", "binh", Choice("", "relay_open", {"lead": lead}))
        begun = await hoa.sent()
        await post.says("Nhà mình mấy lò vậy chị?")
        asked = await hoa.sent()
        quiet = [await hoa.says("2"), await hoa.says("1")]
        heard = post.new()
        ended = await hoa.picks("Kết thúc trò chuyện")
        bot = await hoa.says("máy ơi")

    assert "Anh Bình, cộng tác viên" in begun[-1].text
    assert begun[-1].titles == ("Kết thúc trò chuyện",)
    assert [one.text for one in asked] == ["Anh Bình, cộng tác viên: Nhà mình mấy lò vậy chị?"]
    assert quiet == [[], []]
    assert heard == ["**KC-0001 · Chị Hoa:** 2", "**KC-0001 · Chị Hoa:** 1"]
    assert ["Khuyến công trả lời tiếp" in one.text for one in ended] == [True]
    assert [one.text for one in bot] == ["nghe: máy ơi"]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_collaborator_talks_with_numbers_in_it_and_its_buttons_work_before_and_after(
    channel: str,
    intake: Intake,  # noqa: F811
) -> None:
    collaborator(intake, channel, ME)
    async with side_of(channel, intake, intake.relay) as binh:
        await binh.says("xin chào")
        lead = household(intake, "post", "hoa", "+84903123456")
        post = Post(intake, "hoa")
        await binh.sent()
        await binh.picks("Nhận")
        begun = await binh.picks("Nhắn cho cơ sở")
        quiet = [await binh.says("2"), await binh.says("1")]
        said = post.new()
        await post.says("2 lò")
        heard = await binh.sent()
        second = household(intake, "post", "lan", "+84903999888")
        card = await binh.sent()
        # A card that comes meanwhile has words instead of numbers.
        await (binh.says("Nhận") if channel == "zalo_bot" else binh.picks("Nhận"))
        ended = await binh.picks("Kết thúc trò chuyện")
        called = await binh.picks("Đã liên hệ")

    assert begun[-1].titles == ("Kết thúc trò chuyện",)
    assert quiet == [[], []]
    assert said[-2:] == ["**Anh Bình, cộng tác viên:** 2", "**Anh Bình, cộng tác viên:** 1"]
    assert [one.text for one in heard] == ["KC-0001 · Chị Hoa: 2 lò"]
    assert card[-1].titles[:2] == ("Nhận", "Từ chối")
    assert intake.leads.get(second).owner_name == "Anh Bình"
    assert "không gửi" in ended[-1].text
    assert "đã liên hệ" in called[-1].text
    assert {intake.leads.get(one).state.value for one in (lead, second)} == {"taken", "contacted"}
