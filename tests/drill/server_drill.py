"""Kills the whole service, Rasa and all, at seeded points of "lead passed", starts it again, and counts.

python -m tests.drill.server_drill --rounds 25 --seed 1

Nothing in the service knows of the drill: the process is ended from outside, when its database or the loopback
Telegram shows that a point was reached.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bot.channels.markup import spans
from bot.clock import SystemClock
from bot.leads import Collaborators, Role, orphans
from bot.outbox import Outbox
from bot.replies.notices import render
from tests.journeys.people import Chatter, collaborator
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_world import Call
from tests.service import Service

HOUSEHOLDS_A_ROUND = 3
PATIENCE = 180.0
"""Seconds that a person waits: a restart of the service lies in between."""
UNITS = ("xã Phú Giáo", "xã Phước Hòa", "xã Dầu Tiếng", "xã Bàu Bàng", "phường Dĩ An", "phường Bình Cơ")
STEPS = ("ask", "agree", "name", "phone", "place", "take")
WEIGHTS = (1, 1, 1, 1, 8, 4)
"""How often the kill falls on each step: mostly where the lead comes to be, then where it is taken."""
POINTS = ("arriving", "answering", "committed", "before sending", "after sending", "any time")


@dataclass(frozen=True)
class Kill:
    """When the service is killed: at which step of a household's story, and at what point of that step."""

    step: str
    point: str


def plan(rounds: int, seed: int) -> tuple[Kill, ...]:
    """A kill a round, drawn from *seed*."""
    chance = random.Random(seed)
    kills = []
    for _ in range(rounds):
        step, point = chance.choices(STEPS, WEIGHTS)[0], chance.choice(POINTS)
        # Only the step with the place makes a lead whose commit can be waited for.
        kills.append(Kill(step, point if step == "place" or point != "committed" else "any time"))
    return tuple(kills)


@dataclass
class ServerDrill:
    """What a drill came to; `taken_unseen` and what stands before it may be anything, the rest must be 0."""

    rounds: int
    kills: dict[str, int] = field(default_factory=dict)
    """By the point at which they fell."""
    leads: int = 0
    cards: int = 0
    messages: int = 0
    slowest_start: float = 0.0
    taken_unseen: int = 0
    """Messages that Telegram took and the service died before it could note: these go twice, and no others."""
    lost_leads: int = 0
    doubled_leads: int = 0
    without_owner: int = 0
    unanswered: int = 0
    broken_turns: int = 0
    unsent: int = 0
    doubled: int = 0
    doubled_cards: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """Everything that must be 0 and is not."""
        names = ("lost_leads", "doubled_leads", "without_owner", "unanswered", "broken_turns", "unsent", "doubled")
        return {name: getattr(self, name) for name in (*names, "doubled_cards") if getattr(self, name)}


Sent = Counter[tuple[str, str]]
"""How often a text went to a chat."""


class Drill:
    """One service, its loopback Telegram, and the people of all rounds."""

    def __init__(self, service: Service, peer: TelegramPeer, plan: Sequence[Kill], seed: int) -> None:
        self.service = service
        self.peer = peer
        self.plan = plan
        self.chance = random.Random(seed)
        self.result = ServerDrill(len(plan))
        self.unseen: Sent = Counter()
        self.readers: dict[str, Chatter] = {}
        self.households: list[Chatter] = []

    async def run(self, on_round: Callable[[], None]) -> ServerDrill:
        """All rounds, then the count."""
        await self._start()
        staff = Collaborators(self.service.store, SystemClock()).all(Role.COLLABORATOR)
        for number, one in enumerate(staff):
            chatter = await collaborator(self.service, self.peer, one.name, 900 + number, PATIENCE)
            self.readers[str(chatter.user.id)] = chatter
        for number, kill in enumerate(self.plan):
            await self._round(number, kill)
            on_round()
        status = await self.service.stop()
        if status != 0:
            raise RuntimeError(f"the service ended with status {status}")
        self._judge()
        return self.result

    async def _start(self) -> None:
        self.result.slowest_start = max(self.result.slowest_start, await self.service.start())

    # -- one round -------------------------------------------------------------------------------------------------

    async def _round(self, number: int, planned: Kill) -> None:
        """Some households at once; the service is killed at one step of the first of them."""
        first = 10_000 + number * HOUSEHOLDS_A_ROUND
        new = [
            Chatter(self.service, self.peer, first + place, f"Cơ sở {first + place}", PATIENCE)
            for place in range(HOUSEHOLDS_A_ROUND)
        ]
        self.households += new
        kill = self._killing(new[0], planned.point)
        stories = [self._story(one, kill if one is new[0] else None, planned.step) for one in new]
        await asyncio.gather(*stories)
        self.peer.account().faults.clear()

    async def _story(self, one: Chatter, kill: Callable[[], Awaitable[None]] | None, at: str) -> None:
        """A household on the short way to its lead, and the collaborator who takes it."""
        unit = self.chance.choice(UNITS)
        acts: dict[str, Callable[[], int | None]] = {
            "ask": lambda: one.user.sends("cho tôi gặp cán bộ"),
            "agree": lambda: one.user.taps("Đồng ý"),
            "name": lambda: one.user.sends(f"Cơ sở {one.user.id}"),
            "phone": lambda: one.user.shares_contact(f"84903{one.user.id:06d}"),
            "place": lambda: one.user.sends(unit),
        }
        for step, act in acts.items():
            await self._does(one, act, kill if step == at else None)
        reader, card = await self._card_of(one)
        await self._does(reader, lambda: reader.user.taps("Nhận", card), kill if at == "take" else None)

    async def _does(
        self, one: Chatter, act: Callable[[], int | None], kill: Callable[[], Awaitable[None]] | None
    ) -> None:
        killing = asyncio.create_task(kill()) if kill else None
        await asyncio.sleep(0)  # the killer watches before anything happens
        await one.answer_to(act())
        if killing:
            await killing

    async def _card_of(self, one: Chatter) -> tuple[Chatter, int]:
        """The collaborator who is asked, and the card it has."""
        asked = (
            "SELECT c.chat, 'KC-' || substr('0000' || l.id, -4) FROM leads l JOIN offers o ON o.lead_id = l.id"
            " JOIN collaborators c ON c.id = o.collaborator_id WHERE l.chat = ? AND o.state = 'open'"
        )
        [(chat, number)] = self.service.rows(asked, str(one.user.id))
        reader = self.readers[chat]
        shown = await reader.user.until(lambda seen: any(_is_card(card, number) for card in seen), PATIENCE)
        return reader, next(card.id for card in reversed(shown) if _is_card(card, number))

    # -- killing ---------------------------------------------------------------------------------------------------

    def _killing(self, one: Chatter, point: str) -> Callable[[], Awaitable[None]]:
        """Waits for *point* of what *one* does next, ends the process, and starts it again."""
        pause = self.chance.random()
        reached: dict[str, Callable[[], Awaitable[None]]] = {
            "arriving": lambda: asyncio.sleep(0.02 * pause),
            "answering": lambda: self._stored(0.06 * pause),
            "committed": lambda: self._lead_of(one),
            "before sending": lambda: self._sending("before"),
            "after sending": lambda: self._sending("after"),
            "any time": lambda: asyncio.sleep(0.8 * pause),
        }

        async def kill() -> None:
            await reached[point]()
            self.service.kill()
            await self.service.ended()
            await asyncio.sleep(0.3)  # whatever it had handed to the network arrives now
            self.peer.account().faults.clear()
            self.result.kills[point] = self.result.kills.get(point, 0) + 1
            self._count_unseen()
            await self._start()

        return kill

    async def _stored(self, then: float) -> None:
        """A message is stored and its turn under way."""
        await _until(lambda: self.service.rows("SELECT count(*) FROM inbox WHERE state = 'new'") != [(0,)])
        await asyncio.sleep(then)

    async def _lead_of(self, one: Chatter) -> None:
        """The turn that made the lead is committed."""
        await _until(lambda: self.service.rows("SELECT 1 FROM leads WHERE chat = ?", str(one.user.id)) != [])

    async def _sending(self, when: str) -> None:
        """The next message is at Telegram's door, or was just taken there; no answer ever comes."""
        calls = self.peer.account().calls
        before = len(calls)
        self.peer.fault("sendMessage", cut=when, hang=5.0)
        await _until(lambda: any(call.method == "sendMessage" for call in calls[before:]))

    # -- counting --------------------------------------------------------------------------------------------------

    def _taken(self) -> Sent:
        """What Telegram took."""
        return Counter(
            (str(call.params["chat_id"]), _visible(call)) for call in self.peer.calls("sendMessage") if call.stored
        )

    def _rows(self, *states: str) -> Sent:
        """The texts of the outbox rows in these states that are messages of their own, not edits."""
        marks = ", ".join("?" * len(states))
        outbox = Outbox(self.service.store, SystemClock())
        ids = self.service.rows(
            f"SELECT id FROM outbox WHERE channel = 'telegram' AND edits IS NULL AND state IN ({marks})", *states
        )
        rows = [row for (number,) in ids if (row := outbox.get(number)) is not None]
        return Counter((row.chat, "".join(span.text for span in spans(render(row).text))) for row in rows)

    def _count_unseen(self) -> None:
        taken, noted = self._taken(), self._rows("sent")
        for sent in self._rows("sending"):
            if taken[sent] > noted[sent] + self.unseen[sent]:
                self.unseen[sent] += 1

    def _judge(self) -> None:
        result, db = self.result, self.service.store.db
        taken, rows = self._taken(), self._rows("sent", "queued", "sending", "failed", "parked")
        chats = [chat for (chat,) in self.service.rows("SELECT chat FROM leads")]
        result.leads, result.messages = len(chats), rows.total()
        result.cards = len([1 for _, text in rows if text.startswith("Mới · KC-")])
        result.taken_unseen = self.unseen.total()
        result.lost_leads = len(self.households) - len(set(chats))
        result.doubled_leads = len(chats) - len(set(chats))
        result.without_owner = len(orphans(db)) + len(chats) - self._count("leads", "state = 'taken'")
        result.unanswered = self._count("inbox", "state = 'new'")
        result.broken_turns = self._count("inbox", "state = 'failed'")
        result.unsent = sum(taken[sent] < count for sent, count in rows.items())
        result.doubled = sum(taken[sent] > count + self.unseen[sent] for sent, count in rows.items())
        result.doubled_cards = sum(
            taken[sent] > 1 + self.unseen[sent] for sent in rows if sent[1].startswith("Mới · KC-")
        )

    def _count(self, table: str, which: str) -> int:
        [(count,)] = self.service.rows(f"SELECT count(*) FROM {table} WHERE {which}")
        return int(count)


def _is_card(card, number: str) -> bool:  # type: ignore[no-untyped-def]  # a message as the peer shows it
    return number in card.text and "Nhận" in card.titles


def _visible(call: Call) -> str:
    return html.unescape(re.sub(r"</?b>", "", str(call.params["text"])))


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.001)


async def run_server_drill(
    folder: Path, model: Path, kills: Sequence[Kill], *, seed: int, on_round: Callable[[], None] = lambda: None
) -> ServerDrill:
    """Kills the service once a round, as planned; *seed* decides how long into a point."""
    async with (
        TelegramPeer() as peer,
        Service(folder / "home", model, telegram_token=peer.token, telegram_base_url=peer.base_url) as service,
    ):
        return await Drill(service, peer, kills, seed).run(on_round)


def main() -> None:
    """Runs one drill and prints what it came to."""
    from bot.assembly import ensure_model
    from bot.settings import read_settings

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    model = ensure_model(read_settings())
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(run_server_drill(Path(folder), model, plan(told.rounds, told.seed), seed=told.seed))
    print(json.dumps(asdict(result), indent=2))


if __name__ == "__main__":
    main()
