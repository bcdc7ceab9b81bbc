"""Random lives of an outbox: nothing is lost, order holds in each chat, and no key is kept twice."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.clock import TurnedClock
from bot.outbox import MIGRATIONS, Outbox, State, enqueue
from bot.store import Store

CHATS = st.sampled_from(["a", "b", "c"])


@dataclass(frozen=True, slots=True)
class Note:
    kind: ClassVar[str] = "note"
    number: int


class OutboxLife(RuleBasedStateMachine):
    @initialize()
    def start(self):
        self.clock = TurnedClock()
        self.store = Store(None)
        self.store.migrate([MIGRATIONS])
        self.outbox = Outbox(self.store, self.clock)
        self.put_in: dict[int, str] = {}
        self.keys: dict[str, int] = {}
        self.held: dict[int, str] = {}
        self.sent: dict[str, list[int]] = {}
        self.given_up: set[int] = set()

    @rule(chat=CHATS, key=st.none() | st.sampled_from(["k1", "k2", "k3"]))
    def put(self, chat, key):
        with self.store.transaction() as db:
            message = enqueue(
                db, now=self.clock.now(), channel="telegram", chat=chat, notice=Note(len(self.put_in)), dedupe_key=key
            )
        if key is not None and key in self.keys:
            assert message == self.keys[key]
            return
        if key is not None:
            self.keys[key] = message
        assert message not in self.put_in
        self.put_in[message] = chat

    @rule(limit=st.integers(1, 4))
    def claim(self, limit):
        for message in self.outbox.claim_due(limit):
            assert message.chat not in self.held.values()
            self.held[message.id] = message.chat

    @rule(data=st.data(), how=st.sampled_from(["sent", "retry", "fail", "park"]))
    def settle(self, data, how):
        if not self.held:
            return
        message = data.draw(st.sampled_from(sorted(self.held)))
        chat = self.held.pop(message)
        if how == "sent":
            self.outbox.mark_sent(message, f"x{message}")
            self.sent.setdefault(chat, []).append(message)
        elif how == "retry":
            self.outbox.retry_later(message, self.clock.now() + timedelta(seconds=5), "429")
        else:
            getattr(self.outbox, how)(message, "why")
            self.given_up.add(message)

    @rule()
    def crash(self):
        assert self.outbox.recover() == len(self.held)
        self.held.clear()

    @rule(seconds=st.integers(1, 10))
    def wait(self, seconds):
        self.clock.turn(timedelta(seconds=seconds))

    @invariant()
    def each_chat_is_served_in_order(self):
        for messages in self.sent.values():
            assert messages == sorted(messages)

    @invariant()
    def nothing_is_lost_or_made_up(self):
        rows = {row["id"]: row["state"] for row in self.store.db.query("SELECT id, state FROM outbox")}
        assert set(rows) == set(self.put_in)
        done = {message for messages in self.sent.values() for message in messages}
        assert {message for message, state in rows.items() if state == State.SENT} == done
        assert {message for message, state in rows.items() if state == State.SENDING} == set(self.held)

    def teardown(self):
        self.outbox.recover()
        self.held.clear()
        for _ in range(len(self.put_in) + 1):
            self.clock.turn(timedelta(seconds=10))
            self.claim(100)
            for message, chat in list(self.held.items()):
                self.outbox.mark_sent(message)
                self.sent.setdefault(chat, []).append(message)
            self.held.clear()
        self.each_chat_is_served_in_order()
        assert {message for messages in self.sent.values() for message in messages} == set(self.put_in) - self.given_up
        self.store.close()


OutboxLife.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestOutboxLife = OutboxLife.TestCase
