"""What a webhook means, and that no event, however odd, breaks the way in or gets past a wrong signature."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.zalo_oa.updates import Receipt, signed, to_incoming, to_receipt
from bot.messages.incoming import Contact, Kind, Location

SENDER = {"sender": {"id": "6142"}, "recipient": {"id": "3662"}}


def meaning(event: dict[str, Any]) -> Any:
    return to_incoming(event, json.dumps(event).encode(), "3662")


@pytest.mark.parametrize(
    ("event", "receipt"),
    [
        ({"event_name": "user_received_message", "message": {"msg_id": "m1"}}, Receipt("6142", ("m1",))),
        ({"event_name": "user_seen_message", "message": {"msg_ids": ["m1", "m2"]}}, Receipt("6142", ("m1", "m2"))),
        ({"event_name": "user_received_message", "message": {}}, None),
        ({"event_name": "user_received_message", "message": {"msg_ids": [[], {}]}}, None),
        ({"event_name": "user_received_message", "message": {"msg_id": "m1", "delivery_time": "1"}}, None),
        ({"event_name": "user_received_message", "sender": {"id": "3662"}, "message": {"msg_id": "m1"}}, None),
        ({"event_name": "user_send_text", "message": {"msg_id": "m1", "text": "chào"}}, None),
        ({"event_name": ["user_received_message"], "message": {"msg_id": "m1"}}, None),
    ],
)
def test_a_receipt_names_the_messages_that_arrived(event: dict[str, Any], receipt: Receipt | None) -> None:
    assert receipt == to_receipt({**SENDER, **event}, "3662")


@pytest.mark.parametrize(
    ("phone", "means"),
    [("84903123456", "+84903123456"), (84903123456, "+84903123456"), ("0903 123 456", "0903123456")],
)
def test_a_submitted_number_is_nobodys_word_but_the_senders(phone: Any, means: str) -> None:
    message = meaning({"event_name": "user_submit_info", **SENDER, "info": {"phone": phone}})

    assert message.contact == Contact(means, own=False)


@pytest.mark.parametrize(
    "at",
    [
        {"latitude": "11.3", "longitude": "106.7"},
        {"latitude": 11.3, "longitude": 106.7},
        {"lat": "11.3", "long": "106.7"},
        {"lat": 11.3, "lng": 106.7},
    ],
)
def test_a_place_in_each_wording_that_was_seen(at: dict[str, Any]) -> None:
    attachments = [{"type": "location", "payload": {"coordinates": at}}]
    message = meaning({"event_name": "user_send_location", **SENDER, "message": {"attachments": attachments}})

    assert message.location == Location(11.3, 106.7)


@pytest.mark.parametrize(
    "at", [{}, {"latitude": "x", "longitude": 1}, {"latitude": 95, "longitude": 1}, {"lat": "inf"}]
)
def test_a_place_that_is_nowhere_is_none(at: dict[str, Any]) -> None:
    attachments = [{"type": "location", "payload": {"coordinates": at}}]

    assert meaning({"event_name": "user_send_location", **SENDER, "message": {"attachments": attachments}}) is None


@pytest.mark.parametrize("event", ["user_send_text", "user_click_button"])
def test_a_press_arrives_as_text_and_is_a_button(event: str) -> None:
    message = meaning({"event_name": event, **SENDER, "message": {"text": "#kc:Ab_1-x", "msg_id": "m"}})

    assert (message.kind, message.button, message.update_id) == (Kind.BUTTON, "Ab_1-x", "m")


def test_the_signature_is_a_plain_sha256_over_the_raw_body() -> None:
    body = '{"event_name":"follow","timestamp":"1699003881354","x":"đ"}'.encode()
    right = hashlib.sha256(b"2553" + body + b"1699003881354" + b"oa-secret").hexdigest()

    def fits(mac: str, *timestamps: str) -> bool:
        return signed(body, timestamps, mac, app_id="2553", secret="oa-secret")

    assert fits(f"mac={right}", "1699003881354", "")
    assert fits(f"mac={right.upper()}", "", "1699003881354")
    assert fits(f"sha256={right}", "1699003881354")
    assert not fits(f"mac={right}", "1699003881355", "")
    assert not fits(f"mac={right[:-1]}", "1699003881354")
    assert not fits("", "")
    assert not fits("mac=", "1699003881354")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "text", "msg_id", "phone", "attachments", "payload"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
EVENTS = st.fixed_dictionaries(
    {"event_name": st.sampled_from(["follow", "unfollow", "user_send_text", "user_submit_info", "user_send_location",
                                    "user_send_image", "user_seen_message", "oa_send_text"]) | JSON},
    optional={"sender": JSON, "follower": JSON, "message": JSON, "info": JSON, "timestamp": JSON},
)  # fmt: skip


@given(EVENTS)
def test_no_event_breaks_the_way_in(event: dict[str, Any]) -> None:
    message = to_incoming(event, b"body", "3662")

    assert message is None or (message.chat and message.update_id)
    if message is not None:
        (message.text + message.chat + (message.button or "")).encode()


ANY_TEXT = st.text(st.characters(), max_size=20)
"""With halves of surrogate pairs, which JSON can carry."""


@given(st.binary(max_size=200), st.text(max_size=80), ANY_TEXT, ANY_TEXT)
@example(b"{}", "mac=0", "\ud800", "")
def test_nothing_guessed_is_a_signature(body: bytes, mac: str, body_time: str, header_time: str) -> None:
    assert not signed(body, (body_time, header_time), mac, app_id="2553", secret="oa-secret")
