"""The one SQLite database: connections, transactions, migrations. Tables belong to the package that uses them."""

from bot.store.database import Store, as_text, from_text

__all__ = ["Store", "as_text", "from_text"]
