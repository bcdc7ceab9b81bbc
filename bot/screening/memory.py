"""What the bot must remember of a conversation between two messages, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from bot.store import as_text


class Task(StrEnum):
    """What is open."""

    NONE = "none"
    SCREENING = "screening"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of one conversation."""

    conversation: str
    task: Task = Task.NONE
    question: str | None = None
    """The fact last asked for, while its answer is awaited."""
    topic: str | None = None
    """The topic last explained, so that "vậy bao nhiêu?" has something to refer to."""
    topic_age: int = 0
    """Turns since that topic was explained."""
    said: str | None = None
    """The typed question that this topic answered, for as long as the next message may say that it was misunderstood."""
    misread: int = 0
    """Messages in a row that were not understood."""
    offer: str | None = None
    """What a bare "được" or "thôi" would answer: `handover`, `screening`, `resume`, `erase`, `pass_lead`."""


def recall(db: Database, conversation: str) -> Memory:
    """What is remembered; a fresh memory for a new conversation."""
    row = db.conn.execute(
        "SELECT task, question, topic, topic_age, said, misread, offer FROM memories WHERE conversation = ?",
        (conversation,),
    ).fetchone()
    if row is None:
        return Memory(conversation)
    return Memory(conversation, Task(row[0]), *row[1:])


def remember(db: Database, memory: Memory, at: datetime) -> None:
    """Stores *memory* over what was there."""
    db.conn.execute(
        "INSERT OR REPLACE INTO memories (conversation, task, question, topic, topic_age, said, misread, offer,"
        " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            memory.conversation,
            memory.task,
            memory.question,
            memory.topic,
            memory.topic_age,
            memory.said,
            memory.misread,
            memory.offer,
            as_text(at),
        ),
    )


def drop_offer(db: Database, conversation: str, offer: str) -> None:
    """Forgets *offer* where it is what was offered last."""
    db.conn.execute("UPDATE memories SET offer = NULL WHERE conversation = ? AND offer = ?", (conversation, offer))


def forget(db: Database, conversation: str) -> None:
    """Erases what is remembered of *conversation*."""
    db.conn.execute("DELETE FROM memories WHERE conversation = ?", (conversation,))
