"""The Centre's list of its collaborators: who stands on it with which places, and how people and places are put on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.leads.collaborator import Collaborator, of_row
from bot.leads.collaborators import Collaborators
from bot.leads.routing import area_key
from bot.leads.typed import Newcomer, NotUsable, TableRefused, Unclear
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Territory:
    """A place of somebody."""

    area: str
    valid_from: date
    valid_to: date | None
    """The last day; None while no end is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the list, as on a day."""

    who: Collaborator
    sample: bool
    """One of the made-up people of a fresh machine."""
    territories: tuple[Territory, ...]
    """Those of the day and of later days."""
    absent_until: date | None
    """The last day of an absence that has begun."""


class Roster:
    """Reads and changes the list; every change is one transaction, or joins the caller's."""

    def __init__(self, store: Store, collaborators: Collaborators) -> None:
        self._store = store
        self._collaborators = collaborators

    def entries(self, day: date) -> tuple[Entry, ...]:
        """Everybody, in service or not, by number."""
        rows = list(self._store.db.query("SELECT * FROM collaborators ORDER BY id"))
        return tuple(
            Entry(of_row(row), bool(row["sample"]), self.territories(row["id"], day), self._absent(row["id"], day))
            for row in rows
        )

    def territories(self, collaborator_id: int, day: date) -> tuple[Territory, ...]:
        """The places that somebody has on *day* or will have later, in the order they were given."""
        rows = self._store.db.query(
            "SELECT * FROM territories WHERE collaborator_id = ? AND coalesce(valid_to, '9999') >= ? ORDER BY id",
            [collaborator_id, day.isoformat()],
        )
        return tuple(
            Territory(
                row["area"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in list(rows)
        )

    def add(self, newcomer: Newcomer, valid_from: date) -> int:
        """Puts somebody on the list and gives the number; NotUsable when the name stands there already."""
        with self._store.transaction():
            for one in self._collaborators.all():
                if area_key(one.name) == area_key(newcomer.name):
                    raise NotUsable(Unclear.TAKEN, one.name, [str(one.id)])
            added = self._collaborators.add(
                newcomer.name,
                role=newcomer.role,
                phone=newcomer.phone,
                expertise=newcomer.programmes,
                capacity=newcomer.capacity,
            )
            for area in newcomer.places:
                self._collaborators.give(added, area, valid_from)
            return added

    def add_all(self, newcomers: Sequence[tuple[int, Newcomer]], valid_from: date) -> tuple[int, ...]:
        """Puts everybody of a table, each with its line, on the list, or nobody: TableRefused with every fault."""
        faults: list[tuple[int, NotUsable]] = []
        added: list[int] = []
        with self._store.transaction():
            for line, newcomer in newcomers:
                try:
                    added.append(self.add(newcomer, valid_from))
                except NotUsable as fault:
                    faults.append((line, fault))
            if faults:
                raise TableRefused(faults)
        return tuple(added)

    def place(self, collaborator_id: int, given: Iterable[str], taken: Iterable[str], first_day: date) -> None:
        """From *first_day* on somebody has the places *given* and no longer those *taken*.

        NotUsable when one is to be taken that it does not have; KeyError when there is nobody of this number.
        """
        with self._store.transaction():
            self._collaborators.get(collaborator_id)
            for area in taken:
                self._take(collaborator_id, area, first_day)
            for area in given:
                self._give(collaborator_id, area, first_day)

    def _give(self, collaborator_id: int, area: str, first_day: date) -> None:
        for standing in self.territories(collaborator_id, first_day):
            if area_key(standing.area) == area_key(area) and standing.valid_to is None:
                if standing.valid_from <= first_day:
                    return
                # It was to begin later: what begins now takes the place of that.
                self._cut(collaborator_id, area, first_day)
        self._collaborators.give(collaborator_id, area, first_day)

    def _take(self, collaborator_id: int, area: str, first_day: date) -> None:
        standing = self.territories(collaborator_id, first_day)
        if area_key(area) not in {area_key(one.area) for one in standing}:
            raise NotUsable(Unclear.NOT_THEIRS, area, dict.fromkeys(one.area for one in standing))
        self._cut(collaborator_id, area, first_day)

    def _cut(self, collaborator_id: int, area: str, first_day: date) -> None:
        """Ends what stands the day before *first_day*; what would begin only later never begins."""
        of_area = [collaborator_id, area_key(area), first_day.isoformat()]
        db = self._store.db
        db.execute("DELETE FROM territories WHERE collaborator_id = ? AND area_key = ? AND valid_from >= ?", of_area)
        db.execute(
            "UPDATE territories SET valid_to = ? WHERE collaborator_id = ? AND area_key = ?"
            " AND coalesce(valid_to, '9999') >= ?",
            [(first_day - timedelta(days=1)).isoformat(), *of_area],
        )

    def _absent(self, collaborator_id: int, day: date) -> date | None:
        found = self._store.db.query(
            "SELECT max(last_day) AS until FROM absences WHERE collaborator_id = ? AND ? BETWEEN first_day AND last_day",
            [collaborator_id, day.isoformat()],
        )
        return next((date.fromisoformat(row["until"]) for row in list(found) if row["until"]), None)
