"""The draft of a screening, the next question, corrections, the running result; and what a conversation is about."""

from bot.screening.tables import MIGRATIONS

__all__ = ["MIGRATIONS"]
