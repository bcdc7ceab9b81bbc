"""What must be sent: kept before it is sent, one at a time and in order for each chat, at a pace the channel bears."""

from bot.outbox.erasure import erase_chats, erase_subject, forget_unsent
from bot.outbox.notice import Notice, Notices, plain, typed
from bot.outbox.outbox import (
    INTERRUPTED,
    Kept,
    Outgoing,
    Priority,
    State,
    Summary,
    about,
    enqueue,
    sent_since,
    shown_about,
    undeliverable,
    undelivered,
)
from bot.outbox.pace import Pace, Rate
from bot.outbox.queue import Outbox
from bot.outbox.tables import MIGRATIONS

__all__ = [
    "INTERRUPTED",
    "MIGRATIONS",
    "Kept",
    "Notice",
    "Notices",
    "Outbox",
    "Outgoing",
    "Pace",
    "Priority",
    "Rate",
    "State",
    "Summary",
    "about",
    "enqueue",
    "erase_chats",
    "erase_subject",
    "forget_unsent",
    "plain",
    "sent_since",
    "shown_about",
    "typed",
    "undeliverable",
    "undelivered",
]
