"""An unfinished screening: what a person told us, kept until they finish, restart or erase it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.store import as_text, from_text


@dataclass(frozen=True, slots=True)
class Draft:
    """The facts of one person, in the shape of the `assess` contract, with nested names like `machine.price`."""

    person: str
    facts: Mapping[str, Any]
    asked: tuple[str, ...] = ()
    """Questions put so far, in order."""
    partial_shown: int = 0
    """How many facts were known when a partial result was last shown."""

    def fact(self, name: str) -> Any:
        """The value of *name*, None when the person does not know it; raises KeyError when it was never told."""
        value: Any = self.facts
        for part in name.split("."):
            if not isinstance(value, Mapping) or part not in value:
                raise KeyError(name)
            value = value[part]
        return value

    def knows(self, name: str) -> bool:
        """Whether *name* was told, or asked and not known."""
        try:
            self.fact(name)
        except KeyError:
            return False
        return True

    def with_fact(self, name: str, value: Any) -> Draft:
        """This draft with *name* set."""
        return replace(self, facts=_with(self.facts, name.split("."), value))

    def with_new(self, told: Mapping[str, Any]) -> Draft:
        """This draft with those of the facts *told* of which nothing was known."""
        return replace(self, facts={**told, **self.facts})

    def having_asked(self, question: str) -> Draft:
        """This draft with *question* last among those put."""
        return replace(self, asked=(*(name for name in self.asked if name != question), question))

    def without_fact(self, name: str) -> Draft:
        """This draft as if *name* had never been told."""
        return replace(self, facts=_without(self.facts, name.split(".")))


def _with(facts: Mapping[str, Any], path: list[str], value: Any) -> dict[str, Any]:
    head, *rest = path
    if not rest:
        return {**facts, head: value}
    inner = facts.get(head)
    return {**facts, head: _with(inner if isinstance(inner, Mapping) else {}, rest, value)}


def _without(facts: Mapping[str, Any], path: list[str]) -> dict[str, Any]:
    head, *rest = path
    kept = {name: value for name, value in facts.items() if name != head}
    inner = facts.get(head)
    if rest and isinstance(inner, Mapping):
        return {**kept, head: _without(inner, rest)}
    return kept


def load_draft(db: Database, person: str) -> Draft:
    """The person's draft; an empty one when there is none."""
    row = db.conn.execute("SELECT facts, asked, partial_shown FROM drafts WHERE person = ?", (person,)).fetchone()
    if row is None:
        return Draft(person, {})
    return Draft(person, json.loads(row[0]), tuple(json.loads(row[1])), row[2])


def last_told(db: Database, person: str) -> datetime | None:
    """When the person's draft last changed; None when there is none."""
    row = db.conn.execute("SELECT updated_at FROM drafts WHERE person = ?", (person,)).fetchone()
    return from_text(row[0]) if row else None


def save_draft(db: Database, draft: Draft, at: datetime) -> None:
    """Stores *draft* over the one before."""
    db.conn.execute(
        "INSERT INTO drafts (person, facts, asked, partial_shown, started_at, updated_at)"
        " VALUES (:person, :facts, :asked, :partial, :at, :at)"
        " ON CONFLICT (person) DO UPDATE SET"
        " facts = :facts, asked = :asked, partial_shown = :partial, updated_at = :at",
        {
            "person": draft.person,
            "facts": json.dumps(draft.facts, ensure_ascii=False),
            "asked": json.dumps(draft.asked),
            "partial": draft.partial_shown,
            "at": as_text(at),
        },
    )


def delete_draft(db: Database, person: str) -> None:
    """Forgets the person's draft."""
    db.conn.execute("DELETE FROM drafts WHERE person = ?", (person,))
