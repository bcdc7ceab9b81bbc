"""Each kind of update, and what it becomes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import BotCommand, Update

from bot.channels.telegram.requests import readable
from bot.channels.telegram.updates import MENU, group_to_decline, to_incoming
from bot.messages.incoming import Contact, IncomingMessage, Kind, Location

HOA = {"id": 42, "is_bot": False, "first_name": "Hoa", "last_name": "Trần"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Hoa"}
GROUP = {"id": -100, "type": "supergroup", "title": "Nhóm"}
BOT = {"id": 7, "is_bot": True, "first_name": "Khuyến công"}
DATE = 1795399200


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": DATE, "chat": PRIVATE, "from": HOA, **content}


def read(kind: str, body: dict[str, Any]) -> IncomingMessage | None:
    return to_incoming(Update.de_json({"update_id": 9, kind: body}, None))


def member(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": chat,
        "from": HOA,
        "date": DATE,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **until},
    }


@pytest.mark.parametrize(
    ("text", "kind", "said", "start"),
    [
        ("xưởng em có 8 thợ", Kind.TEXT, "xưởng em có 8 thợ", None),
        ("/start", Kind.STARTED, "/start", None),
        ("/start ref_abc-123", Kind.STARTED, "/start ref_abc-123", "ref_abc-123"),
        ("/start@khuyencong_bot hoi_cho", Kind.STARTED, "/start@khuyencong_bot hoi_cho", "hoi_cho"),
        ('/start {"a":1}', Kind.STARTED, '/start {"a":1}', None),
        ("/start " + "a" * 65, Kind.STARTED, "/start " + "a" * 65, None),
        ("/start a b", Kind.TEXT, "/start a b", None),
        ("/kiemtra", Kind.TEXT, "kiểm tra xưởng của tôi có được hỗ trợ không", None),
        ("/Dung@khuyencong_bot", Kind.TEXT, "ngừng nhắn tin cho tôi", None),
        ("/help", Kind.TEXT, "trợ giúp", None),
        ("/restart", Kind.TEXT, "/restart", None),
        ('/pass_lead{"phone":"0903"}', Kind.TEXT, '/pass_lead{"phone":"0903"}', None),
        ("nửa ký tự \ud83d", Kind.TEXT, "nửa ký tự ?", None),
    ],
)
def test_text_and_commands(text: str, kind: Kind, said: str, start: str | None) -> None:
    got = read("message", message(text=text))
    assert got is not None
    assert (kind, said, start) == (got.kind, got.text, got.start)
    assert (
        got.channel,
        got.chat,
        got.update_id,
        got.sender_name,
        got.sent_at and got.sent_at.timestamp(),
    ) == ("telegram", "42", "9", "Hoa Trần", DATE)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ({"phone_number": "84903123456", "first_name": "H", "user_id": 42}, Contact("+84903123456", own=True)),
        ({"phone_number": "+84903123456", "first_name": "H", "user_id": 42}, Contact("+84903123456", own=True)),
        ({"phone_number": "0911222333", "first_name": "B", "user_id": 43}, Contact("0911222333", own=False)),
        ({"phone_number": "0911222333", "first_name": "B"}, Contact("0911222333", own=False)),
    ],
)
def test_a_contact_is_own_only_when_telegram_says_it_is_the_senders(contact: dict[str, Any], expected: Contact) -> None:
    got = read("message", message(contact=contact))
    assert got is not None
    assert (Kind.CONTACT, expected) == (got.kind, got.contact)


def test_a_location_and_one_that_is_not_on_earth() -> None:
    got = read("message", message(location={"latitude": 11.05, "longitude": 106.67}))
    assert got is not None
    assert Location(11.05, 106.67) == got.location
    assert read("message", message(location={"latitude": float("nan"), "longitude": 500})) is None


FILE = {"file_id": "f", "file_unique_id": "f"}
SIZE = {"width": 10, "height": 10}


@pytest.mark.parametrize(
    ("content", "media", "text"),
    [
        ({"photo": [{**FILE, **SIZE}], "caption": "máy này"}, "photo", "máy này"),
        ({"voice": {**FILE, "duration": 2}}, "voice", ""),
        ({"video": {**FILE, **SIZE, "duration": 2}}, "video", ""),
        ({"document": FILE}, "file", ""),
        ({"animation": {**FILE, **SIZE, "duration": 2}, "document": FILE}, "video", ""),
        (
            {"sticker": {**FILE, **SIZE, "type": "regular", "is_animated": False, "is_video": False}},
            "sticker",
            "",
        ),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other", ""),
    ],
)
def test_media_are_named_and_their_caption_is_kept(content: dict[str, Any], media: str, text: str) -> None:
    got = read("message", message(**content))
    assert got is not None
    assert (Kind.MEDIA, media, text) == (got.kind, got.media, got.text)


def press(**content: Any) -> dict[str, Any]:
    return {"id": "5", "from": HOA, "chat_instance": "1", "data": "Zq3_x", **content}


@pytest.mark.parametrize(
    "body",
    [
        press(message=message(text="Đồng ý?")),
        press(message={"message_id": 1, "date": 0, "chat": PRIVATE}),  # too old for Telegram to look up
        press(),
    ],
)
def test_a_press_carries_only_the_opaque_id(body: dict[str, Any]) -> None:
    got = read("callback_query", body)
    assert got is not None
    assert (got.kind, got.button, got.chat, got.text) == (Kind.BUTTON, "Zq3_x", "42", "")


@pytest.mark.parametrize(("status", "kind"), [("kicked", Kind.LEFT), ("left", Kind.LEFT), ("member", Kind.STARTED)])
def test_blocking_and_coming_back(status: str, kind: Kind) -> None:
    got = read("my_chat_member", member(status))
    assert got is not None
    assert (kind, "") == (got.kind, got.text), "without text, unlike a pressed Start"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("edited_message", message(location={"latitude": 11.3, "longitude": 106.7}, edit_date=DATE)),
        ("edited_message", message(chat=GROUP, text="18 thợ", edit_date=DATE)),
        ("message", message(chat=GROUP, text="chào")),
        ("message", message(**{"from": BOT}, text="tôi là bot khác")),
        ("message", message(pinned_message=message(text="ghim"))),
        ("callback_query", press(message=message(chat=GROUP, text="?"))),
        ("callback_query", {"id": "5", "from": HOA, "chat_instance": "1", "game_short_name": "g"}),
        ("my_chat_member", member("member", GROUP)),
        ("channel_post", {"message_id": 1, "date": DATE, "chat": {"id": -5, "type": "channel"}, "text": "tin"}),
        ("poll_answer", {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["a"], "user": HOA}),
    ],
)
def test_what_is_no_turn_of_a_conversation(kind: str, body: dict[str, Any]) -> None:
    assert read(kind, body) is None


@pytest.mark.parametrize("where", ["text", "caption"])
def test_changed_words_are_an_edit(where: str) -> None:
    edit = read("edited_message", message(**{where: "/kiemtra 18 thợ"}, edit_date=DATE))
    assert edit is not None
    assert (edit.kind, edit.text) == (Kind.EDITED, "/kiemtra 18 thợ")


@pytest.mark.parametrize(
    ("kind", "body", "group"),
    [
        ("my_chat_member", member("member", GROUP), -100),
        ("my_chat_member", member("left", GROUP), None),
        ("my_chat_member", member("member", PRIVATE), None),
        ("message", message(chat=GROUP, text="chào"), -100),
        ("message", message(chat=GROUP, left_chat_member=BOT), None),
        ("message", message(text="chào"), None),
    ],
)
def test_groups_to_decline(kind: str, body: dict[str, Any], group: int | None) -> None:
    assert group == group_to_decline(Update.de_json({"update_id": 9, kind: body}, None))


def test_the_menu_is_one_that_telegram_takes() -> None:
    for command in MENU:
        assert BotCommand(command.name, command.description).command == command.name
        assert command.name.islower()
        assert command.name.isascii()
        assert 1 <= len(command.description) <= 256


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WRONG_MESSAGE = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("message_id", "date", "chat", "from", "text", "contact", "location", "photo", "caption", "entities"),
        JSON_VALUES,
    ),
)


@settings(deadline=None)
@given(st.sampled_from(["message", "callback_query", "my_chat_member", "edited_message", "nonsense"]), JSON_VALUES)
def test_an_update_of_any_shape_can_be_read_or_is_emptied(kind: str, body: Any) -> None:
    assert Update.de_json(readable({"update_id": 9, kind: body}), None).update_id == 9


@settings(deadline=None)
@given(WRONG_MESSAGE)
def test_a_message_of_any_shape_can_be_read_or_is_emptied(body: dict[str, Any]) -> None:
    whole = {**message(), **body}
    assert Update.de_json(readable({"update_id": 9, "message": whole}), None).update_id == 9


def test_an_answer_to_a_message_of_ours_names_it():
    answered = {"message_id": 77, "date": DATE, "chat": PRIVATE, "text": "Mới · KC-0001"}

    assert read("message", message(text="đã gọi", reply_to_message=answered)).reply_to == "77"
    assert read("message", message(text="đã gọi")).reply_to is None
