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
from bot.messages.lanes import Lanes
from bot.messages.reception import Counter, Desk, Read, Reception, Served, Unread
from bot.outbox import enqueue
from bot.people import People
from bot.replies import smalltalk
from bot.replies.reply import Reply
from bot.settings import DEFAULT_CHATS_AT_ONCE
from bot.store import Store, is_busy
from bot.store.turnstile import Turnstile

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a turn came to."""

    replies: tuple[Reply, ...]
    outbox: tuple[int, ...]
    """Ids of the replies in the outbox, in order."""


class Turns:
    """Takes messages in and answers them: those of a chat one after another, several chats at the same time.

    Each worker is a thread with a database connection of its own. What a text means is read outside any transaction;
    then one transaction holds the whole turn: what an action writes, the replies and the mark "answered" are there
    together or not at all, so a crash at any moment means that the message is simply answered again. The event loop of
    the server stays free meanwhile.
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
        at_once: int = DEFAULT_CHATS_AT_ONCE,
    ) -> None:
        """*counters* are asked first, in order; on the channels *numbered* a typed number may pick from a menu.

        *at_once* chats are answered at the same time.
        """
        self._store = store
        self._clock = clock
        self._people = people
        self._dialogue = dialogue
        self._reception = Reception(store, clock, people, dialogue, desk, counters=counters, numbered=numbered)
        self._on_outgoing = on_outgoing
        self._lanes = Lanes()
        # Whatever else is to be written waits for one turn, not for as many as there are workers.
        self._recording = Turnstile()
        self._awaited: dict[int, Future[Answered]] = {}
        """By inbox row: who waits for its answer in this process."""
        self._workers = [threading.Thread(target=self._work, name=f"turns-{n}", daemon=True) for n in range(at_once)]
        for worker in self._workers:
            worker.start()

    def close(self) -> None:
        """Lets the turns under way end, then stops; what is not yet begun is answered at the next start."""
        self._lanes.close()
        for worker in self._workers:
            worker.join()
        for row in list(self._awaited):
            self._tell(row, StoreError("the service is being stopped"))

    # -- taking in -------------------------------------------------------------------------------------------------

    def receive(self, message: IncomingMessage, answer: Future[Answered] | None = None) -> int | None:
        """Stores *message*; its row, or None when this update was stored before.

        *answer* will be told what the turn comes to, or that it is put off. Raises StoreError when the database cannot
        take the message now, so that the channel delivers it again.
        """
        row = None
        try:
            with self._store.transaction() as db:
                row = inbox.receive(db, message, self._clock.now())
                if row is not None and answer is not None:
                    self._awaited[row] = answer  # before anybody else can see the row and answer it
        except sqlite3.Error as error:
            if row is not None:
                self._awaited.pop(row, None)
            raise StoreError(f"a message could not be stored: {error}") from error
        return row

    async def accept(self, message: IncomingMessage) -> None:
        """Stores *message*, to be answered soon; the channel may forget it afterwards."""
        await asyncio.to_thread(self._take_in, message)

    async def ask(self, message: IncomingMessage) -> Answered:
        """Stores *message* and waits for its answer: for channels that answer in the same request.

        Raises StoreError when the answer has to wait for the database; it is given later.
        """
        answer: Future[Answered] = Future()
        if not await asyncio.to_thread(self._take_in, message, answer):
            return Answered((), ())
        return await asyncio.wrap_future(answer)

    def _take_in(self, message: IncomingMessage, answer: Future[Answered] | None = None) -> bool:
        # In one go, so that whoever stops waiting in between leaves no message that nobody was told of.
        new = self.receive(message, answer) is not None
        if new:
            self._lanes.call((message.channel, message.chat))
        return new

    def catch_up(self) -> int:
        """Calls up every chat with something unanswered; gives how many messages that are.

        For the start, and every so often: a turn that the database had no time for is found again. What is being
        answered is not answered twice.
        """
        waiting = inbox.unanswered_chats(self._store.db)
        for chat in waiting:
            self._lanes.call(chat)
        return sum(waiting.values())

    # -- answering -------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        with asyncio.Runner() as runner:
            while (chat := self._lanes.take()) is not None:
                more = False
                try:
                    more = self._answer_next(runner, *chat)
                except Exception as error:
                    # The message stays unanswered and is found again; the worker goes on with other chats.
                    log.exception("turn_not_recorded", error=type(error).__name__)
                finally:
                    self._lanes.give_back(chat, more=more)
        self._store.close()

    def _answer_next(self, runner: asyncio.Runner, channel: str, chat: str) -> bool:
        """Answers the chat's oldest unanswered message; says whether there may be more."""
        row = inbox.next_unanswered(self._store.db, channel, chat)
        if row is None:
            return False
        try:
            answered = runner.run(self._turn(row))
        except Exception as error:
            self._tell(row, error)
            if is_busy(error):
                log.warning("turn_put_off", inbox_row=row)
                return False
            raise
        self._on_outgoing()
        self._tell(row, answered)
        return True

    def _tell(self, row: int, outcome: Answered | Exception) -> None:
        answer = self._awaited.pop(row, None)
        if answer is None or not answer.set_running_or_notify_cancel():
            return
        if isinstance(outcome, Answered):
            answer.set_result(outcome)
        else:
            answer.set_exception(StoreError(f"the answer is put off: {type(outcome).__name__}"))

    async def _turn(self, row: int) -> Answered:
        try:
            return await self._answer(row)
        except (Exception, asyncio.CancelledError) as error:
            if is_busy(error):
                raise  # the message is nobody's fault: it is answered when the database is free
            # Staff see what broke; the message text and the person are not in the log.
            log.exception("turn_failed", inbox_row=row, error=type(error).__name__)
            return self._apologise(row, type(error).__name__)

    async def _answer(self, row: int) -> Answered:
        read: Read | None = None
        while True:
            try:
                with self._recording, self._store.transaction() as db:
                    return await self._answer_in(db, row, read)
            except Unread as unread:
                said = unread.said
                read = Read(said.text, said.question, await self._dialogue.read(said))

    async def _answer_in(self, db: Database, row: int, read: Read | None) -> Answered:
        message, state = inbox.load(db, row)
        if state is not inbox.State.NEW:
            return Answered((), ())
        served = await self._reception.answer(db, message, row, read)
        # A person erased in this turn leaves nothing behind: not this message, and not the farewell once it was sent.
        erased = self._people.known(message.channel, message.chat) is None
        answered = self._put_out(db, row, message.channel, message.chat, served, forget=erased)
        inbox.finish(db, row, self._clock.now())
        if erased:
            inbox.empty(db, row)
        elif not served.keep_words:
            inbox.forget_words(db, row)
        return answered

    def _apologise(self, row: int, why: str) -> Answered:
        with self._store.transaction() as db:
            channel, chat, state = inbox.place(db, row)
            if state is not inbox.State.NEW:
                return Answered((), ())
            answered = self._put_out(db, row, channel, chat, Served([smalltalk.failed()]))
            inbox.finish(db, row, self._clock.now(), why)
            return answered

    def _put_out(
        self, db: Database, row: int, channel: str, chat: str, served: Served, *, forget: bool = False
    ) -> Answered:
        ids = [
            enqueue(
                db,
                now=self._clock.now(),
                channel=channel,
                chat=chat,
                notice=reply,
                subject=served.subject,
                dedupe_key=f"inbox:{row}:{number}",
                forget=forget,
            )
            for number, reply in enumerate(served.replies)
        ]
        return Answered(tuple(served.replies), tuple(ids))
