"""Kills the sender of a campaign at seeded points, starts it again, and counts who got it twice or not at all.

python -m tests.drill.campaign_drill --recipients 10000 --kills 50 --seed 1

The sender is ended from outside while it sends: just after Telegram recorded messages that the sender has not heard
of, while messages are on their way that Telegram never records, or at any time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.assembly import migrate
from bot.campaigns import recipients
from bot.campaigns.parts import campaigns_on
from bot.campaigns.recipients import Stage
from bot.clock import SystemClock, TurnedClock
from bot.people import People, Purpose
from bot.store import Store
from tests.drill import campaign_worker
from tests.drill.campaign_worker import KEY
from tests.drill.forked import started
from tests.peers.telegram import TelegramPeer

MORNING = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
"""8:30 in Vietnam on a day that is no holiday."""
BEGIN, END = "<!-- campaign figures: begin -->", "<!-- campaign figures: end -->"
POINTS = ("recorded, not heard of", "on its way, never recorded", "any time")
HELD = 6
"""Messages held at Telegram when the sender is killed."""
PER_SECOND = 300.0
"""Faster than Telegram allows, so that the drill ends today; the pace is tried elsewhere."""
PATIENCE = 60.0
FILE = """
key: drill
title: Thử
topic: general
text: |
  {name} ơi, đây là tin thử.
"""


@dataclass
class CampaignDrill:
    """What a drill came to; the last four must be 0."""

    recipients: int
    seed: int
    kills: dict[str, int]
    recorded_unheard: int
    """Messages that Telegram had recorded, and of which the sender did not know when it was killed."""
    seconds: float
    doubled: int
    left_out: int
    unsure: int
    """Recipients of whom the database does not say that they got it."""
    strangers: int
    """Messages to people who had not agreed."""

    @property
    def faults(self) -> dict[str, int]:
        """Everything that must be 0 and is not."""
        names = ("doubled", "left_out", "unsure", "strangers")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


async def run_drill(folder: Path, *, count: int, kills: int, seed: int) -> CampaignDrill:
    """Sends a campaign to *count* people with *kills* kills at points drawn from *seed*."""
    begun, chance, database = time.monotonic(), random.Random(seed), folder / "campaign.sqlite"
    async with TelegramPeer() as peer:
        shift = _prepare(database, peer, count)
        fallen: Counter[str] = Counter()
        unheard = 0
        targets = sorted(chance.sample(range(1, max(kills + 1, count - HELD)), kills))
        for target in targets:
            point = chance.choice(POINTS)
            worker = _start(database, peer, shift)
            await _reach(peer, worker, database, target)
            unheard += await _kill(peer, worker, database, point, chance)
            fallen[point] += 1
        worker = _start(database, peer, shift)
        await asyncio.to_thread(worker.join, PATIENCE + count / 10)
        if worker.exitcode != 0:
            raise RuntimeError(_errors(database).read_text("utf8"))
        return _judge(database, peer, CampaignDrill(count, seed, dict(fallen), unheard, 0.0, 0, 0, 0, 0), begun)


def _prepare(database: Path, peer: TelegramPeer, count: int) -> float:
    """People who agreed, one in ten besides who did not, and the scheduled campaign; gives the clock's shift."""
    store, clock = Store(database), TurnedClock(MORNING)
    migrate(store)
    people = People(store, clock)
    with store.transaction():
        for number in range(1, count + count // 10 + 1):
            peer.user(number).chat.started = True
            person = people.person_for("telegram", str(number))
            if number <= count:
                people.record_consent(person, Purpose.CAMPAIGN, text_version="drill", channel="telegram")
    file = database.with_name("drill.yml")
    file.write_text(FILE, "utf8")
    book = campaigns_on(store, clock, people).book
    book.draft(file)
    book.schedule(KEY)
    store.close()
    return (MORNING - datetime.now(UTC)).total_seconds()


def _start(database: Path, peer: TelegramPeer, shift: float) -> BaseProcess:
    told = [str(database), peer.base_url, peer.token, "--shift", str(shift), "--per-second", str(PER_SECOND)]
    return started(campaign_worker.main, told, _errors(database))


def _errors(database: Path) -> Path:
    return database.with_name("worker.log")


async def _reach(peer: TelegramPeer, worker: BaseProcess, database: Path, target: int) -> None:
    """Waits until Telegram has recorded *target* messages."""
    patience = time.monotonic() + PATIENCE
    while len(peer.account().messages) < target:
        if worker.exitcode is not None or time.monotonic() > patience:
            said = _errors(database).read_text("utf8")
            raise RuntimeError(f"the sender stopped at {len(peer.account().messages)}: {said}")
        await asyncio.sleep(0.01)


async def _kill(peer: TelegramPeer, worker: BaseProcess, database: Path, point: str, chance: random.Random) -> int:
    """Kills the sender at *point*; gives how many messages were recorded that it had not heard of."""
    account = peer.account()
    if point != POINTS[2]:
        cut = None if point == POINTS[0] else "before"
        fault = peer.fault("sendMessage", hang=PATIENCE, cut=cut, times=HELD)
        # One at least is held, on a machine however busy; the others have a moment to join it.
        await _until(lambda: fault.times < HELD, PATIENCE)
        await _until(lambda: fault.times == 0, chance.uniform(0.3, 1.0))
    else:
        await asyncio.sleep(chance.uniform(0.0, 0.2))
    worker.kill()
    await asyncio.to_thread(worker.join)
    account.faults.clear()
    store = Store(database)
    noted = {row[0] for row in store.db.conn.execute("SELECT chat FROM outbox WHERE state = 'sent'")}
    store.close()
    return sum(str(message.chat.id) not in noted for message in account.messages)


async def _until(came: Callable[[], bool], seconds: float) -> None:
    patience = time.monotonic() + seconds
    while not came() and time.monotonic() < patience:
        await asyncio.sleep(0.005)


def _judge(database: Path, peer: TelegramPeer, drill: CampaignDrill, begun: float) -> CampaignDrill:
    store = Store(database)
    got = Counter(message.chat.id for message in peer.account().messages)
    stages = recipients.counts(store.db, 1)
    store.close()
    drill.doubled = sum(times > 1 for times in got.values())
    drill.left_out = sum(got[number] == 0 for number in range(1, drill.recipients + 1))
    drill.unsure = drill.recipients - stages.get(Stage.SENT, 0)
    drill.strangers = sum(number > drill.recipients for number in got)
    drill.seconds = round(time.monotonic() - begun, 1)
    return drill


def figures(drill: CampaignDrill) -> str:
    """What a drill came to, in Markdown."""
    rows = [
        ("Recipients", drill.recipients),
        ("Kills (SIGKILL)", sum(drill.kills.values())),
        ("Recorded by Telegram, not noted when killed: found again", drill.recorded_unheard),
        ("**Sent twice**", drill.doubled),
        ("**Left out**", drill.left_out),
        ("**Not known whether they got it**", drill.unsure),
        ("**Sent to people who had not agreed**", drill.strangers),
    ]
    points = "; ".join(f"{name} {count}" for name, count in sorted(drill.kills.items()))
    command = f"python -m tests.drill.campaign_drill --recipients {drill.recipients}"
    return "\n".join(
        [
            f"Run on {SystemClock().today().isoformat()}, {drill.seconds / 60:.0f} minutes, seed {drill.seed}:",
            f"`{command} --kills {sum(drill.kills.values())} --seed {drill.seed}`",
            "",
            "| a campaign's sender | |",
            "|---|--:|",
            *(f"| {name} | {count} |" for name, count in rows),
            "",
            f"Kills by point: {points}.",
        ]
    )


def main() -> None:
    """Runs one drill and prints what it came to; ends with status 1 when anything was doubled or left out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        drill = asyncio.run(run_drill(Path(folder), count=told.recipients, kills=told.kills, seed=told.seed))
    print(json.dumps(asdict(drill), indent=2))
    sys.exit(1 if drill.faults else 0)


if __name__ == "__main__":
    main()
