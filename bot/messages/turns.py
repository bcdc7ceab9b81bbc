"""One message, answered: what it means, the replies, and all its effects in one transaction."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import structlog
from sqlite_utils import Database

from bot.clock import Clock
from bot.dialogue import Dialogue
from bot.errors import StoreError
from bot.messages import inbox
from bot.messages.incoming import IncomingMessage
from bot.messages.reception import Counter, Desk, Reception, Served
from bot.outbox import enqueue
from bot.people import People
from bot.replies import smalltalk
from bot.replies.reply import Reply
from bot.store import Store

log = structlog.get_logger(__name__)


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
        counters: Sequence[Counter] = (),
        numbered: Collection[str] = (),
    ) -> None:
        """*counters* are asked first, in order; on the channels *numbered* a typed number may pick from a menu."""
        self._store = store
        self._clock = clock
        self._people = people
        self._reception = Reception(store, clock, people, dialogue, desk, counters=counters, numbered=numbered)
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
            answered = self._put_out(db, row, message, Served([smalltalk.failed()]))
            inbox.finish(db, row, self._clock.now(), type(error).__name__)
            return answered

    async def _answer(self, db: Database, row: int) -> Answered:
        message, state = inbox.load(db, row)
        if state is not inbox.State.NEW:
            return Answered((), ())
        served = await self._reception.answer(db, message, row)
        # A person erased in this turn leaves nothing behind: not this message, and not the farewell once it was sent.
        erased = self._people.known(message.channel, message.chat) is None
        answered = self._put_out(db, row, message, served, forget=erased)
        inbox.finish(db, row, self._clock.now())
        if erased:
            inbox.empty(db, row)
        elif not served.keep_words:
            inbox.forget_words(db, row)
        return answered

    def _put_out(
        self, db: Database, row: int, message: IncomingMessage, served: Served, *, forget: bool = False
    ) -> Answered:
        ids = [
            enqueue(
                db,
                now=self._clock.now(),
                channel=message.channel,
                chat=message.chat,
                notice=reply,
                subject=served.subject,
                dedupe_key=f"inbox:{row}:{number}",
                forget=forget,
            )
            for number, reply in enumerate(served.replies)
        ]
        return Answered(tuple(served.replies), tuple(ids))
