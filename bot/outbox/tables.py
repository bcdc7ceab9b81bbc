"""The table of what must be sent; append a migration, never change one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("outbox")


@MIGRATIONS()
def m001_outbox(db: Database) -> None:
    """One row per message that leaves."""
    db.execute("""
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel TEXT NOT NULL,
            chat TEXT NOT NULL,
            kind TEXT NOT NULL,
            payload TEXT NOT NULL,
            subject TEXT,
            dedupe_key TEXT UNIQUE,
            state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'parked')),
            priority INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            at_most_once INTEGER NOT NULL DEFAULT 0,
            not_before TEXT NOT NULL,
            edits INTEGER,
            external_id TEXT,
            reason TEXT,
            created TEXT NOT NULL,
            claimed_at TEXT,
            sent_at TEXT
        ) STRICT
    """)
    # Small indexes over what is still open, so that a year of sent messages costs a claim nothing.
    db.execute("CREATE INDEX outbox_open_by_turn ON outbox(priority, id) WHERE state = 'queued'")
    db.execute("CREATE INDEX outbox_open_by_chat ON outbox(channel, chat) WHERE state IN ('queued', 'sending')")
    db.execute("CREATE INDEX outbox_by_chat ON outbox(channel, chat, id)")
    db.execute("CREATE INDEX outbox_by_subject ON outbox(subject) WHERE subject IS NOT NULL")


@MIGRATIONS()
def m002_without_trace(db: Database) -> None:
    """A message to be forgotten once it was sent, as the farewell to somebody who was erased; what a lost chat holds."""
    db.execute("ALTER TABLE outbox ADD COLUMN forget INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE outbox ADD COLUMN unreachable INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX outbox_held ON outbox(channel, chat) WHERE unreachable = 1")
    db.execute("CREATE INDEX outbox_to_forget ON outbox(created) WHERE forget = 1")


@MIGRATIONS()
def m003_delivered(db: Database) -> None:
    """When a message arrived on the person's phone, where the channel tells."""
    db.execute("ALTER TABLE outbox ADD COLUMN delivered_at TEXT")
