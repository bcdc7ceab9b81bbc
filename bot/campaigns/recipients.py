"""The frozen recipients of a campaign: one row a person, with its state and the reason for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bot.campaigns.decision import Why
from bot.campaigns.known import Chat, Person
from bot.campaigns.segment import Because
from bot.campaigns.terms import Terms
from bot.outbox import plain, typed
from bot.store import as_text, from_text


class Stage(StrEnum):
    """Where a recipient stands."""

    PENDING = "pending"
    QUEUED = "queued"
    """In the outbox or on its way."""
    SENT = "sent"
    FAILED = "failed"
    """The channel could not deliver it."""
    SKIPPED = "skipped"
    """Not written to, by a rule or a wish."""
    UNCERTAIN = "uncertain"
    """On its way when the service died: not sent again, lest it arrive twice."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One frozen row."""

    id: int
    campaign_id: int
    person_id: str | None
    """None once erased."""
    channel: str
    chat: str | None
    because: tuple[Because, ...]
    place: str | None
    trade: str | None
    stage: Stage
    reason: str | None
    round: int
    """1, and more when the person asked to be reminded."""
    outbox_id: int | None
    sent_at: datetime | None


def subject_of(recipient_id: int) -> str:
    """What an outbox message to this recipient is about."""
    return f"campaign_recipient:{recipient_id}"


def recipient_of(subject: str | None) -> int | None:
    """The recipient that an outbox message is about; None when it is of no campaign."""
    head, _, number = (subject or "").partition(":")
    return int(number) if head == "campaign_recipient" and number.isdigit() else None


def best_chat(chats: Sequence[Chat], terms: Mapping[str, Terms]) -> Chat | None:
    """The chat to write to: one that can be reached, on the channel that stands first in *terms*."""
    order = list(terms)
    fitting = [chat for chat in chats if chat.reachable and chat.channel in terms]
    return min(fitting, key=lambda chat: order.index(chat.channel), default=None)


def freeze(
    db: Database,
    campaign_id: int,
    found: Iterable[tuple[Person, tuple[Because, ...]]],
    terms: Mapping[str, Terms],
    at: datetime,
) -> int:
    """Makes a row for every person, in the caller's transaction; gives how many are new. Harmless when repeated."""
    made = 0
    for person, because in found:
        chat = best_chat(person.chats, terms)
        made += db.execute(
            "INSERT INTO campaign_recipients"
            " (campaign_id, person_id, channel, chat, because, place, trade, state, reason, not_before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (campaign_id, person_id) DO NOTHING",
            [
                campaign_id,
                person.known.person,
                chat.channel if chat else next((one.channel for one in person.chats), ""),
                chat.chat if chat else None,
                json.dumps(plain(because), ensure_ascii=False),
                person.place,
                person.trade,
                Stage.PENDING if chat else Stage.FAILED,
                None if chat else Why.UNREACHABLE,
                as_text(at),
            ],
        ).rowcount
    return made


def set_stage(db: Database, recipient_id: int, stage: Stage, reason: str | None = None, **values: Any) -> None:
    """Moves a recipient on."""
    columns = {"state": stage, "reason": reason, **values}
    assignments = ", ".join(f"{name} = :{name}" for name in columns)
    db.execute(
        f"UPDATE campaign_recipients SET {assignments} WHERE id = :id",  # noqa: S608  # own names
        {**columns, "id": recipient_id},
    )


def due(db: Database, campaign_id: int, channel: str, moment: datetime, limit: int) -> tuple[Recipient, ...]:
    """Who may be looked at now on a channel, whose turn came first before others."""
    return select(
        db,
        "campaign_id = ? AND channel = ? AND state = 'pending' AND not_before <= ? ORDER BY not_before, id LIMIT ?",
        [campaign_id, channel, as_text(moment), limit],
    )


def select(db: Database, condition: str, values: Sequence[object]) -> tuple[Recipient, ...]:
    """The recipients that fulfil *condition*."""
    rows = db.query(f"SELECT * FROM campaign_recipients WHERE {condition}", list(values))  # noqa: S608  # own text
    return tuple(_recipient(row) for row in list(rows))


def _recipient(row: Mapping[str, Any]) -> Recipient:
    return Recipient(
        id=row["id"],
        campaign_id=row["campaign_id"],
        person_id=row["person_id"],
        channel=row["channel"],
        chat=row["chat"],
        because=tuple(typed(Because, reason) for reason in json.loads(row["because"])),
        place=row["place"],
        trade=row["trade"],
        stage=Stage(row["state"]),
        reason=row["reason"],
        round=row["round"],
        outbox_id=row["outbox_id"],
        sent_at=from_text(row["sent_at"]) if row["sent_at"] else None,
    )


def any_open(db: Database, campaign_id: int) -> bool:
    """Whether somebody is still to be written to, or a message is on its way."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM campaign_recipients WHERE campaign_id = :id AND state = 'pending')"
        " OR EXISTS (SELECT 1 FROM campaign_recipients WHERE campaign_id = :id AND state = 'queued')"
    )
    return bool(db.conn.execute(sql, {"id": campaign_id}).fetchone()[0])


def counts(db: Database, campaign_id: int) -> dict[Stage, int]:
    """How many recipients stand where."""
    rows = db.query(
        "SELECT state, count(*) AS n FROM campaign_recipients WHERE campaign_id = ? GROUP BY state", [campaign_id]
    )
    return {Stage(row["state"]): row["n"] for row in list(rows)}
