"""Making one person of two that proved to be the same: accounts, contact details and consents."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database


def older_first(db: Database, one: str, other: str) -> tuple[str, str]:
    """The two in the order in which they came to us: the first is the one that stays."""
    rows = db.query("SELECT id FROM persons WHERE id IN (?, ?) ORDER BY created, id", [one, other])
    first, second = (row["id"] for row in list(rows))
    return first, second


def join_people(db: Database, kept: str, gone: str) -> None:
    """Gives *kept* all that *gone* has, in the caller's transaction; *gone* is no person any more."""
    _join_contacts(db, kept, gone)
    _join_consents(db, kept, gone)
    for table in ("accounts", "former_ids"):
        db.execute(f"UPDATE {table} SET person_id = ? WHERE person_id = ?", [kept, gone])  # noqa: S608  # own names
    # A backup from before today still knows the person by this id: an erasure must reach it there.
    db.execute("INSERT INTO former_ids (former_id, person_id) VALUES (?, ?)", [gone, kept])
    db.execute("DELETE FROM persons WHERE id = ?", [gone])


def _join_contacts(db: Database, kept: str, gone: str) -> None:
    """The newer name; the number that a channel vouched for, else the newer one."""
    rows = list(db.query("SELECT * FROM contacts WHERE person_id IN (?, ?) ORDER BY changed, person_id", [kept, gone]))
    if not rows:
        return
    name = next((row["name"] for row in reversed(rows) if row["name"]), None)
    phones = [row for row in rows if row["phone"]]
    phone = max(phones, key=lambda row: (row["phone_own"], row["changed"])) if phones else rows[-1]
    db.execute("DELETE FROM contacts WHERE person_id IN (?, ?)", [kept, gone])
    db.execute(
        "INSERT INTO contacts (person_id, name, phone, phone_own, changed) VALUES (?, ?, ?, ?, ?)",
        [kept, name, phone["phone"], phone["phone_own"], rows[-1]["changed"]],
    )


def _join_consents(db: Database, kept: str, gone: str) -> None:
    """For each purpose the last word counts, wherever it was said; everything said stays on record."""
    rows = list(db.query("SELECT * FROM consents WHERE person_id IN (?, ?) ORDER BY given_at, id", [kept, gone]))
    for purpose in {row["purpose"] for row in rows}:
        _last_word([row for row in rows if row["purpose"] == purpose], db)
    db.execute("UPDATE consents SET person_id = ? WHERE person_id = ?", [kept, gone])


def _last_word(rows: list[dict[str, Any]], db: Database) -> None:
    standing = [row for row in rows if row["withdrawn_at"] is None]
    withdrawn = max((row["withdrawn_at"] for row in rows if row["withdrawn_at"]), default="")
    # A yes to a newer text ends the yes to the older one at the same moment: that is no withdrawal.
    last = standing[-1] if standing and standing[-1]["given_at"] >= withdrawn else None
    until = withdrawn if last is None else last["given_at"]
    for row in standing:
        if row is not last:
            db.execute("UPDATE consents SET withdrawn_at = ? WHERE id = ?", [max(until, row["given_at"]), row["id"]])
