"""Whether a database file can be read and is whole, without changing it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Soundness:
    """What SQLite says of a file; both None when it is whole."""

    damage: str | None = None
    """The first fault that the integrity check names."""
    unreadable: str | None = None
    """Why it could not be looked at."""


def soundness(path: Path) -> Soundness:
    """Looks through the whole file, which takes a while for a large one."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:
            (verdict,) = source.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            return Soundness(unreadable=str(error))
        return Soundness(damage=str(error))
    return Soundness() if verdict == "ok" else Soundness(damage=str(verdict).splitlines()[-1])
