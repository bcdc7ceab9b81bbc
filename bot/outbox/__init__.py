"""What must be sent: kept before it is sent, one at a time and in order for each chat, at a pace the channel bears."""

from bot.outbox.notice import Notice, Notices, plain, typed
from bot.outbox.outbox import Outgoing, Priority, State, Summary, enqueue, erase_chats, erase_subject
from bot.outbox.pace import Pace, Rate
from bot.outbox.queue import Outbox
from bot.outbox.tables import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "Notice",
    "Notices",
    "Outbox",
    "Outgoing",
    "Pace",
    "Priority",
    "Rate",
    "State",
    "Summary",
    "enqueue",
    "erase_chats",
    "erase_subject",
    "plain",
    "typed",
]
