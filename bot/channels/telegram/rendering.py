"""A reply as Telegram shows it: HTML parts within the limit, and keyboards that fit a phone."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import MessageLimit

from bot.channels.capabilities import CAPABILITIES
from bot.channels.markup import Span, cuts, spans
from bot.messages.buttons import Button
from bot.replies.channel_lines import keys_below, share_contact, share_location
from bot.replies.reply import Reply

LIMIT = CAPABILITIES["telegram"].text_limit or int(MessageLimit.MAX_TEXT_LENGTH)
"""Longest message, in UTF-16 units of visible text."""

# What a phone of 360 px shows of a row of buttons before it cuts their titles.
_ROW_CHARACTERS = 32
_ROW_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One message: as HTML, and as the plain text that is sent when the HTML is refused."""

    html: str
    plain: str


def render(text: str) -> tuple[Part, ...]:
    """*text* in parts that Telegram takes, cut at line ends where possible; joined, they are the whole text."""
    whole = spans(text)
    visible = "".join(span.text for span in whole)
    parts = []
    start = 0
    for end in cuts(visible, LIMIT):
        part = tuple(_between(whole, start, end))
        parts.append(Part("".join(map(_as_html, part)), visible[start:end]))
        start = end
    return tuple(parts)


def _between(whole: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in whole:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield Span(piece, span.bold)
        at += len(span.text)


def _as_html(span: Span) -> str:
    escaped = html.escape(span.text, quote=False)
    return f"<b>{escaped}</b>" if span.bold else escaped


def inline_keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """Buttons in rows: short titles side by side, long ones alone."""
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and _fit_together([*rows[-1], button]):
            rows[-1].append(button)
        else:
            rows.append([button])
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.title, callback_data=button.id) for button in row] for row in rows]
    )


def _fit_together(row: list[Button]) -> bool:
    widest = max(len(button.title) for button in row)
    return len(row) <= _ROW_BUTTONS and widest * len(row) <= _ROW_CHARACTERS


def sharing_keyboard(reply: Reply) -> ReplyKeyboardMarkup | None:
    """The keys that hand over one's own number or position, when *reply* asks for them."""
    keys = []
    if reply.asks_contact:
        keys.append([KeyboardButton(share_contact(), request_contact=True)])
    if reply.asks_location:
        keys.append([KeyboardButton(share_location(), request_location=True)])
    return ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True) if keys else None


def sharing_hint(keys: ReplyKeyboardMarkup) -> Part:
    """The line above *keys*, for a message that cannot carry them because it has buttons of its own."""
    line = keys_below([key.text for row in keys.keyboard for key in row])
    return Part(html.escape(line, quote=False), line)
