"""A Centre with people who agreed to campaigns, a book of campaigns, and a sender on a channel of the test's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.campaigns import recipients
from bot.campaigns.book import Kept
from bot.campaigns.dispatch import Fed
from bot.campaigns.parts import campaigns_on
from bot.campaigns.recipients import Recipient
from bot.clock import TurnedClock
from bot.messages.sender import Sender
from bot.outbox import Outbox, Pace
from bot.people import People, Purpose
from bot.screening.draft import Draft, save_draft
from bot.store import Store
from tests.messages.office import AT_ONCE, ScriptedCarrier

MONDAY_MORNING = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
"""9 o'clock in Vietnam on a day that is no holiday."""
ELIGIBLE: Mapping[str, Any] = {
    "need": ["fair_domestic"],
    "legal_form": "household_business",
    "registered": True,
    "activity": "manufactures",
    "trade_group": "handicraft",
    "employees": 8,
    "place": {"old": "Huyện Phú Giáo", "new_unit": "Xã Phú Giáo", "unit_type": "xa", "province": None},
    "prior_support_same_item": False,
}
TEXT = """
key: {key}
title: Hội chợ tháng ba
topic: fair_domestic
text: |
  {{name}} ơi, hội chợ bắt đầu ngày {{opens}}, xưởng ở {{place}} có thể thuộc nhóm được hỗ trợ.
values:
  opens: 2027-03-12
"""


@dataclass
class Centre:
    """Everything on one database file."""

    path: Path
    clock: TurnedClock = field(default_factory=lambda: TurnedClock(MONDAY_MORNING))

    def __post_init__(self) -> None:
        self.store = Store(self.path)
        self.people = People(self.store, self.clock)
        parts = campaigns_on(self.store, self.clock, self.people)
        self.book, self.dispatch, self.assessor = parts.book, parts.dispatch, parts.assessor
        self.outbox = Outbox(self.store, self.clock)
        self.carrier = ScriptedCarrier(name="telegram")
        self.sender = Sender(
            self.store,
            self.clock,
            self.people,
            {"telegram": self.carrier},
            Pace({}, AT_ONCE),
            hold_back=self.dispatch.hold_back,
        )

    def person(
        self, chat: str, *, agreed: bool = True, channel: str = "telegram", facts: Mapping[str, Any] = ELIGIBLE
    ) -> str:
        """A person with a chat and, where *facts* are given, a screening."""
        person = self.people.person_for(channel, chat)
        if agreed:
            self.people.record_consent(person, Purpose.CAMPAIGN, text_version="t", channel=channel)
        if facts:
            with self.store.transaction() as db:
                save_draft(db, Draft(person, facts), self.clock.now())
        return person

    def draft(self, more: str = "", key: str = "fair") -> Kept:
        """A campaign from the text above and *more*."""
        file = self.path.parent / f"{key}.yml"
        file.write_text(TEXT.format(key=key) + more, "utf8")
        return self.book.draft(file)

    def scheduled(self, more: str = "", key: str = "fair") -> Kept:
        """The same, to begin at once."""
        self.draft(more, key)
        return self.book.schedule(key)

    async def work(self, *, rounds: int = 1, by: timedelta = timedelta(seconds=1)) -> Fed:
        """Feeds and sends for some rounds, the clock moving on after each; gives what the last round did."""
        fed = Fed()
        for _ in range(rounds):
            fed = self.dispatch.round()
            await self.sender.send_due()
            self.clock.turn(by)
        return fed

    def of(self, person: str, key: str = "fair") -> Recipient:
        """The frozen row of a person."""
        (one,) = recipients.select(self.store.db, "campaign_id = ? AND person_id = ?", [self.book.get(key).id, person])
        return one

    def heard(self) -> list[str]:
        """The chats that had a message, in order."""
        return [chat for chat, _ in self.carrier.taken]
