"""A copy of the database while it is used, and a copy put in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.database import Store


def save_copy(store: Store, path: Path) -> None:
    """Writes the database as it is now to *path*, while the service goes on; StoreError when a file is there already."""
    if path.exists():
        raise StoreError(f"{path} is there already; choose another name")
    try:
        with closing(sqlite3.connect(path)) as target:
            store.db.conn.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"cannot write {path}: {error}") from error


def sound_copy(path: Path, beside: Path) -> Store:
    """A store on *beside* with the content of the backup *path*, which is only read; StoreError when it is damaged."""
    if not path.exists():
        raise StoreError(f"{path}: there is no such file")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
            (verdict,) = source.execute("PRAGMA integrity_check").fetchone()
            if verdict != "ok":
                raise StoreError(f"{path}: the backup is damaged")
            if source.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                raise StoreError(f"{path}: the backup is empty")
            with closing(sqlite3.connect(beside)) as target:
                source.backup(target)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: not a backup of the database ({error})") from error
    return Store(beside)


def put_in_place(copy: Store, store: Store) -> None:
    """Replaces the content of *store* by that of *copy*, in one step also for a service that uses it."""
    try:
        copy.db.conn.backup(store.db.conn)
    except sqlite3.Error as error:
        raise StoreError(f"the database could not be replaced: {error}") from error
