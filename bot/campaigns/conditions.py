"""Reads the tree of a segment from YAML: one key a condition, its name as the reasons name it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from bot.campaigns.leaves import (
    Answered,
    BecameEligible,
    HasVerdict,
    InPlace,
    InTrade,
    IsRegistered,
    LastContact,
    OnChannel,
    ScreeningIs,
    Speaks,
)
from bot.campaigns.segment import All, AnyOf, Condition, Not, Screening
from bot.eligibility.assessment import Verdict
from bot.eligibility.facts import TRADE_GROUPS
from bot.programmes.source import Source

DEEPEST = 8
"""Levels of and/or/not that a person can still follow."""


def read_condition(source: Source, programmes: Collection[str], depth: int = 0) -> Condition:
    """One condition with all below it; `ContentError("file:line: what")`."""
    if depth > DEEPEST:
        source.fail(f"more than {DEEPEST} conditions inside one another")
    pairs = list(source.pairs())
    if len(pairs) != 1:
        source.fail("one condition was expected; several go under 'all' or 'any'")
    ((key, value),) = pairs
    kind = key.text()
    if kind == "all":
        return All(tuple(read_condition(item, programmes, depth + 1) for item in value.items()))
    if kind == "any":
        return AnyOf(tuple(read_condition(item, programmes, depth + 1) for item in value.items()))
    if kind == "not":
        return Not(read_condition(value, programmes, depth + 1))
    if kind not in _LEAVES:
        key.fail(f"there is no condition {kind!r}; there are: all, any, not, {', '.join(_LEAVES)}")
    return _LEAVES[kind](value, programmes)


def _names(source: Source, known: Collection[str], what: str) -> tuple[str, ...]:
    """One name or a list of them, each one of *known*."""
    items = source.items() if not _is_text(source) else iter((source,))
    return tuple(_one(item, known, what) for item in items)


def _one(source: Source, known: Collection[str], what: str) -> str:
    name = source.text()
    if known and name not in known:
        source.fail(f"there is no {what} {name!r}; there are: {', '.join(known)}")
    return name


def _is_text(source: Source) -> bool:
    return isinstance(source.node.value, str)


def _verdict(source: Source, programmes: Collection[str]) -> Condition:
    entries = source.entries(frozenset({"programme", "is"}))
    verdicts = _names(entries["is"], list(Verdict), "verdict")
    return HasVerdict(_one(entries["programme"], programmes, "programme"), tuple(map(Verdict, verdicts)))


def _became(source: Source, programmes: Collection[str]) -> Condition:
    entries = source.entries(frozenset({"programme", "since"}))
    return BecameEligible(_one(entries["programme"], programmes, "programme"), entries["since"].day())


def _last_contact(source: Source, _: Collection[str]) -> Condition:
    entries = source.entries(frozenset(), frozenset({"within_days", "older_than_days"}))
    if not entries:
        source.fail("within_days or older_than_days was expected")
    days: dict[str, Any] = {name: item.number() for name, item in entries.items()}
    if not all(isinstance(count, int) and count >= 0 for count in days.values()):
        source.fail("whole numbers of days were expected")
    return LastContact(**days)


def _answered(source: Source, _: Collection[str]) -> Condition:
    entries = source.entries(frozenset({"campaign"}), frozenset({"how"}))
    return Answered(entries["campaign"].text(), _names(entries["how"], (), "answer") if "how" in entries else ())


def _registered(source: Source, _: Collection[str]) -> Condition:
    return IsRegistered(_one(source, ("true", "false"), "value") == "true")


_LEAVES: dict[str, Callable[[Source, Collection[str]], Condition]] = {
    "place": lambda source, _: InPlace(_names(source, (), "place")),
    "trade": lambda source, _: InTrade(_names(source, TRADE_GROUPS, "trade group")),
    "registered": _registered,
    "verdict": _verdict,
    "became_eligible": _became,
    "screening": lambda source, _: ScreeningIs(tuple(map(Screening, _names(source, list(Screening), "state")))),
    "last_contact": _last_contact,
    "answered": _answered,
    "language": lambda source, _: Speaks(_one(source, ("vi", "en"), "language")),
    "channel": lambda source, _: OnChannel(_names(source, (), "channel")),
}
