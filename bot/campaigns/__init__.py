"""Outreach: campaigns, for whom they are, their frozen recipients, what people answered, and what came of it."""

from bot.campaigns.tables import MIGRATIONS

__all__ = ["MIGRATIONS"]
