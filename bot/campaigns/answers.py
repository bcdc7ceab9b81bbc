"""What people answered to campaigns, their wishes about topics, and which campaign brought somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlite_utils import Database

from bot.campaigns.campaign import Campaign
from bot.campaigns.recipients import Recipient
from bot.programmes.catalogue import Programmes
from bot.screening.kept import last_words_of
from bot.screening.memory import Task, recall, remember
from bot.store import as_text

IN_REPLY = timedelta(days=14)
"""How long after a campaign's message what somebody writes counts as an answer to it."""
BROUGHT = timedelta(days=60)
"""How long after a link or an answer a case counts as brought by the campaign."""


class How(StrEnum):
    """How somebody answered."""

    LINK = "link"
    """Came by a poster's code or a link."""
    CHECK = "check"
    CONDITIONS = "conditions"
    LATER = "later"
    STOP = "stop"
    STOP_TOPIC = "stop_topic"
    REPLY = "reply"
    """Wrote something."""


def record(db: Database, person: str, key: str, how: How, at: datetime, *, place: str | None = None) -> None:
    """Keeps an answer, in the caller's transaction."""
    db.execute(
        "INSERT INTO campaign_answers (campaign_key, person_id, at, how, place) VALUES (?, ?, ?, ?, ?)",
        [key, person, as_text(at), how, place],
    )


def in_reply_to(db: Database, person: str, at: datetime) -> str | None:
    """The campaign whose message the person had last, while what it writes may still be about it; else None."""
    return _first(
        db,
        "SELECT c.key FROM campaign_recipients r JOIN campaigns c ON c.id = r.campaign_id"
        " WHERE r.person_id = ? AND r.sent_at > ? ORDER BY r.sent_at DESC LIMIT 1",
        [person, as_text(at - IN_REPLY)],
    )


def has_replied(db: Database, person: str, key: str) -> bool:
    """Whether it is kept already that the person wrote something after a campaign's message."""
    sql = "SELECT 1 FROM campaign_answers WHERE person_id = ? AND campaign_key = ? AND how = ? LIMIT 1"
    return _first(db, sql, [person, key, How.REPLY]) is not None


def has_answered(db: Database, person: str, key: str) -> bool:
    """Whether the person answered a campaign in any way."""
    sql = "SELECT 1 FROM campaign_answers WHERE person_id = ? AND campaign_key = ? LIMIT 1"
    return _first(db, sql, [person, key]) is not None


def brought_by(db: Database, person: str, at: datetime) -> str | None:
    """The campaign that brought the person to where it is: the last one that it came by or answered; else None."""
    return _first(
        db,
        "SELECT campaign_key FROM campaign_answers WHERE person_id = ? AND at > ? AND how NOT IN (?, ?)"
        " ORDER BY at DESC, id DESC LIMIT 1",
        [person, as_text(at - BROUGHT), How.STOP, How.STOP_TOPIC],
    )


def _first(db: Database, sql: str, values: list[str]) -> str | None:
    row = db.conn.execute(sql, values).fetchone()
    return None if row is None else str(row[0])


def wish(db: Database, person: str, topic: str, *, wanted: bool, at: datetime) -> None:
    """Keeps that a person wants this topic alone (with others it named), or does not want it."""
    if not wanted:
        db.execute("DELETE FROM campaign_wishes WHERE person_id = ? AND topic = ? AND wanted = 1", [person, topic])
    db.execute(
        "INSERT OR REPLACE INTO campaign_wishes (person_id, topic, wanted, at) VALUES (?, ?, ?, ?)",
        [person, topic, int(wanted), as_text(at)],
    )


def forget_wishes(db: Database, person: str) -> None:
    """Lets every topic be wanted again."""
    db.execute("DELETE FROM campaign_wishes WHERE person_id = ?", [person])


def note_context(db: Database, campaign: Campaign, programmes: Programmes, to: Recipient, at: datetime) -> None:
    """Lets a reply be understood: "được bao nhiêu vậy?" asks about the campaign's support kind; an open question stays.

    What was offered or answered before is over: a "dừng", an "ừ" or a "không phải" is about the message. When the person last spoke stays as it is.
    """
    if to.person_id is None:
        return
    memory = recall(db, f"{to.person_id}.{to.channel}")
    if memory.task is not Task.NONE or memory.question is not None:
        return
    if campaign.programme is not None:
        memory = replace(memory, topic=programmes[campaign.programme].topic, topic_age=0)
    spoke = last_words_of(db, to.person_id, to.channel)
    remember(db, replace(memory, offer=None, said=None), spoke or at)


class CampaignErasure:
    """The part of an erasure that belongs to this package: what was sent is still counted, to whom is gone."""

    name = "campaigns"

    def erase(self, db: Database, person_id: str) -> int:
        """Empties recipients and answers of the person and removes its wishes; gives the rows touched."""
        touched = 0
        for sql in (
            "UPDATE campaign_recipients SET person_id = NULL, chat = NULL, place = NULL, trade = NULL, because = '[]'"
            " WHERE person_id = ?",
            "UPDATE campaign_answers SET person_id = NULL WHERE person_id = ?",
            "DELETE FROM campaign_wishes WHERE person_id = ?",
        ):
            touched += db.execute(sql, [person_id]).rowcount
        return touched
