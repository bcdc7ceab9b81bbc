"""The intake on a real database file, with a dialogue that answers by a script instead of Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.assembly import migrate
from bot.clock import Clock, TurnedClock
from bot.dialogue import Reading, Utterance
from bot.leads import LeadBook
from bot.messages.buttons import Button
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.linking import LinkDesk
from bot.messages.relay import RelayDesk
from bot.messages.rights import RightsDesk
from bot.messages.sender import Sender
from bot.messages.turns import Turns
from bot.outbox import Outbox, Pace, Rate, enqueue
from bot.people import People
from bot.replies.reply import Reply
from bot.settings import DEFAULT_CHATS_AT_ONCE
from bot.store import Store

Script = Callable[[Utterance, Database], Awaitable[list[Reply]]]

AT_ONCE = Rate(per_second=1000, burst=1000, chat_interval=timedelta(0))
"""A pace that never waits, for a clock that stands still."""


async def echo(message: Utterance, _: Database) -> list[Reply]:
    """Says what was said."""
    return [Reply(f"nghe: {message.choice.intent if message.choice else message.text}")]


async def at_a_glance(_: Utterance) -> Reading:
    """Reads nothing out of it."""
    return {}


class ScriptedDialogue:
    """Reads and answers as the test says, on the connection of the turn, and remembers what it was asked."""

    def __init__(self, store: Store, script: Script = echo) -> None:
        self._store = store
        self.script = script
        self.reader: Callable[[Utterance], Awaitable[Reading]] = at_a_glance
        self.heard: list[Utterance] = []

    async def read(self, message: Utterance) -> Reading:
        return await self.reader(message)

    async def turn(self, message: Utterance, reading: Reading | None = None) -> list[Reply]:
        self.heard.append(message)
        return await self.script(message, self._store.db)


@dataclass
class Intake:
    """One start of the service's inner half: what arrives, the turns, what must leave."""

    path: Path
    clock: Clock = field(default_factory=TurnedClock)
    at_once: int = DEFAULT_CHATS_AT_ONCE
    woken: int = 0

    def __post_init__(self) -> None:
        self.store = Store(self.path)
        migrate(self.store)
        self.people = People(self.store, self.clock)
        self.leads = LeadBook(self.store, self.clock, self.people)
        self.desk = CollaboratorDesk(self.store, self.clock, self.leads)
        self.dialogue = ScriptedDialogue(self.store)
        self.outbox = Outbox(self.store, self.clock)
        self.relay = RelayDesk(self.store, self.clock, self.people, self.leads)
        self.turns = Turns(
            self.store,
            self.clock,
            self.people,
            self.dialogue,
            self.desk,
            on_outgoing=self._wake,
            counters=(
                self.relay,
                LinkDesk(self.clock, self.people, self.leads, "khuyencong_bot"),
                RightsDesk(self.people, self.leads),
            ),
            at_once=self.at_once,
        )

    def _wake(self) -> None:
        self.woken += 1

    def close(self) -> None:
        self.turns.close()
        self.store.close()

    def texts(self, chat: str = "1", channel: str = "telegram") -> list[str]:
        """The texts in the outbox for a chat, oldest first."""
        from bot.replies.notices import render

        return [render(row).text for row in self.outbox.for_chat(channel, chat)]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.store.db.conn.execute(sql, values).fetchall()

    def inbox(self) -> list[tuple[str, str | None]]:
        """(state, error) of everything that arrived, in order."""
        return [(state, error) for state, error in self.rows("SELECT state, error FROM inbox ORDER BY id")]

    def put_out(self, chat: str, *texts: str, channel: str = "post", **more: Any) -> list[int]:
        """Queues messages for a chat."""
        with self.store.transaction() as db:
            return [
                enqueue(db, now=self.clock.now(), channel=channel, chat=chat, notice=Reply(text), **more)
                for text in texts
            ]

    def sender(self, carrier: ScriptedCarrier) -> Sender:
        return Sender(self.store, self.clock, self.people, {carrier.name: carrier}, Pace({}, AT_ONCE))


class ScriptedCarrier:
    """A channel that takes messages, or says why not as the test wants."""

    def __init__(self, trouble: Mapping[str, list[Exception]] | None = None, name: str = "post") -> None:
        self.name = name
        self.trouble = dict(trouble or {})
        """By the text of a message: what happens to the next attempts to send it."""
        self.taken: list[tuple[str, str]] = []
        self.at: list[float] = []
        """When each was taken, in seconds of the event loop."""
        self.edited: list[tuple[str, str, str]] = []
        self.shown: list[tuple[Button, ...]] = []
        self.takes_seconds = 0.0
        self.at_work = 0
        self.most_at_work = 0

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        await self._work(reply)
        self.taken.append((chat, reply.text))
        self.at.append(asyncio.get_running_loop().time())
        self.shown.append(buttons)
        return f"id-{len(self.taken)}"

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        await self._work(reply)
        self.edited.append((chat, message_id, reply.text))

    async def typing(self, chat: str) -> None:
        """Nothing to show."""

    async def _work(self, reply: Reply) -> None:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        await asyncio.sleep(self.takes_seconds)
        self.at_work -= 1
        if waiting := self.trouble.get(reply.text):
            raise waiting.pop(0)


def text(said: str, number: int = 1, chat: str = "1", channel: str = "telegram") -> IncomingMessage:
    """A typed message."""
    return IncomingMessage(channel, chat, str(number), Kind.TEXT, text=said)


def press(button: str | None, number: int = 1, chat: str = "1", channel: str = "telegram") -> IncomingMessage:
    """A pressed button."""
    return IncomingMessage(channel, chat, str(number), Kind.BUTTON, button=button)
