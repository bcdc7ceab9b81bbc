"""The one door to the dialogue engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.language import nfc
from bot.replies.reply import Choice, Reply

Reading = Mapping[str, Any]
"""What an engine made of a text; only that engine knows what is in it."""


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

    async def read(self, message: Utterance) -> Reading:
        """What the words of *message* mean to the engine.

        May take its time: it changes nothing, holds nothing, and is called from several threads at once.
        """
        ...

    async def turn(self, message: Utterance, reading: Reading | None = None) -> list[Reply]:
        """The replies to *message*, in order, called in the transaction of the turn; others wait for it meanwhile.

        *reading* is what `read` made of the same text while the same question was open; without one, as for a button,
        the engine reads the message now. Raises DialogueError when it gives no reply.
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
