"""The same conversation in a terminal: replies with numbered choices, answered by number or in words."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.text import Text

from bot.channels.markup import spans
from bot.errors import BotError
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.menu import NUMBER_QUESTIONS
from bot.replies.reply import Attachment, Reply

CHANNEL = "terminal"
LEAVE = "/thoat"

Shown = list[tuple[Reply, tuple[Button, ...]]]
Ask = Callable[[IncomingMessage], Awaitable[Shown]]
Reader = Callable[[], Awaitable[str | None]]
"""The next line that was typed, None when there are no more."""
Save = Callable[[Attachment], Path]
"""Writes a document as a file and tells where."""

# Where a bare number answers the question itself, a choice is picked with `#2` or by its words.
_PICK = re.compile(r"(#?)\s*(\d{1,3})\.?")


async def converse(
    ask: Ask,
    reader: Reader,
    console: Console,
    *,
    chat: str = "terminal",
    greet: bool = True,
    save: Save | None = None,
) -> None:
    """Talks until `/thoat` or the end of the input; *ask* answers one message with its replies and their buttons.

    A document is written by *save*; without it only its name is told.
    """
    console.print(Text(f"Nhắn cho Khuyến công. Chọn bằng số hoặc gõ bình thường; {LEAVE} để thôi.", style="dim"))
    shown: Shown = []
    if greet:
        shown = await _answer(ask, _message(chat, Kind.STARTED, "/start"), console, save) or shown
    while (line := await reader()) is not None:
        text = line.strip()
        if text.lower() == LEAVE:
            break
        if text:
            button = _picked(text, shown)
            message = _message(chat, Kind.BUTTON if button else Kind.TEXT, text, button.id if button else None)
            shown = await _answer(ask, message, console, save) or shown
    console.print(Text("Chào anh/chị.", style="dim"))


async def typed_lines() -> str | None:
    """Reads one line of the terminal; None at its end (Ctrl-D) or when interrupted."""
    try:
        return await asyncio.to_thread(input, "> ")
    except (EOFError, KeyboardInterrupt):
        return None


async def _answer(ask: Ask, message: IncomingMessage, console: Console, save: Save | None) -> Shown:
    try:
        shown = await ask(message)
    except BotError as error:
        console.print(Text(f"Chưa trả lời được lúc này ({type(error).__name__}), anh/chị thử lại.", style="red"))
        return []
    numbered = 0
    for reply, buttons in shown:
        console.print()
        console.print(_styled(reply.text), soft_wrap=True)
        if reply.document is not None:
            where = save(reply.document) if save else reply.document.filename
            console.print(Text(f"  Tệp: {where}", style="green"), soft_wrap=True)
        sign = "#" if reply.question in NUMBER_QUESTIONS else ""
        for button in buttons:
            numbered += 1
            console.print(Text(f"  [{sign}{numbered}] {button.title}", style="cyan"), soft_wrap=True)
    console.print()
    return shown


def _styled(text: str) -> Text:
    return Text.assemble(*((span.text, "bold" if span.bold else "") for span in spans(text)))


def _picked(text: str, shown: Shown) -> Button | None:
    """The choice that *text* names: its number, counted over all the replies last shown, or its title."""
    buttons = [button for _, buttons in shown for button in buttons]
    for button in buttons:
        if button.title.casefold() == text.casefold():
            return button
    match = _PICK.fullmatch(text)
    takes_numbers = any(reply.question in NUMBER_QUESTIONS for reply, _ in shown)
    if match is None or (takes_numbers and not match[1]):
        return None
    number = int(match[2])
    return buttons[number - 1] if 0 < number <= len(buttons) else None


def _message(chat: str, kind: Kind, text: str, button: str | None = None) -> IncomingMessage:
    return IncomingMessage(channel=CHANNEL, chat=chat, update_id=uuid4().hex, kind=kind, text=text, button=button)
