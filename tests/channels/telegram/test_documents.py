"""A document goes after its message, once, and is made when it is sent."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.channels.carrier import Carrier
from bot.channels.telegram import TelegramChannel
from bot.documents import Paper, attachment_for, rendered
from bot.errors import RetryLater
from bot.messages.buttons import Button
from bot.replies.reply import Attachment, Reply
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_people import User

PAPER = Paper("23/11/2026", "Hoa", "0901 234 567", (), (), ("Giấy đăng ký: để đối chiếu",))
REPLY = Reply("Bản nháp đây.", document=attachment_for("draft_request", PAPER))


@pytest.fixture
def carrier(channel: TelegramChannel) -> Carrier:
    return channel.carrier


@pytest.fixture
def user(peer: TelegramPeer) -> User:
    user = peer.user(42)
    user.chat.started = True
    return user


async def test_the_file_follows_the_message_with_the_buttons(carrier: Carrier, user: User, peer: TelegramPeer) -> None:
    sent = await carrier.send("42", REPLY, (Button("Gửi cho cán bộ", "id"),))

    text, file = user.inbox
    assert (sent, text.text, text.buttons) == (str(text.id), "Bản nháp đây.", [["Gửi cho cán bộ"]])
    assert file.id > text.id
    assert len(peer.calls("sendDocument")) == 1


async def test_after_trouble_with_the_file_the_message_is_not_sent_again(
    carrier: Carrier, user: User, peer: TelegramPeer
) -> None:
    peer.fault("sendDocument", code=429, retry_after=1)
    with pytest.raises(RetryLater):
        await carrier.send("42", REPLY, ())
    await carrier.send("42", REPLY, ())

    assert len(user.inbox) == 2


async def test_others_go_on_while_a_paper_is_drawn(
    carrier: Carrier, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = threading.Event()

    def slowly(document: Attachment) -> bytes:
        # Without the loop, nobody sets it.
        return rendered(document) if drawn.wait(5) else b""

    monkeypatch.setattr("bot.channels.telegram.carrier.rendered", slowly)
    sending = asyncio.create_task(carrier.send("42", REPLY, ()))
    while len(user.inbox) < 1:
        await asyncio.sleep(0.001)
    asyncio.get_running_loop().call_later(0.01, drawn.set)
    await asyncio.wait_for(sending, 4)

    assert len(user.inbox) == 2
