"""What arrives, in whatever shape, is one message or none; nothing odd breaks the way in."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_bot.updates import to_incoming, updates_in
from bot.channels.zalo_json import moment
from bot.messages.incoming import IncomingMessage, Kind


def update(event: str = "message.text.received", **content: Any) -> dict[str, Any]:
    message = {
        "from": {"id": "hoa", "display_name": "Chị Hoa", "is_bot": False},
        "chat": {"id": "hoa", "chat_type": "PRIVATE"},
        "message_id": "m1",
        "date": 1750316131602,
        **content,
    }
    return {"event_name": event, "message": message}


def expected(kind: Kind = Kind.TEXT, **more: Any) -> IncomingMessage:
    at = datetime(2025, 6, 19, 6, 55, 31, 602000, UTC)
    return IncomingMessage("zalo_bot", "hoa", "m1", kind, sender_name="Chị Hoa", sent_at=at, **more)


@pytest.mark.parametrize(
    ("given", "means"),
    [
        (update(text="xin chào"), expected(text="xin chào")),
        (update(text="/start ma_moi-1"), expected(Kind.STARTED, text="/start ma_moi-1", start="ma_moi-1")),
        (update(text="/start"), expected(Kind.STARTED, text="/start")),
        (update(text="/restart"), expected(text="/restart")),
        (update(text="nửa \ud83d"), expected(text="nửa ?")),
        (
            update("message.image.received", photo_url="https://x/1.jpg", caption="lò nung"),
            expected(Kind.MEDIA, text="lò nung", media="photo"),
        ),
        (update("message.sticker.received", sticker="abc"), expected(Kind.MEDIA, media="sticker")),
        (update("message.voice.received", voice_url="https://x/1.m4a"), expected(Kind.MEDIA, media="voice")),
        (update("message.unsupported.received"), expected(Kind.MEDIA, media="other")),
    ],
)
def test_each_sort_of_message(given: dict[str, Any], means: IncomingMessage) -> None:
    assert to_incoming(given, "bot-1") == means


@pytest.mark.parametrize(
    "given",
    [
        update(text="trong nhóm", chat={"id": "g1", "chat_type": "GROUP"}),
        update(text="của bot", **{"from": {"id": "x", "is_bot": True}}),
        update(text="của mình", **{"from": {"id": "bot-1"}}),
        update(text="?", chat={"id": ""}),
        update(text="?", chat={"id": "x" * 500}),
        update(text="?", chat="hoa"),
        update("bot.added"),
        {"event_name": "message.text.received"},
        {"message": "text"},
        {},
    ],
)
def test_what_is_no_message_of_a_person_is_passed_over(given: dict[str, Any]) -> None:
    assert to_incoming(given, "bot-1") is None


def test_without_an_id_the_same_update_has_the_same_name() -> None:
    first, again = [to_incoming(update(text="a", message_id=None)) for _ in range(2)]
    other = to_incoming(update(text="b", message_id=None))

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.update_id == again.update_id != other.update_id


@pytest.mark.parametrize(
    "wrap", [lambda u: u, lambda u: {"ok": True, "result": u}, lambda u: [u], lambda u: {"result": [u]}]
)
def test_bare_and_wrapped_bodies_are_the_same(wrap: Any) -> None:
    assert updates_in(wrap(update(text="a"))) == (update(text="a"),)


@pytest.mark.parametrize("body", [None, [], "x", 5, [1, "x"], {"ok": True, "result": None}])
def test_a_body_without_updates(body: Any) -> None:
    assert [to_incoming(one) for one in updates_in(body)] == []


@pytest.mark.parametrize(
    ("date", "means"),
    [
        (1750316131, datetime(2025, 6, 19, 6, 55, 31, tzinfo=UTC)),
        ("1750316131000", datetime(2025, 6, 19, 6, 55, 31, tzinfo=UTC)),
        (0, None),
        (-5, None),
        (1e30, None),
        ("hôm qua", None),
        (None, None),
        ({}, None),
        (float("nan"), None),
    ],
)
def test_dates_in_seconds_and_milliseconds(date: Any, means: datetime | None) -> None:
    assert moment(date) == means


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "from", "chat", "id", "text", "date", "message_id", "event_name", "result", "x"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_json_breaks_the_way_in(body: Any) -> None:
    for one in updates_in(body):
        message = to_incoming(one, "bot-1")
        assert message is None or (message.chat and message.update_id)
        if message is not None:
            json.dumps(message.text).encode()
            message.text.encode()
