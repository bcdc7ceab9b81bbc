"""Who would get a campaign if it started now, why, and what that would cost and take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.campaigns.known import Person
from bot.campaigns.recipients import best_chat
from bot.campaigns.segment import Because, Segment
from bot.campaigns.terms import Terms

SHOWN = 10
"""How many of those found are shown."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One person that a preview shows, without a name or a number."""

    place: str | None
    trade: str | None
    channel: str | None
    """None when no chat of the person can be written to by a campaign."""
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get the campaign if it started now."""

    count: int
    reachable: int
    by_channel: dict[str, int]
    """Of those that can be reached."""
    samples: tuple[Sample, ...]
    agreed: int
    """How many people agreed to campaigns at all."""
    cost_vnd: int | None
    """Dong; None when a channel's price is not known."""
    seconds: float
    """How long sending takes at the channels' budgets."""
    closed: int = 0
    """Of those that can be reached, whose channel would not take a message now: they wrote too long ago."""
    beyond_quota: Mapping[str, int] = field(default_factory=dict)
    """By channel: how many more than its quota of the month leaves for campaigns."""


def preview(
    segment: Segment, everybody: Iterable[Person], terms: Mapping[str, Terms], left: Mapping[str, int]
) -> Preview:
    """Judges *everybody* by *segment*; *left* is what a quota leaves on the channels that have one."""
    found: list[Sample] = []
    agreed = closed = 0
    for person in everybody:
        agreed += 1
        match = segment.match(person.known)
        if match.inside:
            chat = best_chat(person.chats, terms)
            closed += chat is not None and not terms[chat.channel].open_at(chat.heard, person.known.now)
            found.append(Sample(person.place, person.trade, chat.channel if chat else None, match.because))
    channels = [one.channel for one in found if one.channel is not None]
    by_channel = {name: channels.count(name) for name in terms if name in channels}
    costs = [terms[name].cost_vnd for name in by_channel]
    return Preview(
        count=len(found),
        reachable=len(channels),
        by_channel=by_channel,
        samples=tuple(_spread(found)),
        agreed=agreed,
        cost_vnd=None
        if None in costs
        else sum((terms[name].cost_vnd or 0) * count for name, count in by_channel.items()),
        closed=closed,
        beyond_quota={name: count - left[name] for name, count in by_channel.items() if count > left.get(name, count)},
        seconds=max((count / terms[name].budget for name, count in by_channel.items()), default=0.0),
    )


def _spread(found: list[Sample]) -> Iterable[Sample]:
    """Some of *found* from all over it, always the same ones."""
    return found if len(found) <= SHOWN else (found[len(found) * number // SHOWN] for number in range(SHOWN))
