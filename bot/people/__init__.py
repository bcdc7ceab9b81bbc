"""Who writes to us: a person, its accounts on channels, its contact details, its consents, its erasure."""

from bot.people.people import Account, Consent, ContactDetails, Erasure, ErasureReceipt, People, Purpose
from bot.people.tables import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "Account",
    "Consent",
    "ContactDetails",
    "Erasure",
    "ErasureReceipt",
    "People",
    "Purpose",
]
