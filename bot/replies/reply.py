"""What the bot says: one message, its buttons, and what it is about."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.eligibility.citation import Citation, Status


class Outcome(StrEnum):
    """What a turn came to, as the `ask` contract names it."""

    ANSWERED = "answered"
    UNVERIFIED = "unverified"
    CLARIFY = "clarify"
    SCREENING = "screening"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOVER = "handover"
    SMALLTALK = "smalltalk"
    COMMAND = "command"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the intent with data that pressing it means."""

    title: str
    intent: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a person. `text` may hold `**bold**`; each channel renders that as it can."""

    text: str
    choices: tuple[Choice, ...] = ()
    outcome: Outcome | None = None
    question: str | None = None
    """The fact this message asks for (`employees`, `consent`, `phone` …)."""
    topic: str | None = None
    citations: tuple[Citation, ...] = ()
    assessment: tuple[dict[str, Any], ...] | None = None
    """The results shown, in the shape of the `assess` contract."""
    asks_contact: bool = False
    """The channel may offer its own way to share a phone number."""
    asks_location: bool = False


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """A citation as the contracts show it."""
    return {
        "document": citation.document,
        "article": citation.article,
        "amended_by": citation.amended_by,
        "in_force_from": citation.in_force_from.isoformat(),
        "status": citation.status.value,
    }


def citation_from_json(value: dict[str, Any]) -> Citation:
    """The citation that `citation_to_json` wrote."""
    return Citation(
        document=value["document"],
        article=value["article"],
        amended_by=value["amended_by"],
        in_force_from=date.fromisoformat(value["in_force_from"]),
        status=Status(value["status"]),
    )


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply as it is stored in the outbox and passed through Rasa."""
    return {
        "text": reply.text,
        "choices": [asdict(choice) for choice in reply.choices],
        "outcome": reply.outcome.value if reply.outcome else None,
        "question": reply.question,
        "topic": reply.topic,
        "citations": [citation_to_json(citation) for citation in reply.citations],
        "assessment": list(reply.assessment) if reply.assessment is not None else None,
        "asks_contact": reply.asks_contact,
        "asks_location": reply.asks_location,
    }


def reply_from_json(value: dict[str, Any]) -> Reply:
    """The reply that `reply_to_json` wrote."""
    return Reply(
        text=value["text"],
        choices=tuple(Choice(**choice) for choice in value["choices"]),
        outcome=Outcome(value["outcome"]) if value["outcome"] else None,
        question=value["question"],
        topic=value["topic"],
        citations=tuple(citation_from_json(citation) for citation in value["citations"]),
        assessment=tuple(value["assessment"]) if value["assessment"] is not None else None,
        asks_contact=value["asks_contact"],
        asks_location=value["asks_location"],
    )
