"""A campaign lives through anything in any order: people come, leave and are erased; it is paused; the sender dies."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.assembly import migrate
from bot.campaigns.answers import CampaignErasure
from bot.campaigns.life import State
from bot.campaigns.manners import may_disturb
from bot.messages.erasure import MessageErasure
from bot.outbox import Outgoing
from bot.people import Purpose
from tests.campaigns.centre import Centre

PEOPLE = 6
people = some.integers(0, PEOPLE - 1)


class CampaignLives(RuleBasedStateMachine):
    """The real book, feeder and outbox; the channel is a list, and its sender may die with a message in its hands."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "lives.sqlite"
        self.centre = Centre(path)
        migrate(self.centre.store)
        self.centre.store.db.execute("PRAGMA synchronous=OFF")
        self.persons: list[str | None] = [self.centre.person(str(n), facts={}) for n in range(PEOPLE)]
        self.taken: Counter[str] = Counter()
        self.centre.scheduled()

    def teardown(self) -> None:
        if hasattr(self, "centre"):
            self.centre.store.close()
            self.folder.cleanup()

    @property
    def state(self) -> State:
        return self.centre.book.get("fair").state

    @rule(hours=some.sampled_from([0, 0, 1, 7, 30]))
    def time_passes(self, hours: int) -> None:
        self.centre.clock.turn(timedelta(hours=hours, seconds=1))

    @rule()
    def the_feeder_looks(self) -> None:
        self.centre.dispatch.round()

    @rule(dies=some.booleans())
    def the_sender_works(self, dies: bool) -> None:
        for message in self.centre.outbox.claim_due(2):
            if dies:
                self.centre.outbox.recover()
                return
            self._deliver(message)

    def _deliver(self, message: Outgoing) -> None:
        why = self.centre.dispatch.hold_back(message)
        if why is not None:
            self.centre.outbox.park(message.id, why)
            return
        assert may_disturb(self.centre.clock.now())
        person = self.centre.people.known("telegram", message.chat)
        assert person is not None
        assert self.centre.people.has_consent(person, Purpose.CAMPAIGN)
        assert self.state is State.RUNNING
        self.taken[message.chat] += 1
        self.centre.outbox.mark_sent(message.id, str(sum(self.taken.values())))

    @rule(number=people)
    def somebody_leaves(self, number: int) -> None:
        if (person := self.persons[number]) is not None:
            self.centre.people.withdraw_consent(person, Purpose.CAMPAIGN)

    @rule(number=people)
    def somebody_comes_back(self, number: int) -> None:
        if (person := self.persons[number]) is not None:
            self.centre.people.record_consent(person, Purpose.CAMPAIGN, text_version="t", channel="telegram")

    @rule(number=people)
    def somebody_is_erased(self, number: int) -> None:
        if (person := self.persons[number]) is not None:
            self.centre.people.erase(person, [CampaignErasure(), MessageErasure()])
            self.persons[number] = None

    @precondition(lambda self: self.state is State.RUNNING)
    @rule()
    def it_is_paused(self) -> None:
        self.centre.book.pause("fair")

    @precondition(lambda self: self.state is State.PAUSED)
    @rule()
    def it_goes_on(self) -> None:
        self.centre.book.resume("fair")

    @invariant()
    def nobody_had_it_twice(self) -> None:
        if hasattr(self, "taken"):
            assert all(times == 1 for times in self.taken.values())

    @invariant()
    def when_it_is_over_everybody_is_accounted_for(self) -> None:
        if hasattr(self, "centre") and self.state is State.FINISHED:
            db = self.centre.store.db
            open_ones = db.conn.execute(
                "SELECT count(*) FROM campaign_recipients WHERE state IN ('pending', 'queued')"
            ).fetchone()
            assert open_ones == (0,)


TestCampaignLives = CampaignLives.TestCase
TestCampaignLives.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
