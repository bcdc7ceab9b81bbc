"""Collaborators and the Centre's staff: who they are, which places are theirs and when, and when they are away."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import date

from bot.clock import Clock
from bot.leads.collaborator import CENTRE_CHAT, STAFF_CHANNEL, STAFF_CHAT, Collaborator, Coverage, Role, of_row
from bot.leads.life import WORKING
from bot.leads.routing import Candidate, Flat, Geography, area_key
from bot.store import Store, as_text, from_text

_CENTRE_NAME = "Trung tâm"
"""Who has what comes to the Centre while no one there is known by name."""

_INVITATION_BYTES = 12
"""Unguessable, and with its prefix well within the 64 characters of a Telegram deep link."""


class Collaborators:
    """Keeps collaborators; every call joins the caller's transaction when there is one."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def add(
        self,
        name: str,
        *,
        role: Role = Role.COLLABORATOR,
        phone: str | None = None,
        expertise: Iterable[str] = (),
        capacity: int = 10,
        sample: bool = False,
    ) -> int:
        """Adds somebody without an account yet and gives the id."""
        with self._store.transaction() as db:
            cursor = db.execute(
                "INSERT INTO collaborators (role, name, phone, expertise, capacity, sample, created)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    role,
                    name,
                    phone,
                    json.dumps(sorted(expertise)),
                    capacity,
                    int(sample),
                    as_text(self._clock.now()),
                ],
            )
            return int(cursor.lastrowid or 0)

    def invite(self, collaborator_id: int) -> str:
        """The code of a new link to join by; the one before is void."""
        code = f"ctv_{secrets.token_urlsafe(_INVITATION_BYTES)}"
        with self._store.transaction() as db:
            db.execute("UPDATE collaborators SET invitation = ? WHERE id = ?", [code, collaborator_id])
        return code

    def invited(self, code: str) -> Collaborator | None:
        """Whom a code invites; None when it was used, replaced, or never made."""
        rows = self._store.db.query("SELECT * FROM collaborators WHERE invitation = ?", [code])
        return next((of_row(row) for row in list(rows)), None)

    def link(self, collaborator_id: int, channel: str, chat: str) -> None:
        """Cards go to this chat from now on; whoever had the chat before loses it, and the invitation is used up."""
        with self._store.transaction() as db:
            db.execute(
                "UPDATE collaborators SET channel = NULL, chat = NULL WHERE channel = ? AND chat = ?", [channel, chat]
            )
            db.execute(
                "UPDATE collaborators SET channel = ?, chat = ?, reachable = 1, invitation = NULL WHERE id = ?",
                [channel, chat, collaborator_id],
            )

    def unlink(self, collaborator_id: int) -> None:
        """Nobody's chat is this one's any more, and an invitation that was not used is void."""
        with self._store.transaction() as db:
            db.execute(
                "UPDATE collaborators SET channel = NULL, chat = NULL, reachable = 1, invitation = NULL WHERE id = ?",
                [collaborator_id],
            )

    def set_active(self, collaborator_id: int, *, active: bool) -> None:
        """Puts somebody in or out of service; what is already theirs stays theirs."""
        with self._store.transaction() as db:
            db.execute("UPDATE collaborators SET active = ? WHERE id = ?", [int(active), collaborator_id])

    def set_reachable(self, collaborator_id: int, *, reachable: bool) -> None:
        """Notes whether the chat of somebody takes messages; one who cannot be reached is not asked."""
        with self._store.transaction() as db:
            db.execute("UPDATE collaborators SET reachable = ? WHERE id = ?", [int(reachable), collaborator_id])

    def give(self, collaborator_id: int, area: str, valid_from: date, valid_to: date | None = None) -> None:
        """Gives a unit of today or a former district to somebody, from a day to an optional last day."""
        with self._store.transaction() as db:
            db.execute(
                "INSERT INTO territories (collaborator_id, area, area_key, valid_from, valid_to)"
                " VALUES (?, ?, ?, ?, ?)",
                [
                    collaborator_id,
                    area,
                    area_key(area),
                    valid_from.isoformat(),
                    valid_to.isoformat() if valid_to else None,
                ],
            )

    def away(self, collaborator_id: int, first_day: date, last_day: date) -> None:
        """Notes an absence, both days included; nothing is offered meanwhile."""
        with self._store.transaction() as db:
            db.execute(
                "INSERT INTO absences (collaborator_id, first_day, last_day) VALUES (?, ?, ?)",
                [collaborator_id, first_day.isoformat(), last_day.isoformat()],
            )

    def is_away(self, collaborator_id: int, day: date) -> bool:
        """Whether somebody is absent on *day*."""
        found = self._store.db.query(
            "SELECT 1 FROM absences WHERE collaborator_id = ? AND ? BETWEEN first_day AND last_day",
            [collaborator_id, day.isoformat()],
        )
        return bool(list(found))

    def back(self, collaborator_id: int) -> None:
        """Ends every absence from today on: somebody is at work again."""
        today = self._clock.today()
        with self._store.transaction() as db:
            db.execute(
                "DELETE FROM absences WHERE collaborator_id = ? AND first_day >= ?",
                [collaborator_id, today.isoformat()],
            )
            db.execute(
                "UPDATE absences SET last_day = date(?, '-1 day') WHERE collaborator_id = ? AND last_day >= ?",
                [today.isoformat(), collaborator_id, today.isoformat()],
            )

    def get(self, collaborator_id: int) -> Collaborator:
        """One by id; KeyError when there is none."""
        for row in list(self._store.db.query("SELECT * FROM collaborators WHERE id = ?", [collaborator_id])):
            return of_row(row)
        raise KeyError(collaborator_id)

    def of_chat(self, channel: str, chat: str) -> Collaborator | None:
        """Who gets cards in this chat; None for everybody else. Staff chats belong to whom they name."""
        if channel == STAFF_CHANNEL and chat != CENTRE_CHAT:
            number = chat.removeprefix(STAFF_CHAT)
            sql, values = "SELECT * FROM collaborators WHERE id = ?", [number]
        else:
            sql, values = "SELECT * FROM collaborators WHERE channel = ? AND chat = ?", [channel, chat]
        return next((of_row(row) for row in list(self._store.db.query(sql, values))), None)

    def all(self, role: Role | None = None) -> tuple[Collaborator, ...]:
        """Everybody, by id; those of *role* only when it is given."""
        rows = self._store.db.query("SELECT * FROM collaborators WHERE role = coalesce(?, role) ORDER BY id", [role])
        return tuple(of_row(row) for row in list(rows))

    def centre(self) -> tuple[Collaborator, ...]:
        """The Centre's staff in service; while nobody there is known by name and can be reached, the Centre as such."""
        named = tuple(
            one
            for one in self.all(Role.CENTRE)
            if one.active and one.reachable and (one.channel, one.chat) != (STAFF_CHANNEL, CENTRE_CHAT)
        )
        return named or (self.desk_of_centre(),)

    def desk_of_centre(self) -> Collaborator:
        """The Centre as such, at the staff page; put on record the first time that it is needed."""
        with self._store.transaction():
            standing = self.of_chat(STAFF_CHANNEL, CENTRE_CHAT)
            if standing is not None:
                return standing
            added = self.add(_CENTRE_NAME, role=Role.CENTRE)
            self.link(added, STAFF_CHANNEL, CENTRE_CHAT)
            return self.get(added)

    def candidates(self, day: date) -> tuple[Candidate, ...]:
        """Who may be asked on *day*: in service, reachable, not away, with a place."""
        rows = list(self._store.db.query(_CANDIDATES, {"day": day.isoformat()}))
        return tuple(
            Candidate(
                id=row["id"],
                areas=frozenset(json.loads(row["areas"])),
                expertise=frozenset(json.loads(row["expertise"])),
                capacity=row["capacity"],
                load=row["load"],
                last_asked=from_text(row["last_asked"]) if row["last_asked"] else None,
            )
            for row in rows
        )

    def coverage(self, units: Iterable[str], day: date, geography: Geography | None = None) -> Coverage:
        """Which of *units* nobody in service has, who has no place at all, and who has nothing to do.

        With a *geography* a unit is also had by who has a former district that it was made of, as routing finds them.
        """
        geography = geography or Flat()
        values = {"day": day.isoformat()}
        covered = {row["area"] for row in list(self._store.db.query(_COVERED, values))}
        placed = {row["id"] for row in list(self._store.db.query(_PLACED, values))}
        busy = {row["id"] for row in list(self._store.db.query(_BUSY))}
        serving = [one for one in self.all(Role.COLLABORATOR) if one.active]
        return Coverage(
            uncovered=tuple(
                unit
                for unit in units
                if not covered & {area_key(area) for area in (unit, *geography.districts_of(unit))}
            ),
            idle=tuple(one for one in serving if one.id not in placed),
            without_work=tuple(one for one in serving if one.id in placed and one.id not in busy),
        )


_VALID = "t.valid_from <= :day AND coalesce(t.valid_to, '9999') >= :day"

_COVERED = f"""
    SELECT DISTINCT t.area_key AS area FROM territories t JOIN collaborators c ON c.id = t.collaborator_id
    WHERE c.active = 1 AND {_VALID}
"""  # noqa: S608  # own text

_PLACED = f"SELECT DISTINCT t.collaborator_id AS id FROM territories t WHERE {_VALID}"  # noqa: S608  # own text

_WORKING = ", ".join(f"'{state}'" for state in sorted(WORKING))

_BUSY = f"""
    SELECT collaborator_id AS id FROM offers WHERE state = 'open'
    UNION SELECT owner_id FROM leads WHERE owner_id IS NOT NULL AND state IN ({_WORKING})
"""  # noqa: S608  # own names

_CANDIDATES = f"""
    SELECT c.id, c.expertise, c.capacity,
           (SELECT json_group_array(DISTINCT t.area_key) FROM territories t
             WHERE t.collaborator_id = c.id AND {_VALID}) AS areas,
           (SELECT count(*) FROM offers o WHERE o.collaborator_id = c.id AND o.state = 'open')
             + (SELECT count(*) FROM leads l WHERE l.owner_id = c.id AND l.state IN ({_WORKING})) AS load,
           (SELECT max(o.offered_at) FROM offers o WHERE o.collaborator_id = c.id) AS last_asked
    FROM collaborators c
    WHERE c.role = 'collaborator' AND c.active = 1 AND c.reachable = 1
      AND NOT EXISTS (SELECT 1 FROM absences a
                      WHERE a.collaborator_id = c.id AND :day BETWEEN a.first_day AND a.last_day)
    ORDER BY c.id
"""  # noqa: S608  # own names
