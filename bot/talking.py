"""Conversations without the service: single lines on a throwaway database, and one person in the terminal."""

# ruff: noqa: PLC0415  Rasa takes seconds to import: only commands that talk pay for it

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assembly import assemble, ensure_model, migrate, turns_on
from bot.clock import Clock
from bot.errors import DialogueError
from bot.logs import quiet
from bot.messages.fetching import Mailbox
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.turns import Answered
from bot.programmes.assess_lines import citation_json
from bot.settings import Settings
from bot.store import Store

if TYPE_CHECKING:
    from bot.replies.reply import Attachment


@contextmanager
def answering_once(settings: Settings, clock: Clock) -> Iterator[Callable[[Any], dict[str, Any]]]:
    """Answers single lines, each a fresh conversation, on a database that is thrown away."""
    model = ensure_model(settings)
    quiet()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "ask.sqlite")
        migrate(store)
        *_, turns = turns_on(store, clock, model)
        loop = asyncio.new_event_loop()
        numbers = iter(range(1, sys.maxsize))

        def answer(line: Any) -> dict[str, Any]:
            if not isinstance(line, dict) or not isinstance(line.get("text"), str):
                raise DialogueError("each line must be an object with a text")
            message = IncomingMessage("ask", f"ask-{next(numbers)}", "1", Kind.TEXT, text=line["text"])
            return {"id": line.get("id"), **_as_asked(loop.run_until_complete(turns.ask(message)))}

        try:
            yield answer
        finally:
            turns.close()
            loop.close()
            store.close()


def _as_asked(answered: Answered) -> dict[str, Any]:
    """A turn in the shape of the `ask` contract."""
    replies = answered.replies
    citations = [citation_json(citation) for reply in replies for citation in reply.citations]
    return {
        "outcome": next((reply.outcome.value for reply in replies if reply.outcome), "failed"),
        "text": "\n".join(reply.text.replace("**", "") for reply in replies),
        "topic": next((reply.topic for reply in replies if reply.topic), None),
        "citations": [citation for place, citation in enumerate(citations) if citation not in citations[:place]],
        "suggestions": [choice.title for reply in replies for choice in reply.choices],
    }


def chat_in_terminal(settings: Settings) -> None:
    """The same conversation in this terminal, on the installation's own database."""
    from rich.console import Console

    from bot.channels.terminal import CHANNEL, Shown, converse, typed_lines
    from bot.documents import rendered

    running = assemble(replace(settings, sample_data=True), ensure_model(settings))
    mailbox = Mailbox(running.store, running.clock, CHANNEL)

    async def ask(message: IncomingMessage) -> Shown:
        await running.turns.ask(message)
        return [(shown.reply, shown.buttons) for shown in mailbox.waiting(message.chat)]

    def save(document: Attachment) -> Path:
        folder = settings.home / "giay-to"
        folder.mkdir(exist_ok=True)
        path = folder / f"{running.clock.now():%Y%m%d-%H%M%S}-{document.filename}"
        path.write_bytes(rendered(document))
        return path

    try:
        asyncio.run(converse(ask, typed_lines, Console(), save=save))
    finally:
        running.turns.close()
        running.store.close()
