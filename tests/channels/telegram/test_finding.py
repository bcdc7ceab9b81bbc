"""What may have arrived is found again by its number, and nothing else is touched."""

from __future__ import annotations

import pytest

from bot.channels.telegram import TelegramChannel
from bot.errors import RetryLater
from bot.messages.buttons import Button
from bot.replies.reply import Reply
from tests.peers.telegram import TelegramPeer

BUTTONS = (Button("Không nhận nữa", "b1"),)


async def test_a_message_that_arrived_is_found_among_the_numbers(peer: TelegramPeer, channel: TelegramChannel) -> None:
    hoa, ba = peer.user(1), peer.user(2)
    hoa.starts()
    ba.starts()
    first = await channel.carrier.send("2", Reply("tin"), BUTTONS)
    wanted = await channel.carrier.send("1", Reply("tin"), BUTTONS)

    found = await channel.carrier.find("1", range(int(first) - 3, int(wanted) + 5), BUTTONS)

    assert found == wanted
    assert len(peer.calls("sendMessage")) == 2


async def test_its_buttons_are_those_that_work(peer: TelegramPeer, channel: TelegramChannel) -> None:
    hoa = peer.user(1)
    hoa.starts()
    sent = await channel.carrier.send("1", Reply("tin"), BUTTONS)

    await channel.carrier.find("1", [int(sent)], (Button("Thôi nhận", "b2"),))

    [shown] = [seen for seen in hoa.inbox if seen.id == int(sent)]
    assert "Thôi nhận" in str(shown.buttons)


async def test_what_never_arrived_is_not_found(peer: TelegramPeer, channel: TelegramChannel) -> None:
    hoa = peer.user(1)
    hoa.starts()
    hoa.sends("chào")

    assert await channel.carrier.find("1", range(1, 20), BUTTONS) is None


async def test_a_channel_that_is_down_is_no_answer(peer: TelegramPeer, channel: TelegramChannel) -> None:
    peer.user(1).starts()
    peer.fault("editMessageReplyMarkup", code=502)

    with pytest.raises(RetryLater):
        await channel.carrier.find("1", [1], BUTTONS)
