"""One message, answered: what it means, the replies, and all its effects in one transaction."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlite_utils import Database

from bot.clock import Clock
from bot.dialogue import Dialogue, Utterance
from bot.errors import StoreError
from bot.language import nfc
from bot.messages import buttons, inbox, menu
from bot.messages.incoming import IncomingMessage, Kind, conversation_of
from bot.outbox import enqueue
from bot.people import People
from bot.replies import smalltalk
from bot.replies.reply import Choice, Reply
from bot.screening.memory import recall
from bot.store import Store

log = structlog.get_logger(__name__)

LONGEST_TEXT = 4000
"""Characters of one message that are read; longer ones are politely refused."""


class Desk(Protocol):
    """Answers the buttons of collaborators and of the Centre, which need no dialogue engine."""

    def answers(self, choice: Choice) -> bool:
        """Whether *choice* is one of its own."""
        ...

    def press(self, channel: str, chat: str, choice: Choice) -> list[Reply]:
        """The effect of *choice*, and what to say to who pressed it."""
        ...

    def type(self, channel: str, chat: str, text: str) -> list[Reply] | None:
        """The answer to a collaborator's own command; None when it is none."""
        ...

    def join(self, channel: str, chat: str, invitation: str) -> list[Reply] | None:
        """Links the chat to whom the Centre invited; None when it is no invitation."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """What a turn came to."""

    replies: tuple[Reply, ...]
    outbox: tuple[int, ...]
    """Ids of the replies in the outbox, in order."""


class Turns:
    """Takes messages in and answers them one after another, in a thread of its own.

    The thread has its own database connection and keeps one transaction open for the whole turn: what an action
    writes, the replies and the mark "answered" are there together or not at all, so a crash at any moment means
    that the message is simply answered again. The event loop of the server stays free meanwhile.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        dialogue: Dialogue,
        desk: Desk,
        *,
        on_outgoing: Callable[[], None] = lambda: None,
        numbered: Collection[str] = (),
    ) -> None:
        """On the channels *numbered* a typed number may pick from the menu last shown."""
        self._numbered = frozenset(numbered)
        self._store = store
        self._clock = clock
        self._people = people
        self._dialogue = dialogue
        self._desk = desk
        self._on_outgoing = on_outgoing
        self._loop = asyncio.new_event_loop()
        self._one_at_a_time = asyncio.Lock()
        self._thread = threading.Thread(target=self._run, name="turns", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._store.close()

    def close(self) -> None:
        """Lets the running turn end, then stops the thread."""
        self._submit_stop().result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _submit_stop(self) -> Future[None]:
        async def wait() -> None:
            async with self._one_at_a_time:
                return

        return asyncio.run_coroutine_threadsafe(wait(), self._loop)

    # -- taking in -------------------------------------------------------------------------------------------------

    def receive(self, message: IncomingMessage) -> int | None:
        """Stores *message*; its row, or None when this update was stored before.

        Raises StoreError when the database cannot take it now, so that the channel delivers it again.
        """
        try:
            with self._store.transaction() as db:
                return inbox.receive(db, message, self._clock.now())
        except sqlite3.Error as error:
            raise StoreError(f"a message could not be stored: {error}") from error

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message* and schedules its answer; the channel may forget it afterwards."""
        row = await asyncio.to_thread(self.receive, message)
        if row is not None:
            self._schedule(row)

    async def ask(self, message: IncomingMessage) -> Answered:
        """Stores *message* and waits for its answer: for channels that answer in the same request."""
        row = await asyncio.to_thread(self.receive, message)
        if row is None:
            return Answered((), ())
        return await asyncio.wrap_future(self._schedule(row))

    def catch_up(self) -> int:
        """Schedules everything that was stored and not answered before the last stop; gives how many."""
        rows = inbox.unanswered(self._store.db)
        for row in rows:
            self._schedule(row)
        return len(rows)

    def _schedule(self, row: int) -> Future[Answered]:
        return asyncio.run_coroutine_threadsafe(self._turn(row), self._loop)

    # -- answering -------------------------------------------------------------------------------------------------

    async def _turn(self, row: int) -> Answered:
        async with self._one_at_a_time:
            try:
                with self._store.transaction() as db:
                    answered = await self._answer(db, row)
            except Exception as error:
                # Staff see what broke; the message text and the person are not in the log.
                log.exception("turn_failed", inbox_row=row, error=type(error).__name__)
                answered = self._apologise(row, error)
        self._on_outgoing()
        return answered

    def _apologise(self, row: int, error: Exception) -> Answered:
        with self._store.transaction() as db:
            message, state = inbox.load(db, row)
            if state is not inbox.State.NEW:
                raise StoreError(f"inbox row {row} is already {state}") from error
            answered = self._put_out(db, row, message, [smalltalk.failed()])
            inbox.finish(db, row, self._clock.now(), type(error).__name__)
            return answered

    async def _answer(self, db: Database, row: int) -> Answered:
        message, state = inbox.load(db, row)
        if state is not inbox.State.NEW:
            return Answered((), ())
        replies = await self._replies(db, message, row)
        answered = self._put_out(db, row, message, replies)
        inbox.finish(db, row, self._clock.now())
        if self._people.known(message.channel, message.chat) is None:
            inbox.empty(db, row)  # the person was erased in this turn, and this message is theirs too
        return answered

    def _put_out(self, db: Database, row: int, message: IncomingMessage, replies: list[Reply]) -> Answered:
        ids = [
            enqueue(
                db,
                now=self._clock.now(),
                channel=message.channel,
                chat=message.chat,
                notice=reply,
                dedupe_key=f"inbox:{row}:{number}",
            )
            for number, reply in enumerate(replies)
        ]
        return Answered(tuple(replies), tuple(ids))

    async def _replies(  # noqa: PLR0911  one line a case
        self, db: Database, message: IncomingMessage, row: int
    ) -> list[Reply]:
        if message.kind is Kind.LEFT:
            self._people.mark_unreachable(message.channel, message.chat, "left")
            return []
        person = self._people.person_for(message.channel, message.chat, message.sender_name)
        self._people.mark_reachable(message.channel, message.chat)
        if message.kind is Kind.STARTED and not message.text and not message.start:
            return []  # reachable again after a block; the person has said nothing yet
        question = recall(db, conversation_of(person, message.channel)).question
        choice = self._picked(db, message, row, question) or self._choice(db, message)
        if choice is not None and self._desk.answers(choice):
            return self._desk.press(message.channel, message.chat, choice)
        if message.start and (joined := self._desk.join(message.channel, message.chat, message.start)) is not None:
            return joined
        if message.kind is Kind.TEXT and choice is None:
            listed = self._desk.type(message.channel, message.chat, message.text)
            if listed is not None:
                return listed
        if message.kind is Kind.BUTTON and choice is None:
            return [smalltalk.stale_button()]
        if message.kind is Kind.TEXT and len(message.text) > LONGEST_TEXT:
            return [smalltalk.too_long()]
        if message.kind is Kind.TEXT and not nfc(message.text).strip():
            return [smalltalk.nothing_said()]
        return await self._dialogue.turn(
            Utterance(
                conversation=conversation_of(person, message.channel),
                text=message.text,
                choice=choice,
                question=question,
            )
        )

    def _picked(self, db: Database, message: IncomingMessage, row: int, question: str | None) -> Choice | None:
        """The choice whose number was typed, on channels where one answers so."""
        if message.kind is not Kind.TEXT or message.channel not in self._numbered:
            return None
        at = inbox.received_at(db, row)
        return menu.picked(db, message.channel, message.chat, message.text, question=question, at=at)

    def _choice(self, db: Database, message: IncomingMessage) -> Choice | None:
        """What was pressed or shared, as one of our own intents."""
        if message.kind is Kind.BUTTON and message.button is not None:
            return buttons.pressed(db, message.channel, message.chat, message.button)
        if message.kind is Kind.LOCATION and message.location is not None:
            place = {"latitude": message.location.latitude, "longitude": message.location.longitude}
            return Choice("", "share_location", place)
        if message.kind is Kind.CONTACT and message.contact is not None:
            return Choice("", "share_contact", {"phone": message.contact.phone, "own": message.contact.own})
        if message.kind is Kind.MEDIA:
            return Choice("", "share_media", {"media": message.media or "file"})
        if message.kind is Kind.STARTED:
            return Choice("", "greet", {"start": message.start})
        return None
