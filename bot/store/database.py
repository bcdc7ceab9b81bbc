"""Opens the database the same way everywhere, so that a service and the CLI can use it side by side."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.errors import StoreError
from bot.store.turnstile import Turnstile

BUSY_TIMEOUT_SECONDS = 10.0


def as_text(moment: datetime) -> str:
    """A moment as the database keeps it: UTC, ISO 8601, to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """The moment that `as_text` wrote."""
    return datetime.fromisoformat(text)


def is_busy(error: BaseException) -> bool:
    """Whether *error* says that somebody else held the database for longer than we wait for it."""
    # The last byte is the kind of error, whatever SQLite adds to it.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Store:
    """A database file with one connection per thread.

    WAL lets readers go on while one process writes; `BEGIN IMMEDIATE` takes the write lock at once,
    so a transaction never fails half-way because another process wrote in between.
    """

    def __init__(self, path: Path | None) -> None:
        """*path* of the file; None for a private database in memory that one thread uses."""
        self._path = path
        self._local = threading.local()
        self._turnstile = Turnstile()

    @property
    def path(self) -> Path | None:
        """The database file; None when it lives in memory."""
        return self._path

    @property
    def db(self) -> Database:
        """This thread's connection."""
        database: Database | None = getattr(self._local, "database", None)
        if database is None:
            database = self._local.database = self._connect()
        return database

    def _connect(self) -> Database:
        try:
            connection = sqlite3.connect(
                str(self._path) if self._path else ":memory:", timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None
            )
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL" if self._path is None else "PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            # An erased person must not be readable in the file's free pages.
            connection.execute("PRAGMA secure_delete=ON")
        except sqlite3.Error as error:
            raise StoreError(f"cannot open the database {self._path}: {error}") from error
        return Database(connection)

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """Everything inside is written together or not at all; a transaction inside another joins it."""
        database = self.db
        if database.conn.in_transaction:
            yield database
            return
        with self._turnstile:
            database.conn.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.conn.execute("ROLLBACK")
                raise
            database.conn.execute("COMMIT")

    @contextmanager
    def alone(self) -> Iterator[Database]:
        """No other thread of this process writes meanwhile; for what SQLite does outside transactions."""
        with self._turnstile:
            yield self.db

    def migrate(self, sets: Iterable[Migrations]) -> None:
        """Brings the tables of every package to their newest shape; safe to call at every start."""
        for migrations in sets:
            migrations.apply(self.db)

    def close(self) -> None:
        """Closes this thread's connection."""
        database: Database | None = getattr(self._local, "database", None)
        if database is not None:
            database.conn.close()
            self._local.database = None
