"""Who takes leads: a collaborator, or somebody at the Centre."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

STAFF_CHANNEL = "staff"
"""Where cards go for those without an account on a channel: the staff page and the terminal show them."""

CENTRE_CHAT = "centre"
"""The staff chat of the Centre as such."""


class Role(StrEnum):
    """What somebody does about leads."""

    COLLABORATOR = "collaborator"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Collaborator:
    """Somebody who takes leads."""

    id: int
    role: Role
    name: str
    phone: str | None
    """E.164."""
    active: bool
    expertise: frozenset[str]
    """Programmes; empty for one who does all."""
    capacity: int
    channel: str
    """Where its cards go; `staff` when it has no account."""
    chat: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where the network has holes, on a day."""

    uncovered: tuple[str, ...]
    """Units of which no active collaborator has the unit, or a former district of it."""
    idle: tuple[Collaborator, ...]
    """Collaborators without any place."""
    without_work: tuple[Collaborator, ...]
    """Collaborators with a place, whom nothing waits for and who are asked nothing."""


STAFF_CHAT = "collaborator-"
"""What the staff chat of somebody without an account begins with; the id follows."""


def of_row(row: Mapping[str, Any]) -> Collaborator:
    """A collaborator out of its row."""
    return Collaborator(
        id=row["id"],
        role=Role(row["role"]),
        name=row["name"],
        phone=row["phone"],
        active=bool(row["active"]),
        expertise=frozenset(json.loads(row["expertise"])),
        capacity=row["capacity"],
        channel=row["channel"] or STAFF_CHANNEL,
        chat=row["chat"] or f"{STAFF_CHAT}{row['id']}",
        reachable=bool(row["reachable"]),
    )
