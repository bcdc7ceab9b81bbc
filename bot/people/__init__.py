"""Who writes to us: a person, its accounts on channels, its contact details, its consents, its erasure."""

from bot.people.erasure import Erasure, ErasureReceipt, replay
from bot.people.ledger import read_ledger, write_ledger
from bot.people.people import Account, Consent, ContactDetails, People, Purpose
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
    "read_ledger",
    "replay",
    "write_ledger",
]
