"""Papers made of what a person told: a draft request (DOCX) and a one-page summary (PDF), rendered when they are sent."""

from bot.documents.paper import Paper, Row, Wish, describe
from bot.documents.render import attachment_for, rendered

__all__ = ["Paper", "Row", "Wish", "attachment_for", "describe", "rendered"]
