"""Sentences that were not understood, kept with consent and without what names a person, until somebody labels them."""

from bot.review.redaction import redacted
from bot.review.tables import MIGRATIONS
from bot.review.wordings import Reason, Waiting, Wording, forget_person, keep, settle, waiting

__all__ = [
    "MIGRATIONS",
    "Reason",
    "Waiting",
    "Wording",
    "forget_person",
    "keep",
    "redacted",
    "settle",
    "waiting",
]
