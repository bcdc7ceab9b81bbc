"""Making one screening of two, of a person that turned out to have begun both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from bot.screening.draft import Draft, delete_draft, last_told, load_draft, save_draft

_NAMES_OF_A_PLACE = frozenset({"old", "new_unit", "unit_type", "province"})


def joined(older: Draft, newer: Draft) -> Draft:
    """What was told in either, the newer word where both tell it; the names of a place belong together."""
    facts = _over(older.facts, newer.facts)
    place, before = newer.facts.get("place"), older.facts.get("place")
    if isinstance(place, Mapping) and isinstance(before, Mapping) and _NAMES_OF_A_PLACE & place.keys():
        kept = {name: value for name, value in before.items() if name not in _NAMES_OF_A_PLACE}
        facts["place"] = {**kept, **place}
    asked = (*(name for name in older.asked if name not in newer.asked), *newer.asked)
    return Draft(newer.person, facts, asked, min(older.partial_shown, newer.partial_shown))


def join_screenings(db: Database, kept: str, gone: str) -> None:
    """Gives *kept* the draft and the memories of *gone*, in the caller's transaction."""
    told = {person: last_told(db, person) for person in (kept, gone)}
    begun = sorted((at, person) for person, at in told.items() if at is not None)
    if begun:
        drafts = [load_draft(db, person) for _, person in begun]
        whole = drafts[0] if len(drafts) == 1 else joined(drafts[0], drafts[1])
        delete_draft(db, gone)
        save_draft(db, Draft(kept, whole.facts, whole.asked, whole.partial_shown), begun[-1][0])
    rows = db.conn.execute(
        "SELECT conversation, updated_at FROM memories WHERE conversation LIKE ? || '.%'", (gone,)
    ).fetchall()
    for conversation, at in rows:
        same = f"{kept}.{conversation.rpartition('.')[2]}"
        db.conn.execute("DELETE FROM memories WHERE conversation = ? AND updated_at <= ?", (same, at))
        db.conn.execute("UPDATE OR IGNORE memories SET conversation = ? WHERE conversation = ?", (same, conversation))
        db.conn.execute("DELETE FROM memories WHERE conversation = ?", (conversation,))


def _over(older: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**older, **newer}
    for name, value in newer.items():
        before = older.get(name)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            whole[name] = _over(before, value)
    return whole
