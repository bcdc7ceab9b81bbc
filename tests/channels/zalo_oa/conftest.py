"""A Zalo OA peer, and the account with the real inbox, people and outbox behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.replays import OnceOnly
from bot.channels.zalo_oa import ZaloOaChannel, ZaloOaSettings
from bot.clock import TurnedClock
from bot.messages.sender import Sender
from bot.messages.turns import Turns
from tests.channels.served import served
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests
from tests.messages.office import Intake
from tests.peers.zalo_oa import APP_ID, APP_SECRET, OA_ID, OA_SECRET, OaUser, ZaloOaPeer


def account_settings(peer: ZaloOaPeer, **more: Any) -> ZaloOaSettings:
    """Settings that lead to the peer."""
    chosen: dict[str, Any] = {
        "app_id": APP_ID,
        "app_secret": APP_SECRET,
        "refresh_token": "refresh-0",
        "oa_secret": OA_SECRET,
        "oa_id": OA_ID,
        "base_url": peer.base_url,
        "oauth_url": peer.base_url,
        "zns_url": peer.base_url,
    }
    return ZaloOaSettings(**{**chosen, **more})


@dataclass
class Office:
    """The account as it runs, with both clocks turned together."""

    peer: ZaloOaPeer
    inner: Intake
    channel: ZaloOaChannel
    sender: Sender

    def turn(self, by: timedelta) -> None:
        assert isinstance(self.inner.clock, TurnedClock)
        self.inner.clock.turn(by)
        self.peer.clock.turn(by.total_seconds())

    async def hears(self, user: OaUser, act: Callable[[], None]) -> list[Any]:
        """What *user* gets for something it does."""
        self.turn(timedelta(seconds=1))
        before, seen = self._count(), len(user.inbox)
        act()
        async with asyncio.timeout(5):
            while self._count() == before or self.unanswered():
                await asyncio.sleep(0.01)
            # What waited for this goes after the message was stored, beside its answer.
            while self.channel._storing:
                await asyncio.sleep(0.01)
        await self.sender.send_due()
        return user.inbox[seen:]

    def unanswered(self) -> bool:
        return self.inner.rows("SELECT 1 FROM inbox WHERE state = 'new'") != []

    def _count(self) -> int:
        return int(self.inner.rows("SELECT count(*) FROM inbox")[0][0])

    def states(self) -> list[tuple[str, str | None]]:
        return [(state, why) for state, why in self.inner.rows("SELECT state, reason FROM outbox ORDER BY id")]


@asynccontextmanager
async def running(peer: ZaloOaPeer, inner: Intake, **more: Any) -> AsyncIterator[Office]:
    """The account behind a real server, with the peer pushing to it."""
    assert isinstance(inner.clock, TurnedClock)
    peer.clock.turn(inner.clock.now().timestamp() - peer.clock.now())
    turns = Turns(inner.store, inner.clock, inner.people, inner.dialogue, inner.desk, numbered=["zalo_oa", "zalo_bot"])
    once_only = OnceOnly(turns, inner.store, inner.clock)

    def build(address: str) -> ZaloOaChannel:
        peer.webhook = f"{address}/zalo-oa"
        return ZaloOaChannel(
            account_settings(peer, **more), once_only, store=inner.store, clock=inner.clock, people=inner.people
        )

    try:
        async with served(build) as channel:
            async with asyncio.timeout(5):
                await channel.settled.wait()
            yield Office(peer, inner, channel, inner.sender(channel.carrier))
    finally:
        turns.close()


@pytest.fixture
async def peer() -> AsyncIterator[ZaloOaPeer]:
    async with ZaloOaPeer() as peer:
        yield peer


@pytest.fixture
async def office(peer: ZaloOaPeer, intake: Intake) -> AsyncIterator[Office]:  # noqa: F811
    async with running(peer, intake) as office:
        yield office
