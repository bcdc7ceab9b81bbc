"""The tables about campaigns; append a migration, never change one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("campaigns")


@MIGRATIONS()
def m001_campaigns(db: Database) -> None:
    """Campaigns with their history, frozen recipients, answers, wishes about topics, and who is sending."""
    db.execute("""
        CREATE TABLE campaigns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            definition TEXT NOT NULL,
            state TEXT NOT NULL,
            state_since TEXT NOT NULL,
            start_at TEXT,
            started_at TEXT,
            created TEXT NOT NULL
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE campaign_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
            at TEXT NOT NULL,
            event TEXT NOT NULL,
            by TEXT NOT NULL,
            to_state TEXT NOT NULL
        ) STRICT
    """)
    # One row a person, made when the campaign starts: who comes later is not in, who leaves stays counted.
    db.execute("""
        CREATE TABLE campaign_recipients (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign_id INTEGER NOT NULL REFERENCES campaigns(id),
            person_id TEXT,
            channel TEXT NOT NULL,
            chat TEXT,
            because TEXT NOT NULL,
            place TEXT,
            trade TEXT,
            state TEXT NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'queued', 'sent', 'failed', 'skipped', 'uncertain')),
            reason TEXT,
            round INTEGER NOT NULL DEFAULT 1,
            not_before TEXT NOT NULL,
            outbox_id INTEGER,
            sent_at TEXT,
            UNIQUE (campaign_id, person_id)
        ) STRICT
    """)
    db.execute(
        "CREATE INDEX campaign_open ON campaign_recipients(campaign_id, channel, not_before, id) WHERE state = 'pending'"
    )
    db.execute("CREATE INDEX campaign_queued ON campaign_recipients(outbox_id) WHERE state = 'queued'")
    db.execute("CREATE INDEX campaign_last_sent ON campaign_recipients(person_id, sent_at)")
    db.execute("""
        CREATE TABLE campaign_answers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            campaign_key TEXT NOT NULL,
            person_id TEXT,
            at TEXT NOT NULL,
            how TEXT NOT NULL,
            place TEXT
        ) STRICT
    """)
    db.execute("CREATE INDEX answers_of_person ON campaign_answers(person_id, at)")
    db.execute("CREATE INDEX answers_of_campaign ON campaign_answers(campaign_key, how)")
    db.execute("""
        CREATE TABLE campaign_wishes (
            person_id TEXT NOT NULL,
            topic TEXT NOT NULL,
            wanted INTEGER NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (person_id, topic)
        ) STRICT, WITHOUT ROWID
    """)
    # One process at a time feeds the outbox; two would use twice the budget.
    db.execute("""
        CREATE TABLE campaign_lease (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            holder TEXT NOT NULL,
            until TEXT NOT NULL
        ) STRICT
    """)
