"""A Zalo Bot peer, the channel before a scripted intake, and the whole inner half behind it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.carrier import Intake as ChannelIntake
from bot.channels.zalo_bot import ZaloBotChannel, ZaloBotSettings
from tests.channels.telegram.conftest import ScriptedIntake
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests
from tests.peers.zalo_bot import ZaloBotPeer

QUICK = 0.02
"""Seconds between two polls in tests; people get a whole second."""


@asynccontextmanager
async def running(peer: ZaloBotPeer, behind: ChannelIntake, **settings: object) -> AsyncIterator[ZaloBotChannel]:
    """The channel, polling the peer."""
    chosen = ZaloBotSettings(peer.token, peer.base_url, **{"poll_seconds": 1, "poll_interval": QUICK, **settings})
    channel = ZaloBotChannel(chosen, behind)
    if isinstance(behind, ScriptedIntake):
        behind.channel = channel
    await channel.start()
    try:
        yield channel
    finally:
        await channel.stop()


@pytest.fixture
async def peer() -> AsyncIterator[ZaloBotPeer]:
    async with ZaloBotPeer() as peer:
        yield peer


@pytest.fixture
def scripted() -> ScriptedIntake:
    return ScriptedIntake()
