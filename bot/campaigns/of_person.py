"""What campaigns keep about one person, for that person to have: what was sent and why, its answers, its wishes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.campaigns.answers import How
from bot.campaigns.recipients import Stage
from bot.store import from_text


@dataclass(frozen=True, slots=True)
class Received:
    """A campaign that the person was chosen for."""

    campaign: str
    channel: str
    because: tuple[Any, ...]
    """What was known of the person that made it one of the recipients, as plain values."""
    place: str | None
    trade: str | None
    stage: Stage
    reason: str | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person did about a campaign."""

    campaign: str
    at: datetime
    how: How
    place: str | None
    """Where the poster hung that it came by."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A topic that the person wants to hear of, or not."""

    topic: str
    wanted: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptByCampaigns:
    """Everything, oldest first."""

    received: tuple[Received, ...]
    answers: tuple[Answered, ...]
    wishes: tuple[Wish, ...]


def of_person(db: Database, person: str) -> KeptByCampaigns:
    """What is kept about *person*."""
    return KeptByCampaigns(
        received=tuple(
            Received(
                row["key"],
                row["channel"],
                tuple(json.loads(row["because"])),
                row["place"],
                row["trade"],
                Stage(row["state"]),
                row["reason"],
                from_text(row["sent_at"]) if row["sent_at"] else None,
            )
            for row in db.query(
                "SELECT r.*, c.key FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id"
                " WHERE r.person_id = ? ORDER BY r.id",
                [person],
            )
        ),
        answers=tuple(
            Answered(row["campaign_key"], from_text(row["at"]), How(row["how"]), row["place"])
            for row in db.query("SELECT * FROM campaign_answers WHERE person_id = ? ORDER BY id", [person])
        ),
        wishes=tuple(
            Wish(row["topic"], bool(row["wanted"]), from_text(row["at"]))
            for row in db.query("SELECT * FROM campaign_wishes WHERE person_id = ? ORDER BY at, topic", [person])
        ),
    )
