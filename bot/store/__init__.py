"""The one SQLite database: connections, transactions, migrations. Tables belong to the package that uses them."""

from bot.store.database import Store, as_text, from_text, is_busy
from bot.store.scrubbing import owe_scrub, scrub, scrub_owed

__all__ = ["Store", "as_text", "from_text", "is_busy", "owe_scrub", "scrub", "scrub_owed"]
