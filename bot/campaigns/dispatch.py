"""Sends running campaigns: starts what is due, feeds the outbox at the budget, and notes what became of it."""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.campaigns import recipients
from bot.campaigns.answers import note_context
from bot.campaigns.book import CampaignBook, Kept
from bot.campaigns.decision import Send, Skip, Standing, Wait, Why, decide, refused
from bot.campaigns.life import State
from bot.campaigns.manners import may_disturb, next_chance
from bot.campaigns.message import CampaignMessage, message_for
from bot.campaigns.quota import left_this_month
from bot.campaigns.recipients import Recipient, Stage, recipient_of, subject_of
from bot.campaigns.standing import standing_of
from bot.outbox import Outgoing, Priority, enqueue
from bot.outbox import State as OutboxState
from bot.outbox.outcomes import Outcome, outcomes, take_back
from bot.people import People
from bot.store import as_text

LEASE = timedelta(seconds=15)
AHEAD_SECONDS = 1.0
"""How much of a channel's budget may wait in the outbox: little, so that a pause or a "dừng" takes effect at once."""
LOOKED_AT = 20
"""Recipients looked at in one go beyond those that the budget allows: some of them wait or are left out."""


Step = Send | Wait | Skip
_Planned = tuple[Recipient, Step]


@dataclass(frozen=True, slots=True)
class Fed:
    """What one round did."""

    started: int = 0
    queued: int = 0
    skipped: int = 0
    settled: int = 0

    @property
    def anything(self) -> bool:
        """Whether the sender has reason to look."""
        return self != Fed()


class CampaignDispatch:
    """The one feeder of campaign messages; a lease in the database keeps a second process from feeding too."""

    def __init__(self, book: CampaignBook, people: People, *, lease: timedelta = LEASE) -> None:
        self._book, self._people, self._lease = book, people, lease
        self._store, self._clock = book.store, book.clock
        self._holder = secrets.token_hex(8)
        self._held_until = self._clock.now()
        self._fed_at: dict[str, datetime] = {}
        self._tokens: dict[str, float] = {}

    def round(self) -> Fed:
        """Does everything that is due now; nothing when another process holds the lease."""
        if not self._in_state("scheduled", "running"):
            return Fed()
        if not self._hold():
            return Fed()
        started = sum(self._start(kept) for kept in self._book.in_state(State.SCHEDULED))
        with self._store.transaction() as db:
            settled = self._settle(db)
        steps: list[Step] = []
        for kept in self._book.in_state(State.RUNNING):
            # What takes time is read before the write lock is taken: a turn may be waiting for it.
            now = self._clock.now()
            plan = self._plan(kept, now)
            with self._store.transaction() as db:
                steps += self._carry_out(db, kept, plan, now)
        return Fed(started, steps.count(Send()), sum(isinstance(step, Skip) for step in steps), settled)

    def busy(self) -> bool:
        """Whether a campaign is running, so that the next round should come soon."""
        return self._in_state("running")

    def _in_state(self, *states: str) -> bool:
        marks = ", ".join("?" * len(states))
        sql = f"SELECT 1 FROM campaigns WHERE state IN ({marks}) LIMIT 1"  # noqa: S608  # own marks
        return self._store.db.conn.execute(sql, states).fetchone() is not None

    def _hold(self) -> bool:
        now = self._clock.now()
        if self._held_until - now > self._lease / 2:
            return True
        with self._store.transaction() as db:
            held = db.execute(
                "INSERT INTO campaign_lease (id, holder, until) VALUES (1, :me, :until) ON CONFLICT (id) DO UPDATE"
                " SET holder = :me, until = :until WHERE holder = :me OR until < :now",
                {"me": self._holder, "until": as_text(now + self._lease), "now": as_text(now)},
            ).rowcount
        self._held_until = now + self._lease if held else now
        return bool(held)

    def _start(self, kept: Kept) -> bool:
        now = self._clock.now()
        if kept.start_at is None or kept.start_at > now or not may_disturb(now):
            return False
        self._book.start(kept.campaign.key)
        return True

    # -- feeding ---------------------------------------------------------------------------------------------------

    def _plan(self, kept: Kept, now: datetime) -> list[_Planned]:
        """What to do with those whose turn it is, as far as the budget reaches."""
        if not may_disturb(now):
            return []
        db, planned = self._store.db, []
        for channel in self._book.terms:
            room = self._room(db, channel, now)
            for one in recipients.due(db, kept.id, channel, now, room + LOOKED_AT if room else 0):
                step = decide(kept.campaign, self._standing(db, one), now)
                if isinstance(step, Send):
                    if not room:
                        break
                    room -= 1
                    self._tokens[channel] -= 1
                planned.append((one, step))
        return planned

    def _carry_out(self, db: Database, kept: Kept, plan: list[_Planned], now: datetime) -> list[Step]:
        if self._book.by_id(kept.id).state is not State.RUNNING:
            return []  # paused or cancelled while it was planned
        for one, step in plan:
            if isinstance(step, Send):
                self._queue(db, kept, one, now)
            elif isinstance(step, Wait):
                recipients.set_stage(db, one.id, Stage.PENDING, not_before=as_text(step.until))
            else:
                stage = Stage.FAILED if step.why is Why.UNREACHABLE else Stage.SKIPPED
                recipients.set_stage(db, one.id, stage, step.why)
        if not recipients.any_open(db, kept.id):
            self._book.finish(kept)
        return [step for _, step in plan]

    def _room(self, db: Database, channel: str, now: datetime) -> int:
        """How many messages may join those waiting on a channel: what the budget gave since the last look."""
        terms = self._book.terms[channel]
        budget = terms.budget
        passed = (now - self._fed_at.get(channel, now)).total_seconds()
        ahead = max(1.0, budget * AHEAD_SECONDS)
        self._tokens[channel] = min(ahead, self._tokens.get(channel, 0.0) + max(0.0, passed) * budget)
        self._fed_at[channel] = now
        (row,) = db.query(
            "SELECT count(*) AS n FROM campaign_recipients WHERE state = 'queued' AND channel = ?", [channel]
        )
        waiting = int(row["n"])
        room = max(0, min(math.floor(self._tokens[channel]), math.ceil(ahead) * 2 - waiting))
        left = left_this_month(db, channel, terms, now)
        # What waits to be sent will be counted against the month too.
        return room if left is None else max(0, min(room, left - waiting))

    def _queue(self, db: Database, kept: Kept, one: Recipient, now: datetime) -> None:
        name = self._people.contact(one.person_id or "").name
        outbox_id = enqueue(
            db,
            now=now,
            channel=one.channel,
            chat=one.chat or "",
            notice=message_for(kept.campaign, self._clock.today(), name=name, place=one.place),
            subject=subject_of(one.id),
            priority=Priority.CAMPAIGN,
            at_most_once=True,
        )
        recipients.set_stage(db, one.id, Stage.QUEUED, outbox_id=outbox_id)

    def _standing(self, db: Database, one: Recipient) -> Standing:
        return standing_of(db, self._people, one, self._book.terms.get(one.channel), self._clock.now())

    # -- sending and after -----------------------------------------------------------------------------------------

    def hold_back(self, message: Outgoing) -> str | None:
        """Why a message that is about to leave may not after all; None lets it go.

        Asked by the sender for every message, because hours may lie between feeding and sending.
        """
        if message.kind != CampaignMessage.kind:
            return None
        number, db = recipient_of(message.subject), self._store.db
        if number is None:
            return None  # a test message to staff
        (one,) = recipients.select(db, "id = ?", [number])
        kept, now = self._book.by_id(one.campaign_id), self._clock.now()
        refusal = refused(kept.campaign, self._standing(db, one), now)
        if refusal is not None:
            return refusal
        return Why.NOT_NOW if kept.state is not State.RUNNING or not may_disturb(now) else None

    def _settle(self, db: Database) -> int:
        """Takes over from the outbox what became of the messages in it; gives how many are no longer on their way."""
        queued = recipients.select(db, "state = 'queued'", [])
        found = outcomes(db, [one.outbox_id for one in queued if one.outbox_id is not None])
        return sum(self._settle_one(db, one, found.get(one.outbox_id or 0)) for one in queued)

    def _settle_one(self, db: Database, one: Recipient, outcome: Outcome | None) -> bool:
        if outcome is None:
            recipients.set_stage(db, one.id, Stage.SKIPPED, Why.ERASED)
        elif outcome.state is OutboxState.SENT:
            sent_at = outcome.sent_at or self._clock.now()
            recipients.set_stage(db, one.id, Stage.SENT, sent_at=as_text(sent_at))
            note_context(db, self._book.by_id(one.campaign_id).campaign, self._book.programmes, one, sent_at)
        elif outcome.state is OutboxState.FAILED:
            recipients.set_stage(db, one.id, Stage.FAILED, outcome.reason)
        elif outcome.state is OutboxState.PARKED:
            self._settle_parked(db, one, outcome.reason or "")
        else:
            return False
        return True

    def _settle_parked(self, db: Database, one: Recipient, reason: str) -> None:
        # What is held back for a lost chat would go out when it is back, long after the report said otherwise.
        take_back(db, [one.outbox_id or 0])
        if reason == Why.NOT_NOW:
            again = as_text(next_chance(self._clock.now()))
            recipients.set_stage(db, one.id, Stage.PENDING, outbox_id=None, not_before=again)
        elif reason == Why.INTERRUPTED:
            recipients.set_stage(db, one.id, Stage.UNCERTAIN, reason)
        elif reason in set(Why) - {Why.UNREACHABLE}:
            recipients.set_stage(db, one.id, Stage.SKIPPED, reason)
        else:
            recipients.set_stage(db, one.id, Stage.FAILED, reason)

    def remind(self, key: str, person_id: str, at: datetime) -> bool:
        """Sends the message again at *at*, because the person asked for it; says whether there is one to send."""
        with self._store.transaction() as db:
            kept = self._book.get(key)
            if kept.state not in (State.RUNNING, State.PAUSED, State.FINISHED):
                return False
            changed = db.execute(
                "UPDATE campaign_recipients SET state = 'pending', reason = NULL, outbox_id = NULL,"
                " round = round + 1, not_before = ? WHERE campaign_id = ? AND person_id = ? AND state = 'sent'",
                [as_text(next_chance(at)), kept.id, person_id],
            ).rowcount
            if changed and kept.state is State.FINISHED:
                self._book.wake(kept)
            return bool(changed)
