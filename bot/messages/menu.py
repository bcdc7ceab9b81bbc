"""Menus answered by typing a number, for channels that have no buttons: how they are counted, what a number means.

Numbers go on counting over messages that come one after another, so that two cards on one screen never share a
number; they begin again at one after the person has written.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.language import fold
from bot.replies.reply import Choice
from bot.store import as_text

TALKING = "talking"
"""Stands for the open question while two persons talk through the bot: a number that one types is for the other."""

NUMBER_QUESTIONS = frozenset(
    {"employees", "annual_revenue", "total_capital", "machine.price", "demonstration.cost", "phone", TALKING}
)
"""Under these questions a bare number is the answer itself, never a choice of a menu."""

LIFETIME = timedelta(days=7)
"""How long a menu can be answered by number; later the number is read as words."""

_COUNTS_BACK = 2
"""Counts from one, newest first, in which a number is looked up."""
_MOST_ROWS = 100
_LONGEST_TITLE = 100
_TYPED = re.compile(r"(?:(?:tra loi|chon|so|muc)\s*)?#?\s*(\d{1,2})\s*[.)]?")


def next_number(db: Database, channel: str, chat: str) -> int:
    """The number of the next button in this chat."""
    (highest,) = db.conn.execute(
        "SELECT max(number) FROM buttons WHERE channel = :channel AND chat = :chat AND created_at >="
        " (SELECT coalesce(max(received_at), '') FROM inbox WHERE channel = :channel AND chat = :chat)",
        {"channel": channel, "chat": chat},
    ).fetchone()
    return int(highest or 0) + 1


def picked(db: Database, channel: str, chat: str, text: str, *, question: str | None, at: datetime) -> Choice | None:
    """The choice that *text*, received *at*, names: by its number, or by its words where those were asked for.

    None when it is no choice, and when a number is what the open *question* asks for.
    """
    if len(text) > _LONGEST_TITLE:
        return None
    rows = db.conn.execute(
        "SELECT number, title, intent, data, message FROM buttons"
        " WHERE channel = ? AND chat = ? AND created_at <= ? AND created_at > ? ORDER BY rowid DESC LIMIT ?",
        (channel, chat, as_text(at), as_text(at - LIFETIME), _MOST_ROWS),
    ).fetchall()
    said = fold(text).strip()
    match = _TYPED.fullmatch(said)
    counts = 0
    for number, title, intent, data, message in rows:
        by_number = match is not None and number == int(match[1]) and question not in NUMBER_QUESTIONS
        by_words = number is None and message == rows[0][-1] and fold(title) == said
        if by_number or by_words:
            return Choice(title, intent, json.loads(data))
        counts += number == 1
        if counts == _COUNTS_BACK:
            return None
    return None
