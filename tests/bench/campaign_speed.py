"""How a running campaign and conversations get along: the campaign's share of its budget, and what a turn takes beside it.

python -m tests.bench.campaign_speed [--seconds 75] [--turns 2]

A loopback Telegram in a process of its own takes thirty messages a second and answers more with a 429. The turns, the
sender and the campaign's feeder run together as in the service; the dialogue is a script that reads, and holds the
turn's transaction, as long as Rasa does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from sqlite_utils import Database
from telegram import Bot

from bot.assembly import migrate
from bot.campaigns.parts import campaigns_on
from bot.campaigns.terms import channel_terms
from bot.channels.capabilities import RATES
from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.requests import QuietRequest
from bot.dialogue import Reading, Utterance
from bot.leads import LeadBook
from bot.messages.campaigns import CampaignCounter
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.sender import Sender
from bot.messages.turns import Turns
from bot.outbox import Pace
from bot.people import People, Purpose
from bot.replies.reply import Reply
from bot.server import FEED_SECONDS
from bot.store import Store
from tests.drill.campaign_worker import ShiftedClock
from tests.messages.office import ScriptedDialogue
from tests.peers.telegram import DEFAULT_TOKEN
from tests.service import ROOT

MORNING = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
READING_SECONDS, ACTING_SECONDS = 0.027, 0.012
"""As `tests.bench.side_by_side` tells of the real dialogue: before the turn's transaction, and in it."""
PHASES = 4
SETTLING = 2.0
"""Seconds that a campaign is given to begin or to end."""
TALKERS = 40
"""People who talk; their chats are none of the campaign's."""
FILE = "key: bench\ntitle: Thử\ntopic: general\ntext: |\n  {name} ơi, đây là tin thử.\n"


@dataclass
class Speed:
    """What was measured."""

    seconds: float
    turns_per_second: float
    turn_p95_ms_alone: float
    turn_p95_ms_beside: float
    rise_percent: float
    reply_sent_p95_ms_beside: float
    """From the reply's row to Telegram's answer."""
    campaign_per_second: float
    budget_per_second: float
    share_of_budget_percent: float
    asked_to_wait: int
    """429s from Telegram."""


@asynccontextmanager
async def _peer(chats: int) -> AsyncIterator[httpx.AsyncClient]:
    """A loopback Telegram with its flood limits on, where *chats* people have started the bot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.peers.telegram", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    address = (await process.stdout.readline()).decode().strip()
    try:
        async with httpx.AsyncClient(base_url=address) as client:
            for number in range(1, chats + 1):
                await client.post("/sim/do", json={"user": number, "act": "starts"})
            await client.post("/sim/flood", json={"on": True})
            yield client
    finally:
        process.kill()
        await process.wait()


async def measure(folder: Path, seconds: float, turns_per_second: float) -> Speed:
    """Conversations alone and beside a campaign, by turns, each for *seconds* in all."""
    budget = channel_terms()["telegram"].budget
    audience = round(budget * (seconds + 4 * SETTLING * PHASES))
    clock = ShiftedClock(MORNING - datetime.now(UTC))
    store = Store(folder / "bench.sqlite")
    migrate(store)
    people = People(store, clock)
    parts = campaigns_on(store, clock, people)
    with store.transaction():
        for number in range(1, audience + 1):
            person = people.person_for("telegram", str(number))
            people.record_consent(person, Purpose.CAMPAIGN, text_version="bench", channel="telegram")
    async with _peer(audience + TALKERS) as peer:
        bot = Bot(DEFAULT_TOKEN, base_url=f"{peer.base_url}/bot", request=QuietRequest(connection_pool_size=20))
        await bot.initialize()
        sender = Sender(
            store,
            clock,
            people,
            {"telegram": TelegramCarrier(bot)},
            Pace(RATES),
            hold_back=parts.dispatch.hold_back,
        )
        desk = CollaboratorDesk(store, clock, LeadBook(store, clock, people))
        counter = CampaignCounter(people, parts.book, parts.dispatch)
        dialogue = ScriptedDialogue(store, _acts_as_long_as_rasa)
        dialogue.reader = _reads_as_long_as_rasa
        turns = Turns(store, clock, people, dialogue, desk, on_outgoing=sender.wake, counters=(counter,))
        sending = asyncio.create_task(sender.run())
        talk = _Talk(turns, audience, turns_per_second)
        (folder / "bench.yml").write_text(FILE, "utf8")
        parts.book.draft(folder / "bench.yml")
        parts.book.schedule("bench")
        parts.dispatch.round()
        parts.book.pause("bench")
        begun = clock.now()
        feeding = asyncio.create_task(_feed(parts.dispatch, sender))
        alone, beside, rates = [], [], []
        # In turns, because whatever else the machine does changes from minute to minute.
        for _ in range(PHASES):
            alone += await talk.go_on(seconds / PHASES)
            parts.book.resume("bench")
            await asyncio.sleep(SETTLING)
            since = clock.now()
            beside += await talk.go_on(seconds / PHASES)
            rates.append(_sent(store, "campaign_message", since, clock.now()))
            parts.book.pause("bench")
            await asyncio.sleep(SETTLING)
        rate = statistics.mean(rates)
        feeding.cancel()
        sending.cancel()
        calls = (await peer.get("/sim/calls", params={"method": "sendMessage"})).json()
        await asyncio.gather(sending, feeding, return_exceptions=True)
        await asyncio.to_thread(turns.close)
    p95 = [statistics.quantiles(times, n=20)[-1] * 1000 for times in (alone, beside)]
    return Speed(
        seconds=seconds,
        turns_per_second=turns_per_second,
        turn_p95_ms_alone=round(p95[0], 1),
        turn_p95_ms_beside=round(p95[1], 1),
        rise_percent=round(100 * (p95[1] / p95[0] - 1), 1),
        reply_sent_p95_ms_beside=round(_delivered_p95(store, begun), 1),
        campaign_per_second=round(rate, 2),
        budget_per_second=budget,
        share_of_budget_percent=round(100 * rate / budget, 1),
        asked_to_wait=sum(not call["stored"] for call in calls),
    )


async def _reads_as_long_as_rasa(_: Utterance) -> Reading:
    await asyncio.sleep(READING_SECONDS)
    return {}


async def _acts_as_long_as_rasa(_: Utterance, __: Database) -> list[Reply]:
    await asyncio.sleep(ACTING_SECONDS)
    return [Reply("Vâng.")]


async def _feed(dispatch: object, sender: Sender) -> None:
    while True:
        if (await asyncio.to_thread(dispatch.round)).anything:  # type: ignore[attr-defined]
            sender.wake()
        await asyncio.sleep(FEED_SECONDS)


class _Talk:
    """People who write at random moments."""

    def __init__(self, turns: Turns, audience: int, per_second: float) -> None:
        self._turns, self._audience, self._per_second = turns, audience, per_second
        self._chance, self._number = random.Random(1), 0

    async def go_on(self, seconds: float) -> list[float]:
        """Seconds that each turn took."""
        times: list[float] = []
        end, asked = time.monotonic() + seconds, []
        while time.monotonic() < end:
            await asyncio.sleep(self._chance.expovariate(self._per_second))
            asked.append(asyncio.create_task(self._ask(times)))
        await asyncio.gather(*asked)
        return times

    async def _ask(self, times: list[float]) -> None:
        self._number += 1
        chat = str(self._audience + 1 + self._number % TALKERS)
        begun = time.monotonic()
        await self._turns.ask(IncomingMessage("telegram", chat, str(self._number), Kind.TEXT, text="hỏi chút"))
        times.append(time.monotonic() - begun)


def _sent(store: Store, kind: str, since: datetime, until: datetime) -> float:
    """Messages of *kind* a second."""
    (row,) = store.db.query(
        "SELECT count(*) AS n FROM outbox WHERE kind = ? AND state = 'sent' AND sent_at BETWEEN ? AND ?",
        [kind, since.isoformat(timespec="microseconds"), until.isoformat(timespec="microseconds")],
    )
    return float(row["n"]) / (until - since).total_seconds()


def _delivered_p95(store: Store, since: datetime) -> float:
    rows = store.db.query(
        "SELECT created, sent_at FROM outbox WHERE kind = 'reply' AND state = 'sent' AND created > ?",
        [since.isoformat(timespec="microseconds")],
    )
    taken = [
        (datetime.fromisoformat(row["sent_at"]) - datetime.fromisoformat(row["created"])).total_seconds()
        for row in list(rows)
    ]
    return statistics.quantiles(taken, n=20)[-1] * 1000


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=75)
    parser.add_argument("--turns", type=float, default=2)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asdict(asyncio.run(measure(Path(folder), told.seconds, told.turns))), indent=2))


if __name__ == "__main__":
    main()
