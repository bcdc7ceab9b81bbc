"""Sample collaborators and territories, for a machine on which nobody has put real ones yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.leads.collaborator import Role
from bot.leads.collaborators import Collaborators
from bot.plain_yaml import read_yaml

_FILE = Path(__file__).with_name("sample.yml")

MERGED = date(2025, 7, 1)
"""First day of the units of today."""

_LONG_AGO = date(2000, 1, 1)


def sample_territories(collaborators: Collaborators) -> int:
    """Puts the sample people in, unless anybody is there already; gives how many were put in."""
    if collaborators.all():
        return 0
    content: dict[str, list[dict[str, Any]]] = read_yaml(_FILE)
    for one in content["centre"]:
        collaborators.add(one["name"], role=Role.CENTRE, phone=one["phone"], sample=True)
    for one in content["collaborators"]:
        added = collaborators.add(
            one["name"],
            phone=one["phone"],
            expertise=one.get("expertise", ()),
            capacity=one["capacity"],
            sample=True,
        )
        for district in one["districts"]:
            collaborators.give(added, district, _LONG_AGO)
        for unit in one["units"]:
            collaborators.give(added, unit, MERGED)
    return len(content["centre"]) + len(content["collaborators"])
