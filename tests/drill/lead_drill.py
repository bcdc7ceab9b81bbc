"""Kills the worker at seeded points, starts it again, and counts what was lost or doubled.

python -m tests.drill.lead_drill --leads 250 --kills 50 --seed 1
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bot.leads import orphans
from bot.store import Store
from tests.drill import lead_worker
from tests.drill.forked import started

STEPS_A_LEAD = 4
SHARE_AT_SENDING = 0.5
SQL_TO_START = 40
SQL_A_STEP = 30


class RecordingPeer:
    """A channel on loopback that takes every message and remembers it."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                peer.taken.append(message)
                answer = json.dumps({"id": f"p{len(peer.taken)}"}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host}:{port}"

    def times(self) -> Counter[int]:
        """How often each outbox row was taken."""
        return Counter(message["row"] for message in self.taken)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Drill:
    """What a drill came to; all but the first four and `taken_unseen` must be 0."""

    leads: int
    kills: int
    messages: int
    cards: int
    taken_unseen: int
    """Messages that the peer took and the worker died before it could note: these go twice, and no others."""
    lost_leads: int
    doubled_leads: int
    without_owner: int
    unsent: int
    doubled: int
    doubled_cards: int

    @property
    def faults(self) -> dict[str, int]:
        """Everything that must be 0 and is not."""
        names = ("lost_leads", "doubled_leads", "without_owner", "unsent", "doubled", "doubled_cards")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def run_drill(folder: Path, *, leads: int, kills: int, seed: int, on_kill: Callable[[], None] = lambda: None) -> Drill:
    """Runs the story of *leads* households with up to *kills* kills at points drawn from *seed*."""
    chance = random.Random(seed)
    peer = RecordingPeer()
    try:
        database, steps = folder / "drill.sqlite", leads * STEPS_A_LEAD
        unseen: Counter[int] = Counter()
        killed = 0
        for number in range(kills):
            # The story goes on in pieces, so that kills fall on all of it and not only on its beginning.
            piece = max(1, steps * (number + 1) // kills)
            if _start(database, peer, piece, seed, die_at=_somewhere(chance, steps / kills)):
                killed += 1
                _count_unseen(database, peer, unseen)
            on_kill()
        if _start(database, peer, steps, seed, die_at="sql:0") != 0:
            raise RuntimeError("the last start of the worker did not end well")
        return _judge(database, peer, leads, killed, unseen)
    finally:
        peer.close()


def _somewhere(chance: random.Random, steps: float) -> str:
    """A point of the next *steps* steps: in the middle of writing, or just before or after a message is taken."""
    if chance.random() < SHARE_AT_SENDING:
        return f"send:{chance.randint(1, max(2, round(2 * steps)))}"
    return f"sql:{chance.randint(1, SQL_TO_START + round(SQL_A_STEP * steps))}"


def _start(database: Path, peer: RecordingPeer, steps: int, seed: int, *, die_at: str) -> int:
    told = [str(database), peer.address, "--steps", str(steps), "--seed", str(seed), "--die-at", die_at]
    errors = database.with_name("worker.log")
    worker = started(lead_worker.main, told, errors)
    worker.join()
    if worker.exitcode not in (0, -9):
        raise RuntimeError(errors.read_text("utf8"))
    return worker.exitcode


def _count_unseen(database: Path, peer: RecordingPeer, unseen: Counter[int]) -> None:
    """Counts the messages that the peer has, and of which the database does not know it."""
    store = Store(database)
    if store.db.table("outbox").exists():
        times = peer.times()
        for row in list(store.db.query("SELECT id FROM outbox WHERE state = 'sending'")):
            if times[row["id"]] > unseen[row["id"]]:
                unseen[row["id"]] += 1
    store.close()


def _judge(database: Path, peer: RecordingPeer, leads: int, kills: int, unseen: Counter[int]) -> Drill:
    store = Store(database)
    db = store.db
    times = peer.times()
    cards = Counter(
        (message["subject"], message["chat"], message["row"])
        for message in peer.taken
        if message["kind"] == "lead_offered" and not unseen[message["row"]]
    )
    (counted,) = db.query("SELECT count(*) AS leads, count(DISTINCT chat) AS households FROM leads")
    rows = [row["id"] for row in list(db.query("SELECT id FROM outbox"))]
    result = Drill(
        leads=counted["leads"],
        kills=kills,
        messages=len(rows),
        cards=len(cards),
        taken_unseen=sum(unseen.values()),
        lost_leads=leads - counted["households"],
        doubled_leads=sum(
            row["n"] > 1
            for row in list(
                db.query(
                    "SELECT count(*) AS n FROM leads WHERE state NOT IN ('closed', 'withdrawn') GROUP BY person_id"
                )
            )
        ),
        without_owner=len(orphans(db)),
        unsent=sum(times[row] == 0 for row in rows),
        doubled=sum(times[row] > 1 + unseen[row] for row in rows),
        doubled_cards=sum(count > 1 for count in cards.values()),
    )
    store.close()
    return result


def main() -> None:
    """Runs one drill and prints what it came to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--leads", type=int, default=250)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run_drill(Path(folder), leads=told.leads, kills=told.kills, seed=told.seed)
    print(json.dumps(asdict(result), indent=2))


if __name__ == "__main__":
    main()
