"""Taking messages out of the outbox, telling how each one went, and giving back what a dead sender held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.errors import StoreError
from bot.outbox.erasure import forget
from bot.outbox.outbox import ERASED, Outgoing, State, Summary
from bot.store import Store, as_text, from_text

# In one chat a message waits for those before it that are due, on their way, or being tried again;
# one that is merely planned for later holds nobody up.
_DUE = """
    SELECT o.* FROM outbox o
    WHERE o.state = 'queued' AND o.not_before <= :now {channels}
      AND NOT EXISTS (
        SELECT 1 FROM outbox e
        WHERE e.channel = o.channel AND e.chat = o.chat AND e.state IN ('queued', 'sending')
          AND (e.state = 'sending'
               OR ((e.not_before <= :now OR e.attempts > 0) AND (e.priority, e.id) < (o.priority, o.id))))
    ORDER BY o.priority, o.id
    LIMIT :limit
"""

_HELD = f"channel = :channel AND chat = :chat AND state = 'parked' AND unreachable = 1 AND kind != '{ERASED}'"
_END_OUTDATED = f"""
    UPDATE outbox SET state = 'failed', reason = 'out of date: ' || reason WHERE {_HELD} AND created < :since
"""  # noqa: S608  # own text
_RELEASE = f"""
    UPDATE outbox SET state = 'queued', unreachable = 0, reason = NULL, attempts = 0, not_before = :now WHERE {_HELD}
"""  # noqa: S608  # own text

_GOING = "SELECT id FROM outbox WHERE channel = ? AND chat = ? AND state IN ('queued', 'sending')"


class Outbox:
    """The sender's side of the outbox; one sender at a time holds a message."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def claim_due(self, limit: int, *, channels: Collection[str] | None = None) -> tuple[Outgoing, ...]:
        """Up to *limit* messages that may go now, at most one a chat, marked as being sent.

        *channels* narrows it to those that can send at the moment; None means all.
        """
        now = as_text(self._clock.now())
        names = {} if channels is None else {f"channel{place}": name for place, name in enumerate(sorted(channels))}
        only = "" if channels is None else f"AND o.channel IN ({', '.join(f':{name}' for name in names)})"
        with self._store.transaction() as db:
            rows = list(db.query(_DUE.format(channels=only), {"now": now, "limit": limit, **names}))
            for row in rows:
                db.execute(
                    "UPDATE outbox SET state = 'sending', attempts = attempts + 1, claimed_at = ? WHERE id = ?",
                    [now, row["id"]],
                )
                row["state"], row["attempts"] = State.SENDING, row["attempts"] + 1
            return tuple(self._outgoing(row) for row in rows)

    def mark_sent(self, message_id: int, external_id: str | None = None) -> None:
        """Notes that the channel took it, under *external_id*."""
        self._settle(message_id, State.SENT, sent_at=as_text(self._clock.now()), external_id=external_id, reason=None)

    def retry_later(self, message_id: int, at: datetime, reason: str) -> None:
        """Gives it back, to be tried again from *at*; later messages of the same chat wait behind it.

        One whose words were erased meanwhile is not tried again.
        """
        if not self._park_erased(message_id):
            self._settle(message_id, State.QUEUED, not_before=as_text(at), reason=reason)

    def postpone(self, message_id: int, at: datetime, reason: str) -> None:
        """Gives it back untried, to go from *at*; meanwhile it holds up no other message of its chat."""
        if not self._park_erased(message_id):
            self._settle(message_id, State.QUEUED, not_before=as_text(at), reason=reason, attempts=0)

    def _park_erased(self, message_id: int) -> bool:
        message = self.get(message_id)
        erased = message is not None and message.kind == ERASED
        if erased:
            self.park(message_id, ERASED)
        return erased

    def release(self, channel: str, chat: str, reasons: Collection[str], since: datetime) -> int:
        """Lets go what was parked or postponed in a chat for one of *reasons* and written after *since*; gives how many."""
        now = as_text(self._clock.now())
        marks = ", ".join("?" * len(reasons))
        with self._store.transaction() as db:
            return int(
                db.execute(
                    "UPDATE outbox SET state = 'queued', attempts = 0, not_before = ?, reason = NULL"  # noqa: S608
                    f" WHERE channel = ? AND chat = ? AND state IN ('parked', 'queued') AND created > ?"
                    f" AND reason IN ({marks})",
                    [now, channel, chat, as_text(since), *reasons],
                ).rowcount
            )

    def fail(self, message_id: int, reason: str) -> None:
        """Gives up: the channel will never take it."""
        self._settle(message_id, State.FAILED, reason=reason)

    def park(self, message_id: int, reason: str) -> None:
        """Holds it back, to be looked at or released later."""
        self._settle(message_id, State.PARKED, reason=reason)

    def _settle(self, message_id: int, state: State, **values: Any) -> None:
        assignments = ", ".join(f"{name} = :{name}" for name in values)
        with self._store.transaction() as db:
            # A message erased while it was on its way is gone, and stays gone.
            row = next(iter(list(db.query("SELECT state, forget FROM outbox WHERE id = ?", [message_id]))), None)
            if row is None:
                return
            if row["state"] != State.SENDING:
                raise StoreError(f"message {message_id} is {row['state']}, not being sent")
            if row["forget"] and state is not State.QUEUED:
                forget(db, [message_id])
                return
            db.execute(
                f"UPDATE outbox SET state = :state, {assignments} WHERE id = :id",  # noqa: S608  # own names
                {"state": state, "id": message_id, **values},
            )

    def recover(self) -> int:
        """After a crash: gives back what was being sent; gives how many. Call it before the only sender starts.

        Whether the channel took such a message cannot be known, so it is sent again, unless it was to go at most once.
        """
        with self._store.transaction() as db:
            parked = db.execute(
                "UPDATE outbox SET state = 'parked', reason = 'interrupted'"
                " WHERE state = 'sending' AND (at_most_once = 1 OR kind = ?)",
                [ERASED],
            ).rowcount
            queued = db.execute(
                "UPDATE outbox SET state = 'queued', reason = 'interrupted' WHERE state = 'sending'"
            ).rowcount
            return int(parked) + int(queued)

    def release_chat(self, channel: str, chat: str, since: datetime) -> int:
        """Lets go what was held back while a chat could not be reached; what was written before *since* ends instead.

        Gives how many messages go. What is held back for another reason stays.
        """
        values = {"channel": channel, "chat": chat, "since": as_text(since), "now": as_text(self._clock.now())}
        with self._store.transaction() as db:
            db.execute(_END_OUTDATED, values)
            return int(db.execute(_RELEASE, values).rowcount)

    def park_chat(self, channel: str, chat: str, reason: str) -> int:
        """Holds back everything that waits for a chat that cannot be reached; gives how many."""
        with self._store.transaction() as db:
            forget(db, [row["id"] for row in list(db.query(_GOING, [channel, chat]))])
            return int(
                db.execute(
                    "UPDATE outbox SET state = 'parked', unreachable = 1, reason = ?"
                    " WHERE channel = ? AND chat = ? AND state IN ('queued', 'sending')",
                    [reason, channel, chat],
                ).rowcount
            )

    def get(self, message_id: int) -> Outgoing | None:
        """One message; None when there is none of that id."""
        row = next(iter(list(self._store.db.query("SELECT * FROM outbox WHERE id = ?", [message_id]))), None)
        return None if row is None else self._outgoing(row)

    def for_chat(self, channel: str, chat: str, *, after: int = 0, limit: int = 100) -> tuple[Outgoing, ...]:
        """A chat's messages with ids above *after*, oldest first: what a polling page or the staff page shows."""
        rows = self._store.db.query(
            "SELECT * FROM outbox WHERE channel = ? AND chat = ? AND id > ? ORDER BY id LIMIT ?",
            [channel, chat, after, limit],
        )
        return tuple(self._outgoing(row) for row in list(rows))

    def holding(self, channel: str, chat: str, words: str) -> Outgoing | None:
        """The newest message to a chat whose payload holds *words*; None when there is none."""
        rows = self._store.db.query(
            "SELECT * FROM outbox WHERE channel = ? AND chat = ? AND instr(payload, ?) > 0 ORDER BY id DESC LIMIT 1",
            [channel, chat, words],
        )
        return next((self._outgoing(row) for row in list(rows)), None)

    def subject_of(self, channel: str, chat: str, external_id: str) -> str | None:
        """What the message is about that the channel knows by *external_id*; None when it is not known here."""
        rows = self._store.db.query(
            "SELECT subject FROM outbox WHERE channel = ? AND chat = ? AND external_id = ? AND subject IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            [channel, chat, external_id],
        )
        return next((str(row["subject"]) for row in list(rows)), None)

    def standing(self, channel: str, chat: str) -> list[Outgoing]:
        """A chat's messages as they stand, oldest first: a message that was replaced gives way to the newest one."""
        rows = self._store.db.query(
            "SELECT * FROM outbox WHERE channel = ? AND chat = ? AND state != 'failed' ORDER BY id", [channel, chat]
        )
        shown: dict[int, Outgoing] = {}
        for row in list(rows):
            shown[row["edits"] if row["edits"] in shown else row["id"]] = self._outgoing(row)
        return list(shown.values())

    def waiting(self, channel: str, chat: str) -> tuple[Outgoing, ...]:
        """A chat's messages that nobody has fetched or sent, oldest first."""
        rows = self._store.db.query(
            "SELECT * FROM outbox WHERE channel = ? AND chat = ? AND state = 'queued' ORDER BY id", [channel, chat]
        )
        return tuple(self._outgoing(row) for row in list(rows))

    def mark_fetched(self, message_ids: Collection[int]) -> None:
        """Notes that the person's own page fetched these messages: on a polling channel that is how they are sent."""
        now = as_text(self._clock.now())
        with self._store.transaction() as db:
            db.conn.executemany(
                "UPDATE outbox SET state = 'sent', attempts = 1, sent_at = ? WHERE id = ? AND state = 'queued'",
                [(now, message_id) for message_id in message_ids],
            )
            forget(db, message_ids)

    def next_due(self) -> datetime | None:
        """When the next queued message may go; None when nothing waits."""
        (row,) = self._store.db.query("SELECT min(not_before) AS at FROM outbox WHERE state = 'queued'")
        return from_text(row["at"]) if row["at"] else None

    def summary(self) -> Summary:
        """How much waits."""
        db = self._store.db
        counts = {row["state"]: row["n"] for row in db.query("SELECT state, count(*) AS n FROM outbox GROUP BY state")}
        (row,) = db.query(
            "SELECT min(not_before) AS at FROM outbox WHERE state = 'queued' AND not_before <= ?",
            [as_text(self._clock.now())],
        )
        return Summary(counts, from_text(row["at"]) if row["at"] else None)

    def _outgoing(self, row: dict[str, Any]) -> Outgoing:
        edits = None
        if row["edits"] is not None:
            edited = self._store.db.query("SELECT external_id FROM outbox WHERE id = ?", [row["edits"]])
            edits = next((earlier["external_id"] for earlier in list(edited)), None)
        return Outgoing(
            id=row["id"],
            channel=row["channel"],
            chat=row["chat"],
            kind=row["kind"],
            payload=row["payload"],
            state=State(row["state"]),
            attempts=row["attempts"],
            created=from_text(row["created"]),
            subject=row["subject"],
            edits_external_id=edits,
            external_id=row["external_id"],
            reason=row["reason"],
            at_most_once=bool(row["at_most_once"]),
            priority=row["priority"],
        )
