"""A small office to test with: a database with its people, its book of leads and its outbox."""

import zlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bot import leads, outbox, people
from bot.clock import TurnedClock
from bot.leads import LeadBook, NewLead, Place, Role
from bot.outbox import Notices, Outbox
from bot.people import People, Purpose
from bot.store import Store

SETS = [people.MIGRATIONS, outbox.MIGRATIONS, leads.MIGRATIONS]
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
SINCE = date(2025, 7, 1)


def phone_of(chat: str) -> str:
    """Each household has a number of its own; those of `hoa` one that tests may look for."""
    return "+84903123456" if "hoa" in chat else f"+8490{zlib.crc32(chat.encode()) % 10**7:07}"


@dataclass
class Office:
    """A database with its people, book and outbox, and short ways to fill it."""

    store: Store
    clock: TurnedClock = field(default_factory=lambda: TurnedClock(MONDAY))

    def __post_init__(self):
        self.store.migrate(SETS)
        self.people = People(self.store, self.clock)
        self.book = LeadBook(self.store, self.clock, self.people)
        self.outbox = Outbox(self.store, self.clock)
        self.collaborators = self.book.collaborators

    def collaborator(self, name: str, *areas: str, chat: str | None = None, **more: Any) -> int:
        added = self.collaborators.add(name, **more)
        if chat is not None:
            self.collaborators.link(added, "telegram", chat)
        for area in areas:
            self.collaborators.give(added, area, SINCE)
        return added

    def centre(self, name: str = "Cô Hạnh", chat: str = "centre") -> int:
        return self.collaborator(name, chat=chat, role=Role.CENTRE)

    def person(self, chat: str = "hoa", phone: str | None = None) -> str:
        person = self.people.person_for("telegram", chat)
        self.people.set_name(person, "Chị Hoa")
        self.people.set_phone(person, phone or phone_of(chat), own=True)
        self.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel="telegram")
        return person

    def new(self, chat: str = "hoa", unit: str | None = "Xã Phú Giáo", **more: Any) -> NewLead:
        values: dict[str, Any] = {
            "person_id": self.person(chat),
            "channel": "telegram",
            "chat": chat,
            "place": Place(unit),
            "needs": ("machinery",),
            "facts": {"legal_form": "household_business", "employees": 18, "annual_revenue": 2_000_000_000},
            "results": ({"programme": "machinery", "verdict": "eligible", "criteria": []},),
        }
        return NewLead(**(values | more))

    def passed(self, chat: str = "hoa", unit: str | None = "Xã Phú Giáo", **more: Any) -> int:
        return self.book.create(self.new(chat, unit, **more)).lead.id

    def told(self, chat: str) -> list[Any]:
        """The notices in the outbox for a chat, oldest first."""
        notices = Notices(leads.NOTICES)
        return [
            notices.read(message.kind, message.payload)
            for channel in ("telegram", leads.STAFF_CHANNEL)
            for message in self.outbox.for_chat(channel, chat)
        ]

    def kinds(self, chat: str) -> list[str]:
        return [notice.kind for notice in self.told(chat)]

    def send_all(self) -> list[tuple[str, str, str | None]]:
        """Hands everything due to a channel that takes it; gives (chat, kind, edited id)."""
        handed = []
        while messages := self.outbox.claim_due(50):
            for message in messages:
                handed.append((message.chat, message.kind, message.edits_external_id))
                self.outbox.mark_sent(message.id, f"m{message.id}")
        return handed
