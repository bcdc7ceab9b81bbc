"""What Telegram asks of a bot, point by point, where no other test here says it."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.campaigns.campaign import LONGEST_KEY
from bot.campaigns.links import link_for
from bot.channels.capabilities import RATES
from bot.channels.telegram import TelegramChannel, TelegramSettings, carrier
from bot.channels.telegram.channel import PROOF_HEADER
from bot.channels.telegram.rendering import inline_keyboard
from bot.clock import TurnedClock
from bot.dialogue import Utterance
from bot.leads import Collaborators, sample_territories
from bot.leads.news import LeadTaken
from bot.messages import buttons
from bot.messages.links import issue
from bot.outbox import enqueue
from bot.replies.reply import Attachment, Choice, Reply
from tests.channels.telegram.conftest import ScriptedIntake
from tests.messages.office import Intake
from tests.peers.telegram import TelegramPeer

SECRET = "s3cret-" + "x" * 20
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@pytest.fixture(scope="module")
def inner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    inner = Intake(tmp_path_factory.mktemp("telegram") / "promises.sqlite")
    yield inner
    inner.close()


@settings(deadline=None, max_examples=40)
@given(choices=st.lists(st.builds(Choice, st.text(min_size=1), st.text(), st.dictionaries(st.text(), st.text()))))
def test_whatever_a_button_means_its_data_is_an_opaque_id_within_64_bytes(inner: Intake, choices: list[Choice]) -> None:
    with inner.store.transaction() as db:
        issued = buttons.issue(db, "telegram", "42", tuple(choices), inner.clock.now())
    keyboard = inline_keyboard(issued)
    data = [str(button.callback_data) for row in keyboard.inline_keyboard for button in row] if keyboard else []

    assert len(data) == len(choices)
    assert [one for one in data if not re.fullmatch(r"[A-Za-z0-9_-]{12}", one)] == []
    assert len(set(data)) == len(data)


def test_everything_that_can_stand_behind_a_deep_link_is_a_payload_that_telegram_takes(inner: Intake) -> None:
    staff = Collaborators(inner.store, inner.clock)
    sample_territories(staff)
    person = inner.people.person_for("web", "khách")
    with inner.store.transaction() as db:
        handover = issue(db, person, ("web", "khách"), inner.clock.now())
    payloads = [
        staff.invite(staff.all()[0].id),
        handover.payload,
        link_for("k" * LONGEST_KEY, "Phường có một cái tên dài hơn mọi tên khác ở tỉnh này").payload,
    ]

    assert [one for one in payloads if not PAYLOAD.fullmatch(one)] == []


def test_no_second_has_more_than_thirty_messages_and_no_chat_more_than_one() -> None:
    rate = RATES["telegram"]

    assert rate.per_second + rate.burst <= 30
    assert rate.chat_interval >= timedelta(seconds=1)


async def test_the_parts_of_one_message_are_a_second_apart(
    peer: TelegramPeer, intake: ScriptedIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert RATES["telegram"].chat_interval.total_seconds() == 1.0
    monkeypatch.setattr(carrier, "BETWEEN_PARTS_SECONDS", 0.2)
    channel = TelegramChannel(TelegramSettings(peer.token, peer.base_url), intake)
    peer.user(42).chat.started = True
    await channel.carrier.send("42", Reply("\n".join("x" * 99 for _ in range(100))), ())
    times = [call.at for call in peer.calls("sendMessage")]

    assert len(times) == 3
    assert [gap for gap in (b - a for a, b in itertools.pairwise(times)) if gap < 0.2] == []


def test_the_webhook_answers_long_before_the_turn_is_over_and_only_once_it_is_stored(inner: Intake) -> None:
    async def slowly(_: Utterance, __: Database) -> list[Reply]:
        await asyncio.sleep(1.0)
        return [Reply("đây")]

    inner.dialogue.script = slowly
    hooked = TelegramSettings("1:a", "http://127.0.0.1:9", "https://a.vn/telegram", SECRET)
    client = TestClient(Starlette(routes=TelegramChannel(hooked, inner.turns).routes()))
    chat = {"id": 77, "type": "private"}
    update = {
        "update_id": 5,
        "message": {
            "message_id": 1,
            "date": 1795399200,
            "chat": chat,
            "from": {"id": 77, "is_bot": False, "first_name": "Hoa"},
            "text": "mua máy",
        },
    }
    begun = time.monotonic()
    status = client.post("/telegram", content=json.dumps(update), headers={PROOF_HEADER: SECRET}).status_code
    took = time.monotonic() - begun

    assert (status, took < 0.8) == (200, True)
    assert inner.rows("SELECT state FROM inbox WHERE chat = '77'") == [("new",)]


async def test_news_that_waited_into_the_night_arrives_without_a_sound(
    peer: TelegramPeer, channel: TelegramChannel, inner: Intake
) -> None:
    assert isinstance(inner.clock, TurnedClock)
    peer.user(42).chat.started = True
    sender = inner.sender(channel.carrier)
    for hours in (0, 12):
        inner.clock.turn(timedelta(hours=hours))
        news = LeadTaken(f"KC-{hours}", "Nguyễn Văn Mẫu", None, ())
        with inner.store.transaction() as db:
            enqueue(db, now=inner.clock.now() - timedelta(hours=hours), channel="telegram", chat="42", notice=news)
        await sender.send_due()
    calls = [call.params for call in peer.calls("sendMessage") if str(call.params["chat_id"]) == "42"]

    assert [str(call.get("disable_notification")).lower() == "true" for call in calls] == [False, True]


@pytest.mark.parametrize("quiet", [False, True])
async def test_no_part_of_a_quiet_note_makes_a_sound(
    peer: TelegramPeer, channel: TelegramChannel, tmp_path: Path, quiet: bool
) -> None:
    (tmp_path / "to-roi.png").write_bytes(b"\x89PNG")
    peer.user(42).chat.started = True
    file = Attachment("1", "campaign_file", "to-roi.png", "image/png", {"path": str(tmp_path / "to-roi.png")})
    note = Reply("\n".join("x" * 99 for _ in range(60)), document=file, quiet=quiet)
    await channel.carrier.send("42", note, ())
    sent = [call for call in peer.account().calls if call.method.startswith("send")]

    assert [call.method for call in sent] == ["sendMessage", "sendMessage", "sendPhoto"]
    assert {str(call.params.get("disable_notification", False)).lower() for call in sent} == {str(quiet).lower()}


@pytest.mark.parametrize(
    ("media_type", "calls"),
    [
        ("image/png", ["sendMessage", "sendPhoto"]),
        ("image/tiff", ["sendMessage", "sendPhoto", "sendDocument"]),
        ("application/pdf", ["sendMessage", "sendDocument"]),
    ],
)
async def test_a_picture_is_shown_as_one_and_goes_as_a_file_where_that_is_not_taken(
    peer: TelegramPeer, channel: TelegramChannel, tmp_path: Path, media_type: str, calls: list[str]
) -> None:
    (tmp_path / "to-roi.png").write_bytes(b"\x89PNG")
    peer.user(42).chat.started = True
    if media_type == "image/tiff":
        peer.fault("sendPhoto", code=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    file = Attachment("1", "campaign_file", "to-roi.png", media_type, {"path": str(tmp_path / "to-roi.png")})
    await channel.carrier.send("42", Reply("Hội chợ tháng 3", document=file), ())
    sent = [call.method for call in peer.account().calls if call.method.startswith("send")]

    assert sent == calls
