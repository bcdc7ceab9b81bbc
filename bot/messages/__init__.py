"""A message's way in: inbox, order per chat, the turn, its replies into the outbox; and the sender."""

from bot.messages.tables import MIGRATIONS

__all__ = ["MIGRATIONS"]
