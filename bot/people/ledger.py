"""The ledger of erasures as a file beside the database, so that a backup from before an erasure does not undo it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.people.erasure import Entry, entries
from bot.store import as_text


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """The entries of the file; none when there is no file. StoreError with file:line when it cannot be read."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
        try:
            row = json.loads(line)
            found.append(Entry(row["receipt"], datetime.fromisoformat(row["at"]), row["salt"], tuple(row["marks"])))
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}:{number}: no entry of the ledger of erasures") from error
    return tuple(found)


def write_ledger(db: Database, path: Path) -> int:
    """Adds to the file what the database has and it has not, whole or not at all; gives how many."""
    in_file = read_ledger(path)
    whole = both(in_file, entries(db))
    if len(whole) > len(in_file):
        beside = path.with_suffix(".new")
        with beside.open("w", encoding="utf8") as file:
            file.writelines(_line(entry) for entry in whole)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    return len(whole) - len(in_file)


def both(one: Iterable[Entry], other: Iterable[Entry]) -> tuple[Entry, ...]:
    """Two ledgers as one, each erasure once."""
    return tuple({entry.receipt: entry for entry in (*one, *other)}.values())


def _line(entry: Entry) -> str:
    return json.dumps({**asdict(entry), "at": as_text(entry.at)}) + "\n"
