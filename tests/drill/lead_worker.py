"""Passes leads on and sends their messages to a loopback peer; kills itself at a given point when told to.

A point is an SQL statement about to run, or a message about to leave or just taken by the peer. Every step of the
story is marked as done in the transaction that does it, as the inbox does with messages, so a worker that is started
again goes on where the last one was killed. Rasa is not loaded.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import leads, outbox, people
from bot.clock import TurnedClock
from bot.leads import CloseReason, DeclineReason, Event, LeadBook, NewLead, Place, State, sample_territories, tick
from bot.outbox import Outbox, Outgoing
from bot.people import People, Purpose
from bot.store import Store

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
UNITS = ("Xã Phú Giáo", "Xã Phước Hòa", "Xã Dầu Tiếng", "Phường Bình Cơ", "Xã Không Ai Phụ Trách")

HANDED_OVER = 0.3
"""Of the leads about which somebody called, those that go to a colleague first."""


class Points:
    """Counts the points of each kind that were passed and kills the process at one of them."""

    def __init__(self, kind: str, die_at: int) -> None:
        """*kind* is `sql` or `send`; *die_at* 0 never kills."""
        self._left = {kind: die_at}

    def sql(self, _: str) -> None:
        """A statement is about to run."""
        self._pass("sql")

    def send(self) -> None:
        """A message is about to leave, or was just taken."""
        self._pass("send")

    def _pass(self, kind: str) -> None:
        left = self._left.get(kind, 0)
        if left == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left[kind] = left - 1


class Worker:
    """One start of the service: recovers, then goes through the story from where it stands."""

    def __init__(self, database: Path, peer: str, seed: int, points: Points) -> None:
        self.store = Store(database)
        self.clock = TurnedClock(START)
        self.points = points
        self.peer = http.client.HTTPConnection(peer)
        self.seed = seed
        self.store.db.conn.set_trace_callback(points.sql)
        self.store.migrate([people.MIGRATIONS, outbox.MIGRATIONS, leads.MIGRATIONS])
        self.store.db.execute("CREATE TABLE IF NOT EXISTS story (step INTEGER PRIMARY KEY)")
        self.people = People(self.store, self.clock)
        self.book = LeadBook(self.store, self.clock, self.people)
        self.outbox = Outbox(self.store, self.clock)

    def run(self, steps: int) -> None:
        """Does every step that is not done, and sends what each leaves behind."""
        self.outbox.recover()
        with self.store.transaction():
            sample_territories(self.book.collaborators)
        (told,) = self.store.db.query("SELECT coalesce(max(step) + 1, 0) AS next FROM story")
        self.send()
        for step in range(told["next"], steps):
            self.clock.at = START + timedelta(hours=step)
            with self.store.transaction() as db:
                self.do(step)
                db.execute("INSERT INTO story (step) VALUES (?)", [step])
            self.send()

    def do(self, step: int) -> None:
        """One step, the same for the same seed and the same state: a new household, somebody's tap, or time."""
        chance = random.Random(self.seed * 100_000 + step)
        household, what = step // 4, step % 4
        if what == 0:
            self.pass_on(household, chance.choice(UNITS))
        elif what == 1:
            # The household taps twice: still one lead.
            self.pass_on(household, chance.choice(UNITS[:1]))
        else:
            self.tap(chance)

    def pass_on(self, household: int, unit: str) -> None:
        """A household gives its consent and passes its lead on."""
        chat = f"household-{household}"
        person = self.people.person_for("peer", chat)
        self.people.set_name(person, f"Cơ sở {household}")
        self.people.set_phone(person, f"+8400{household:07}")
        self.people.record_consent(person, Purpose.CONTACT, text_version="drill", channel="peer")
        standing = self.book.open_lead_of(person)
        place = standing.place if standing else Place(unit)
        self.book.create(NewLead(person, place, ("machinery",), channel="peer", chat=chat))

    def tap(self, chance: random.Random) -> None:
        """Somebody does something to one of the leads, or time does."""
        number = int(next(iter(self.store.db.query("SELECT max(id) AS n FROM leads")))["n"])
        lead = self.book.get(chance.randint(1, number))
        asked = [one.id for one in self.book.collaborators.all() if lead in self.book.offered_to(one.id)]
        if lead.state is State.OFFERED:
            act = chance.choice([self.book.take, self.book.decline])
            if act == self.book.take:
                self.book.take(lead.id, asked[0])
            else:
                self.book.decline(lead.id, asked[0], DeclineReason.BUSY)
        elif lead.state is State.TAKEN and lead.owner_id is not None:
            self.book.step(lead.id, lead.owner_id, Event.CONTACT)
        elif lead.state is State.CONTACTED and lead.owner_id is not None:
            colleagues = self.book.colleagues_for(lead.id, lead.owner_id)
            if colleagues and chance.random() < HANDED_OVER:
                self.book.pass_to(lead.id, lead.owner_id, chance.choice(colleagues).id)
            else:
                self.book.close(lead.id, lead.owner_id, CloseReason.HELPED)
        else:
            tick(self.book)

    def send(self) -> None:
        """Hands everything that may go to the peer."""
        while messages := self.outbox.claim_due(4):
            for message in messages:
                self.points.send()
                taken_as = self.hand_over(message)
                self.points.send()
                self.outbox.mark_sent(message.id, taken_as)

    def hand_over(self, message: Outgoing) -> str:
        """One request to the peer, which answers with its own id of the message."""
        told = {
            "row": message.id,
            "chat": message.chat,
            "kind": message.kind,
            "subject": message.subject,
            "edits": message.edits_external_id,
        }
        self.peer.request("POST", "/send", json.dumps(told), {"Content-Type": "application/json"})
        return str(json.loads(self.peer.getresponse().read())["id"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads what to do from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("peer", help="host:port")
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--die-at", default="sql:0", help="sql:N or send:N")
    told = parser.parse_args(arguments)
    kind, number = told.die_at.split(":")
    Worker(told.database, told.peer, told.seed, Points(kind, int(number))).run(told.steps)


if __name__ == "__main__":
    main()
