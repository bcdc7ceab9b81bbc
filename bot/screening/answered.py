"""What an answer leaves in a draft: of a place also the kind of unit, of a range one number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.places import unit_types
from bot.screening.draft import Draft


def with_known(draft: Draft, name: str, value: Any) -> Draft:
    """Sets a fact; of a place, with what its name implies of the kind of unit."""
    if name != "place" or not isinstance(value, Mapping):
        return draft.with_fact(name, value)
    place = {part: held for part, held in value.items() if held is not None}
    if "unit_type" not in place:
        kinds = unit_types(value)
        if len(kinds) == 1:
            place["unit_type"] = next(iter(kinds))
        elif is_partial_place("place", draft):
            # Asked twice, and still only a district: which of its units it is, an officer will see.
            place["unit_type"] = None
    return draft.with_fact(name, place)


def without_contradiction(draft: Draft, changed: str) -> Draft:
    """*draft* without an older answer that the one just *changed* denies: who has papers is not unregistered."""
    if changed == "registered" and draft.facts.get("registered") and draft.facts.get("legal_form") == "unregistered":
        return draft.without_fact("legal_form")
    if (
        changed == "legal_form"
        and draft.facts["legal_form"] != "unregistered"
        and draft.facts.get("registered") is False
    ):
        return draft.without_fact("registered")
    return draft


def widest(candidates: tuple[Any, ...]) -> Any:
    """Of readings that lead to the same verdict, the one that says least: the exact unit is asked when it matters."""
    return next((reading for reading in candidates if reading.get("new_unit") is None), candidates[0])


def is_partial_place(name: str, draft: Draft) -> bool:
    """Whether *name* is the place, and what is known of it does not tell the kind of unit."""
    place: Mapping[str, Any] | None = draft.facts.get("place") if name == "place" else None
    return bool(place) and "unit_type" not in (place or {})


def of_range(question: str, said: tuple[Any, Any] | None) -> Any:
    """One number for a range: never more than was said for money, never fewer people than may be there."""
    if said is None:
        return None
    low, high = said
    if question == "timing":
        return [low, high]
    if question == "employees":
        return high if high is not None else low
    return low if low is not None else high
