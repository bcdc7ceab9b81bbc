"""One start of a sender with a running campaign, against a loopback Telegram; ends when the campaign is finished.

Nothing in it knows of the drill: it is killed from outside. Rasa is not loaded.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from telegram import Bot

from bot.campaigns.book import CampaignBook
from bot.campaigns.dispatch import CampaignDispatch
from bot.campaigns.known import KnownPeople
from bot.campaigns.life import State
from bot.campaigns.parts import campaigns_on
from bot.campaigns.terms import channel_terms
from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.requests import QuietRequest
from bot.clock import VIETNAM
from bot.messages.sender import Sender
from bot.outbox import Pace, Rate
from bot.people import People
from bot.places import gazetteer
from bot.store import Store

KEY = "drill"
FEED_SECONDS = 0.1
LEASE = timedelta(seconds=1)


class ShiftedClock:
    """The machine's clock, moved so that the drill runs by day."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by

    def today(self) -> date:
        return self.now().astimezone(VIETNAM).date()


async def run(database: Path, peer: str, token: str, *, shift: timedelta, per_second: float) -> None:
    """Feeds and sends until nobody is left."""
    store, clock = Store(database), ShiftedClock(shift)
    people = People(store, clock)
    parts = campaigns_on(store, clock, people)
    terms = {"telegram": replace(channel_terms()["telegram"], per_second=per_second)}
    known = KnownPeople(store, clock, parts.assessor, gazetteer())
    book = CampaignBook(store, clock, known, (parts.book.law, parts.book.programmes), terms=terms)
    dispatch = CampaignDispatch(book, people, lease=LEASE)
    bot = Bot(token, base_url=f"{peer}/bot", request=QuietRequest(connection_pool_size=20))
    await bot.initialize()
    pace = Pace({"telegram": Rate(per_second, burst=16)})
    sender = Sender(store, clock, people, {"telegram": TelegramCarrier(bot)}, pace, hold_back=dispatch.hold_back)
    sending = asyncio.create_task(sender.run())
    while book.get(KEY).state is not State.FINISHED:
        if (await asyncio.to_thread(dispatch.round)).anything:
            sender.wake()
        await asyncio.sleep(FEED_SECONDS)
    sending.cancel()


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("peer")
    parser.add_argument("token")
    parser.add_argument("--shift", type=float, required=True)
    parser.add_argument("--per-second", type=float, required=True)
    told = parser.parse_args(arguments)
    asyncio.run(
        run(
            told.database,
            told.peer,
            told.token,
            shift=timedelta(seconds=told.shift),
            per_second=told.per_second,
        )
    )


if __name__ == "__main__":
    main()
