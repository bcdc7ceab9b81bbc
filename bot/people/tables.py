"""The tables about people; append a migration, never change one."""

import json
import secrets

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.people.erasure import mark_of

MIGRATIONS = Migrations("people")


@MIGRATIONS()
def m001_people(db: Database) -> None:
    """Persons, accounts, contact details, consents and the ledger of erasures."""
    # A person's id is random and never used again, so a restored backup cannot give it to somebody else.
    db.execute("""
        CREATE TABLE persons (
            id TEXT PRIMARY KEY,
            created TEXT NOT NULL
        ) STRICT
    """)
    db.execute("""
        CREATE TABLE accounts (
            channel TEXT NOT NULL,
            chat TEXT NOT NULL,
            person_id TEXT NOT NULL REFERENCES persons(id),
            display_name TEXT,
            language TEXT NOT NULL DEFAULT 'vi',
            reachable INTEGER NOT NULL DEFAULT 1,
            unreachable_reason TEXT,
            created TEXT NOT NULL,
            PRIMARY KEY (channel, chat)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX accounts_of_person ON accounts(person_id)")
    db.execute("""
        CREATE TABLE contacts (
            person_id TEXT PRIMARY KEY REFERENCES persons(id),
            name TEXT,
            phone TEXT,
            phone_own INTEGER NOT NULL DEFAULT 0,
            changed TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX contacts_by_phone ON contacts(phone) WHERE phone IS NOT NULL")
    db.execute("""
        CREATE TABLE consents (
            id INTEGER PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES persons(id),
            purpose TEXT NOT NULL,
            text_version TEXT NOT NULL,
            channel TEXT NOT NULL,
            given_at TEXT NOT NULL,
            withdrawn_at TEXT
        ) STRICT
    """)
    # One standing consent per purpose: the database itself refuses a second.
    db.execute("CREATE UNIQUE INDEX one_standing_consent ON consents(person_id, purpose) WHERE withdrawn_at IS NULL")
    db.execute("""
        CREATE TABLE erasures (
            receipt TEXT PRIMARY KEY,
            person_id TEXT NOT NULL,
            at TEXT NOT NULL,
            counts TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS()
def m002_ledger_without_ids(db: Database) -> None:
    """The ledger keeps salted hashes instead of our ids; persons that were joined keep the ids they had."""
    db.execute("""
        CREATE TABLE former_ids (
            former_id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES persons(id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX former_ids_of ON former_ids(person_id)")
    db.execute("""
        CREATE TABLE ledger (
            receipt TEXT PRIMARY KEY,
            at TEXT NOT NULL,
            salt TEXT NOT NULL,
            marks TEXT NOT NULL,
            counts TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    for receipt, person_id, at, counts in db.execute("SELECT receipt, person_id, at, counts FROM erasures").fetchall():
        salt = secrets.token_hex(16)
        marks = json.dumps([mark_of(salt, person_id)])
        db.execute("INSERT INTO ledger VALUES (?, ?, ?, ?, ?)", [receipt, at, salt, marks, counts])
    db.execute("DROP TABLE erasures")
    db.execute("ALTER TABLE ledger RENAME TO erasures")


@MIGRATIONS()
def m003_consent_texts(db: Database) -> None:
    """The words of every version of a consent that somebody agreed to."""
    db.execute("""
        CREATE TABLE consent_texts (
            purpose TEXT NOT NULL,
            version TEXT NOT NULL,
            words TEXT NOT NULL,
            PRIMARY KEY (purpose, version)
        ) STRICT, WITHOUT ROWID
    """)
