"""Ten thousand hostile requests at each door of the service, while honest people go on talking.

python -m tests.drill.hostile_drill --requests 10000 --seed 1

The doors, the intake, the turns and the database are the real ones; a script answers instead of Rasa, and loopback
platforms stand behind the channels.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.clock import SystemClock
from bot.logs import quiet
from bot.messages import inbox
from bot.messages.incoming import Kind
from tests.drill import hostile_doors
from tests.drill.hostile_doors import FORGED, Door
from tests.drill.hostile_house import PATIENCE, House, house
from tests.drill.hostile_traffic import Request, Traffic
from tests.messages.office import Intake

BEGIN, END = "<!-- hostile figures: begin -->", "<!-- hostile figures: end -->"
DOORS = ("telegram", "zalo_bot", "zalo_oa", "web")
BETWEEN_HONEST = 25
"""An honest person speaks after so many requests at a door, and waits for the answer."""
CONVERSATIONS = 20


@dataclass
class HostileDrill:
    """What a drill came to; the faults must be 0."""

    requests: dict[str, int] = field(default_factory=Counter)
    """By door."""
    kinds: dict[str, int] = field(default_factory=Counter)
    statuses: dict[int, int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Milliseconds until an honest person was answered."""
    rows: int = 0
    our_errors: int = 0
    forged_let_in: int = 0
    half_written: int = 0
    lost: int = 0
    answered_twice: int = 0
    left_waiting: int = 0
    examples: list[str] = field(default_factory=list)
    """The first things that went wrong, for reading."""

    @property
    def faults(self) -> dict[str, int]:
        """Everything that must be 0 and is not."""
        names = ("our_errors", "forged_let_in", "half_written", "lost", "answered_twice", "left_waiting")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def wrong(self, name: str, example: str) -> None:
        """Counts one fault of the kind *name*."""
        setattr(self, name, getattr(self, name) + 1)
        if len(self.examples) < 40:
            self.examples.append(f"{name}: {example[:300]}")


async def _attack(drill: HostileDrill, at: House, traffic: Traffic, witness: str, count: int) -> None:
    """*count* requests at one door, an honest person among them."""
    door = traffic.door
    expected: set[tuple[str, str]] = set()
    for number in range(count):
        request = traffic.next()
        drill.requests[door.name] += 1
        drill.kinds[request.kind] += 1
        if request.update is not None:
            expected.add(request.update)
        await _send(drill, at, request)
        if number % BETWEEN_HONEST == 0:
            begun = time.perf_counter()
            if not await at.says(door, witness, 5_000_000 + number):
                drill.wrong("left_waiting", f"{door.name} {number}")
            drill.waits.append(1000 * (time.perf_counter() - begun))
    await _settled(at)
    for chat, update_id in sorted(expected):
        answers = at.answers(door.name, chat, update_id)
        if answers is None or answers == 0:
            drill.wrong("lost", f"{door.name} {chat} {update_id}")
        elif answers > 1:
            drill.wrong("answered_twice", f"{door.name} {chat} {update_id}")


async def _send(drill: HostileDrill, at: House, request: Request) -> None:
    try:
        answer = await at.http.request(
            request.method, request.path, content=request.body, headers=dict(request.headers)
        )
    except httpx.HTTPError as error:
        drill.wrong("our_errors", f"{type(error).__name__} {request.path} {request.kind} {request.body[:120]!r}")
        return
    drill.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        drill.wrong("our_errors", f"{answer.status_code} {request.path} {request.kind} {request.body[:200]!r}")
    if request.is_forged and not 400 <= answer.status_code < 500:
        drill.wrong("forged_let_in", f"{answer.status_code} {request.path} {request.headers} {request.body[:120]!r}")


async def _settled(at: House) -> None:
    """Waits until everything that was taken is answered."""
    async with asyncio.timeout(PATIENCE * 4):
        while at.inner.rows("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1"):
            await asyncio.sleep(0.02)


def _judge_rows(drill: HostileDrill, inner: Intake) -> None:
    """Every row is whole: it can be read, was answered, and nothing points into the void; nothing forged is there."""
    drill.rows = inner.rows("SELECT count(*) FROM inbox")[0][0]
    replied = {key for (key,) in inner.rows("SELECT dedupe_key FROM outbox WHERE dedupe_key LIKE 'inbox:%:0'")}
    # Of somebody unknown who leaves nothing is kept but the empty row.
    kept = "SELECT id, chat, state, body FROM inbox WHERE update_id != 'erased:' || id"
    for row, chat, state, body in inner.rows(kept):
        if FORGED in body or FORGED in chat:
            drill.wrong("forged_let_in", f"row {row}: {body}")
        try:
            message, _ = inbox.load(inner.store.db, row)
        except Exception as error:
            drill.wrong("half_written", f"row {row}: {error!r}")
            continue
        silent = message.kind is Kind.LEFT or (message.kind is Kind.STARTED and not message.text and not message.start)
        if state != inbox.State.DONE or (f"inbox:{row}:0" in replied) == silent:
            drill.wrong("half_written", f"row {row} is {state}: {body}")
    for check in ("foreign_key_check", "integrity_check"):
        found = [one for one in inner.rows(f"PRAGMA {check}") if one != ("ok",)]
        for one in found:
            drill.wrong("half_written", f"{check}: {one}")
    unknown = "SELECT channel, chat FROM inbox WHERE chat != '' EXCEPT SELECT channel, chat FROM accounts"
    for one in inner.rows(unknown):
        drill.wrong("half_written", f"a message of nobody: {one}")


async def _run(drill: HostileDrill, folder: Path, doors: Sequence[str], count: int, seed: int) -> None:
    async with house(folder) as at:
        conversations = tuple([await at.conversation() for _ in range(CONVERSATIONS)])
        witness = await at.conversation()
        made: dict[str, tuple[Callable[[], Door], str]] = {
            "telegram": (hostile_doors.telegram, "900001"),
            "zalo_bot": (hostile_doors.zalo_bot, "that-1"),
            "zalo_oa": (hostile_doors.zalo_oa, "900002"),
            "web": (lambda: hostile_doors.web(conversations), witness),
        }
        await asyncio.gather(
            *(_attack(drill, at, Traffic(made[name][0](), seed), made[name][1], count) for name in doors)
        )
        await _settled(at)
        _judge_rows(drill, at.inner)


def run_hostile_drill(folder: Path, *, count: int, seed: int, doors: Sequence[str] = DOORS) -> HostileDrill:
    """*count* requests at each of the *doors*, at the same time, on a database in *folder*."""
    drill = HostileDrill()
    asyncio.run(_run(drill, folder, doors, count, seed))
    return drill


def figures(drill: HostileDrill, count: int, seed: int, seconds: float) -> str:
    """What the run came to, in Markdown."""
    slow = statistics.quantiles(drill.waits, n=20)[-1]
    rows = [
        ("Requests", sum(drill.requests.values())),
        ("Honest messages among them, each waited for", len(drill.waits)),
        ("Rows that were written", drill.rows),
        ("**Answers 5xx, or none**", drill.our_errors),
        ("**Forged requests let in**", drill.forged_let_in),
        ("**Rows half-written**", drill.half_written),
        ("**Updates lost**", drill.lost),
        ("**Updates answered twice**", drill.answered_twice),
        ("**Honest people left without an answer**", drill.left_waiting),
    ]
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(drill.kinds.items()))
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(drill.statuses.items()))
    today = SystemClock().today().isoformat()
    return "\n".join(
        [
            f"Run on {today}, {seconds / 60:.0f} minutes:"
            f" `python -m tests.drill.hostile_drill --requests {count} --seed {seed}`",
            "", "| | |", "|---|--:|",
            *(f"| {name} | {value} |" for name, value in rows), "",
            f"By kind: {kinds}. By status: {statuses}. An honest person waited {statistics.median(drill.waits):.0f} ms"
            f" (half of them), {slow:.0f} ms (19 in 20), {max(drill.waits):.0f} ms at most.",
        ]
    )  # fmt: skip


def main() -> None:
    """Runs and prints; ends with status 1 when anything went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=10_000, help="at each door")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    quiet()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        drill = run_hostile_drill(Path(folder), count=told.requests, seed=told.seed)
    print(figures(drill, told.requests, told.seed, time.monotonic() - begun))
    print(*drill.examples, sep="\n", file=sys.stderr)
    sys.exit(1 if drill.faults else 0)


if __name__ == "__main__":
    main()
