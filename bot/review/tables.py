"""The table of sentences that wait for somebody to say what they mean; append a migration, never change one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("review")


@MIGRATIONS()
def m001_wordings(db: Database) -> None:
    """One row per person and sentence; `same` is what makes two sentences one."""
    db.execute("""
        CREATE TABLE wordings (
            id INTEGER PRIMARY KEY,
            person TEXT NOT NULL,
            same TEXT NOT NULL,
            text TEXT NOT NULL,
            reason TEXT NOT NULL,
            question TEXT,
            guesses TEXT NOT NULL,
            times INTEGER NOT NULL,
            seen_at TEXT NOT NULL,
            UNIQUE (person, same)
        ) STRICT
    """)
    db.execute("CREATE INDEX wordings_by_age ON wordings(seen_at)")
