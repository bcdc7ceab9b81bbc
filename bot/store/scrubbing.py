"""Making what was erased unreadable in the database file itself, not only in its tables.

`secure_delete` overwrites a deleted row where it stands. It does not reach copies that SQLite left behind when it moved
rows from page to page, nor the write-ahead log; `VACUUM` and a truncating checkpoint do.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.errors import StoreError
from bot.store.database import Store

AT_ONCE_BYTES = 64 * 1024 * 1024
"""A file up to this size is written anew in well under a second; a larger one waits for the night."""
NIGHT_ENDS = 5
"""Hour of the day in Vietnam until which a large file may be written anew."""
_WAIT_MILLISECONDS = 1000


def owe_scrub(db: Database) -> None:
    """Notes, in the caller's transaction, that something was erased whose bytes may still stand in the file."""
    db.conn.execute(f"PRAGMA user_version = {_owed(db) + 1}")


def scrub_owed(db: Database) -> bool:
    """Whether something was erased since the file was last written anew."""
    return _owed(db) > 0


def scrub(store: Store, now: datetime) -> bool:
    """Writes the file anew without what was erased, when that is owed and fits; says whether nothing is owed any more.

    Harmless at any time: when somebody else holds the database it gives up after a second and is called again later.
    """
    owed = _owed(store.db)
    if owed == 0:
        return True
    small = store.path is None or store.path.stat().st_size <= AT_ONCE_BYTES
    if not small and now.astimezone(VIETNAM).hour >= NIGHT_ENDS:
        return False
    try:
        with store.alone() as db:
            _write_anew(db, in_memory=small)
    except (sqlite3.OperationalError, StoreError):
        return False
    with store.transaction() as db:
        if _owed(db) == owed:
            db.conn.execute("PRAGMA user_version = 0")
    return not scrub_owed(store.db)


def _owed(db: Database) -> int:
    # A counter, so that an erasure during the scrubbing is not taken for one that it has reached. It stands in the
    # file's own header and is part of transactions like any row.
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def _write_anew(db: Database, *, in_memory: bool) -> None:
    (patience,) = db.conn.execute("PRAGMA busy_timeout").fetchone()
    db.conn.execute(f"PRAGMA busy_timeout = {_WAIT_MILLISECONDS}")
    db.conn.execute(f"PRAGMA temp_store = {'MEMORY' if in_memory else 'DEFAULT'}")
    try:
        db.conn.execute("VACUUM")
        (busy, *_) = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {patience}")
    if busy:
        raise StoreError("somebody reads the database: its log cannot be emptied now")
