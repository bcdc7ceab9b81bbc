"""The tables of channels; append a migration, never change one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("channels")


@MIGRATIONS()
def m001_replays_and_tokens(db: Database) -> None:
    """Fingerprints of updates, which outlive an erasure; the tokens of a Zalo Official Account."""
    db.execute("""
        CREATE TABLE seen_updates (
            channel TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            seen_at TEXT NOT NULL,
            PRIMARY KEY (channel, fingerprint)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX seen_updates_by_age ON seen_updates(seen_at)")
    db.execute("""
        CREATE TABLE zalo_tokens (
            app_id TEXT PRIMARY KEY,
            seed TEXT NOT NULL,
            access_token TEXT NOT NULL,
            refresh_token TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            refreshed_at TEXT NOT NULL,
            refreshing_until TEXT,
            trouble TEXT
        ) STRICT, WITHOUT ROWID
    """)
