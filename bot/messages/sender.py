"""Takes messages out of the outbox and hands them to their channels, at a pace, in order, until they arrive."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import structlog
from sqlite_utils import Database

from bot.clock import Clock
from bot.errors import DeliveryError, Held, RetryLater, Unreachable
from bot.messages import buttons, relays
from bot.messages.buttons import Button
from bot.messages.incoming import conversation_of
from bot.messages.menu import NUMBER_QUESTIONS, TALKING
from bot.outbox import INTERRUPTED, Outbox, Outgoing, Pace, Priority
from bot.outbox.interrupted import await_search, possible_ids
from bot.people import People
from bot.replies.notices import render
from bot.replies.reply import Reply
from bot.screening.memory import recall
from bot.store import Store

if TYPE_CHECKING:
    from bot.channels.carrier import Carrier  # a Protocol only; nothing of channels is needed to run

log = structlog.get_logger(__name__)

AT_ONCE = 16
IDLE_SECONDS = 1.0
ROOM_FOR_REPLIES = 1
"""A campaign's message leaves only while a reply could leave in the same moment: replies never queue behind it."""
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 300.0
DOUBLINGS = 16
GIVE_UP_AFTER = 12
"""Attempts at a message on which our own code breaks; with doubling pauses about half an hour."""
KEEP_TRYING = timedelta(days=2)
"""How long a channel may be down: a night without a network is no reason to think a collaborator gone."""


@runtime_checkable
class Searchable(Protocol):
    """A carrier that can tell whether a message arrived."""

    async def find(self, chat: str, ids: Sequence[int], buttons: tuple[Button, ...]) -> str | None:
        """Which of *ids* is a message of ours in *chat*; None when none is. Raises like `Carrier.send`."""
        ...


class Sender:
    """The one sender of an installation.

    Whatever touches the database runs in a thread of its own: a write waits for the turn that is being answered, and
    the event loop must not.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        carriers: Mapping[str, Carrier],
        pace: Pace,
        *,
        hold_back: Callable[[Outgoing], str | None] = lambda _: None,
    ) -> None:
        """*hold_back* is asked last before a message leaves, and gives the reason why it may not."""
        self._store = store
        self._hold_back = hold_back
        self._clock = clock
        self._people = people
        self._carriers = carriers
        self._pace = pace
        self._outbox = Outbox(store, clock)
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def wake(self) -> None:
        """Tells the sender, from any thread, that something new may be waiting."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Sends until cancelled."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._recover)
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                for message in await asyncio.to_thread(self._claim, AT_ONCE - len(under_way)):
                    task = asyncio.create_task(self._deliver(message))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
                    task.add_done_callback(lambda _: self._wake.set())
                with_timeout = asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
                await asyncio.gather(with_timeout, return_exceptions=True)
        finally:
            await asyncio.gather(*under_way, return_exceptions=True)

    def _recover(self) -> None:
        with self._store.transaction() as db:
            await_search(db, [name for name, carrier in self._carriers.items() if isinstance(carrier, Searchable)])
            self._outbox.recover()

    def _claim(self, room: int) -> tuple[Outgoing, ...]:
        if not room:
            return ()
        try:
            return self._outbox.claim_due(room, channels=self._carriers)
        except sqlite3.Error:
            # Somebody holds the database for long; the sender must outlive that.
            log.exception("nothing_claimed")
            return ()

    async def send_due(self) -> int:
        """Sends everything that may go now, once; gives how many were tried. For tests and for shutting down."""
        tried = 0
        while messages := await asyncio.to_thread(self._claim, AT_ONCE):
            await asyncio.gather(*(self._deliver(message) for message in messages))
            tried += len(messages)
        return tried

    def _wait(self, message: Outgoing) -> timedelta:
        leaving = ROOM_FOR_REPLIES if message.priority >= Priority.CAMPAIGN else 0
        return self._pace.delay(message.channel, message.chat, self._clock.now(), leaving=leaving)

    async def _deliver(self, message: Outgoing) -> None:
        while (wait := self._wait(message)) > timedelta(0):
            await asyncio.sleep(wait.total_seconds())
        self._pace.take(message.channel, message.chat, self._clock.now())
        noted = await self._attempt(message)
        while True:
            try:
                return await asyncio.to_thread(noted)
            except sqlite3.Error:
                # The message went out or did not: forgetting which would send it twice or hold up its chat.
                log.exception("delivery_not_noted", outbox_row=message.id)
                await asyncio.sleep(IDLE_SECONDS)

    async def _attempt(self, message: Outgoing) -> Callable[[], None]:
        """Hands *message* over once; gives what is to be noted of it."""
        try:
            external_id = await self._hand_over(message)
        except Unreachable as error:
            return partial(self._give_up_chat, message, error.reason)
        except RetryLater as error:
            return partial(self._later, message, error, give_up=self._clock.now() - message.created > KEEP_TRYING)
        except Held as error:
            return partial(self._hold, message, error)
        except DeliveryError as error:
            log.warning("delivery_refused", outbox_row=message.id, channel=message.channel, error=type(error).__name__)
            return partial(self._outbox.fail, message.id, type(error).__name__)
        except Exception as error:
            log.exception("delivery_broke", outbox_row=message.id, channel=message.channel)
            again = RetryLater(FIRST_PAUSE_SECONDS, type(error).__name__)
            return partial(self._later, message, again, give_up=message.attempts >= GIVE_UP_AFTER)
        return partial(self._outbox.mark_sent, message.id, external_id)

    async def _hand_over(self, message: Outgoing) -> str:
        carrier = self._carriers[message.channel]
        reply, shown = await asyncio.to_thread(self._prepare, message)
        if message.edits_external_id is not None:
            await carrier.edit(message.chat, message.edits_external_id, reply, shown)
            return message.edits_external_id
        if message.at_most_once and message.reason == INTERRUPTED and isinstance(carrier, Searchable):
            ids = await asyncio.to_thread(lambda: possible_ids(self._store.db, message))
            if ids is None:
                raise Held(INTERRUPTED)
            if (found := await carrier.find(message.chat, ids, shown)) is not None:
                return found
        return await carrier.send(message.chat, reply, shown)

    def _prepare(self, message: Outgoing) -> tuple[Reply, tuple[Button, ...]]:
        if (why := self._hold_back(message)) is not None:
            raise Held(why)
        reply = render(message, self._clock.now())
        with self._store.transaction() as db:
            shown = buttons.issue(
                db,
                message.channel,
                message.chat,
                reply.choices,
                self._clock.now(),
                message=message.id,
                numbered=self._open_question(db, message) not in NUMBER_QUESTIONS,
            )
            return reply, shown

    def _open_question(self, db: Database, message: Outgoing) -> str | None:
        person = self._people.known(message.channel, message.chat)
        if relays.talks(db, person, message.channel, message.chat):
            return TALKING
        return None if person is None else recall(db, conversation_of(person, message.channel)).question

    def _give_up_chat(self, message: Outgoing, reason: str) -> None:
        with self._store.transaction():
            self._people.mark_unreachable(message.channel, message.chat, reason)
            self._outbox.park_chat(message.channel, message.chat, reason)

    def _hold(self, message: Outgoing, error: Held) -> None:
        if error.until is None:
            self._outbox.park(message.id, error.reason)
        else:
            self._outbox.postpone(message.id, error.until, error.reason)

    def _later(self, message: Outgoing, error: RetryLater, *, give_up: bool) -> None:
        if give_up:
            self._outbox.fail(message.id, f"gave up: {error.reason}")
            return
        doubtful = message.at_most_once and (error.maybe_sent or message.reason == INTERRUPTED)
        if doubtful and not isinstance(self._carriers[message.channel], Searchable):
            self._outbox.park(message.id, INTERRUPTED)
            return
        # Our own pauses have a longest; what the channel asks for is obeyed whatever it is.
        doubled = FIRST_PAUSE_SECONDS * 2 ** min(message.attempts - 1, DOUBLINGS)
        pause = max(error.seconds, min(LONGEST_PAUSE_SECONDS, doubled))
        until = self._clock.now() + timedelta(seconds=pause)
        self._pace.pause(message.channel, until, message.chat)
        self._outbox.retry_later(message.id, until, INTERRUPTED if doubtful else error.reason)
