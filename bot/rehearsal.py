"""A household's screening played through the real dialogue, from a persona file, and the transcript of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.assembly import App, assemble, ensure_model
from bot.clock import Clock
from bot.messages.fetching import Fetched, Mailbox
from bot.messages.incoming import IncomingMessage, Kind
from bot.replies.money import money, number
from bot.replies.reply import Reply
from bot.screening.persona import NEVER_SAID, Persona
from bot.settings import read_settings

CHANNEL = "terminal"
MOST_ANSWERS = 40
BEGIN = "kiểm tra xưởng của tôi"
"""Typed when the first message was answered with something else and no button leads to the screening."""
_CONTACT = frozenset({"consent", "name", "phone", "exact_place"})


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a transcript."""

    by_bot: bool
    text: str
    question: str | None = None
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A screening from the first message to the result."""

    persona: Persona
    lines: tuple[Line, ...]
    asked: tuple[str, ...]
    """The questions that were answered, in order; one that was not understood stands twice."""
    verdicts: dict[str, str]
    """As last shown to the person."""


class Conversation:
    """One person talking to an installation that answers in this process."""

    def __init__(self, app: App, chat: str, channel: str = CHANNEL) -> None:
        self._app = app
        self._chat = chat
        self._channel = channel
        self._mailbox = Mailbox(app.store, app.clock, channel)
        self.shown: tuple[Fetched, ...] = ()
        """The messages that answered last."""

    async def say(self, text: str) -> tuple[Fetched, ...]:
        """What is answered to *text*."""
        return await self._send(Kind.TEXT, text=text)

    async def press(self, button: str) -> tuple[Fetched, ...]:
        """What is answered to one of our own buttons, by its opaque id."""
        return await self._send(Kind.BUTTON, button=button)

    async def _send(self, kind: Kind, *, text: str = "", button: str | None = None) -> tuple[Fetched, ...]:
        message = IncomingMessage(self._channel, self._chat, uuid4().hex, kind, text=text, button=button)
        await self._app.turns.ask(message)
        self.shown = self._mailbox.waiting(self._chat)
        return self.shown

    @property
    def question(self) -> str | None:
        """The fact that was asked for last."""
        return next((each.reply.question for each in reversed(self.shown) if each.reply.question), None)

    def button(self, **data: Any) -> tuple[str, str] | None:
        """Title and id of a button shown last whose data hold all of *data*; the one that tells most comes first."""
        found = [
            (len(choice.data), button.title, button.id)
            for each in self.shown
            for choice, button in zip(each.reply.choices, each.buttons, strict=True)
            if all(name in choice.data and choice.data[name] == value for name, value in data.items())
            and isinstance(choice.data.get("value"), bool) == isinstance(data.get("value"), bool)
        ]
        return max(found, default=(0, None, None))[1:] if found else None  # type: ignore[return-value]


@contextmanager
def installation(clock: Clock) -> Iterator[App]:
    """The whole service on a database that is thrown away, without channels."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(read_settings(), home=Path(folder), sample_data=False)
        app = assemble(settings, ensure_model(read_settings()), clock)
        try:
            yield app
        finally:
            app.turns.close()
            app.store.close()


async def replay(app: App, persona: Persona, chat: str | None = None) -> Transcript:
    """*persona* talks to *app* until it has its result, or `MOST_ANSWERS` answers were not enough."""
    talk = Conversation(app, chat or persona.id)
    lines, asked, verdicts = [Line(False, persona.opening)], list[str](), dict[str, str]()
    await talk.say(persona.opening)
    begun = chosen = False
    while len(asked) < MOST_ANSWERS:
        lines += [_line(each.reply) for each in talk.shown]
        for each in talk.shown:
            verdicts |= {result["programme"]: result["verdict"] for result in each.reply.assessment or ()}
        question = talk.question
        if question in _CONTACT:
            break
        if question is None:
            step = None
            if not begun and not verdicts:
                begun, step = True, _first_step(talk)
                if step is None:
                    lines.append(Line(False, BEGIN))
                    await talk.say(BEGIN)
                    continue
            elif persona.chooses and not chosen:
                chosen, step = True, talk.button(programmes=[persona.chooses])
                asked.append("need")
            if step is None:
                break
            lines.append(Line(False, f"[{step[0]}]"))
            await talk.press(step[1])
            continue
        begun = True
        words, button = _answer(persona, question, talk, again=question in asked)
        asked.append(question)
        lines.append(Line(False, words))
        await (talk.press(button) if button else talk.say(words))
    return Transcript(persona, tuple(lines), tuple(asked), verdicts)


def _first_step(talk: Conversation) -> tuple[str, str] | None:
    """The button that begins a screening, for a first message that was answered with something else."""
    for each in talk.shown:
        for choice, button in zip(each.reply.choices, each.buttons, strict=True):
            if choice.intent == "start_screening":
                return button.title, button.id
    return None


def _answer(persona: Persona, question: str, talk: Conversation, *, again: bool) -> tuple[str, str | None]:
    """What the persona types, or the button that it presses."""
    if persona.types != "buttons" and question in persona.answers and not again:
        return persona.answers[question], None
    truth = persona.truth(question)
    value = None if truth is NEVER_SAID else truth
    button = None
    if question == "legal_form" and value == "household_business" and persona.truth("registered") is True:
        button = talk.button(value=value, also={"registered": True})
    if question == "trade_group" and persona.truth("activity") not in {"manufactures", NEVER_SAID}:
        button = talk.button(question="activity", value=persona.truth("activity"))
    if button is None and isinstance(value, list) and len(value) > 1:
        return ", ".join(value), None
    button = button or talk.button(question=question, value=value)
    if button is not None:
        return f"[{button[0]}]", button[1]
    return (not again and persona.answers.get(question)) or _in_words(question, value), None


def _in_words(question: str, value: Any) -> str:
    if value is None:
        return "không biết"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int):
        return number(value) if question == "employees" else money(value)
    if isinstance(value, dict):
        return str(value.get("new_unit") or value.get("old"))
    return str(value)


def _line(reply: Reply) -> Line:
    return Line(True, reply.text.replace("**", ""), reply.question, tuple(choice.title for choice in reply.choices))


def as_text(transcript: Transcript) -> str:
    """The transcript as it is printed."""
    who = transcript.persona
    lines = [f"{who.who}. Muốn: {who.wants}.", ""]
    for line in transcript.lines:
        lines += [f"{'Khuyến công' if line.by_bot else 'Cơ sở'}: {line.text}"]
        if line.buttons:
            lines.append(f"    {' '.join(f'[{title}]' for title in line.buttons)}")
        lines.append("")
    shown = "; ".join(f"{name}: {verdict}" for name, verdict in transcript.verdicts.items() if name in who.expected)
    return "\n".join([*lines, f"Số câu đã trả lời: {len(transcript.asked)}. Kết quả: {shown or 'chưa có'}."])
