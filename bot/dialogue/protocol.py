"""The one door to the dialogue engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from bot.language import nfc
from bot.replies.reply import Choice, Reply


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing a person said or pressed, with what the engine needs to read it."""

    conversation: str
    """Our own id of the chat, without personal data."""
    text: str = ""
    """As typed; may start with `/`, which never becomes an intent."""
    choice: Choice | None = None
    """The button that was pressed, looked up by its opaque id; or what was shared besides text, as one."""
    question: str | None = None
    """The question that is open, so that an answer is read as one."""


class Dialogue(Protocol):
    """Answers one message of one conversation."""

    async def turn(self, message: Utterance) -> list[Reply]:
        """The replies to *message*, in order.

        Raises DialogueError when the engine gives none.
        """
        ...


def engine_text(message: Utterance) -> str:
    """The text handed to the engine: a button as its intent, and typed text that can never be one.

    Rasa reads any text that starts with `/` as an intent, on every channel.
    """
    if message.choice is not None:
        return f"/{message.choice.intent}"
    return nfc(message.text).lstrip("/ \n").rstrip() or "…"


def engine_metadata(message: Utterance) -> dict[str, Any]:
    """What travels beside the text."""
    return {
        "question": message.question,
        "data": message.choice.data if message.choice else None,
        "title": message.choice.title if message.choice else None,
        "typed": message.text,
    }
