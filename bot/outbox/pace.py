"""How fast a channel and a chat may be written to; decides only, the sender waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FORGET_ABOVE = 10_000
"""Chats remembered before those that are free again are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Messages a channel takes: *per_second* on average, *burst* at once, and one a *chat_interval* in one chat."""

    per_second: float
    burst: int = 1
    chat_interval: timedelta = timedelta(seconds=1)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime


class Pace:
    """Token buckets per channel, one message an interval per chat, and pauses that a channel asked for."""

    def __init__(self, rates: Mapping[str, Rate], default: Rate = Rate(per_second=20, burst=20)) -> None:  # frozen
        self._rates = dict(rates)
        self._default = default
        self._buckets: dict[str, _Bucket] = {}
        self._chats: dict[tuple[str, str], datetime] = {}
        self._paused: dict[tuple[str, str | None], datetime] = {}

    def delay(self, channel: str, chat: str, now: datetime, *, leaving: int = 0) -> timedelta:
        """How long a message to this chat must still wait; zero when it may go at once.

        One that must not hold up others goes only when that leaves room for so many more at once.
        """
        rate = self._rates.get(channel, self._default)
        tokens = self._tokens(channel, rate, now)
        until = [now]
        wanted = 1 + min(leaving, rate.burst - 1)
        if tokens < wanted:
            until.append(now + timedelta(seconds=(wanted - tokens) / rate.per_second))
        last = self._chats.get((channel, chat))
        if last is not None:
            until.append(last + rate.chat_interval)
        until += [self._paused[key] for key in ((channel, None), (channel, chat)) if key in self._paused]
        return max(until) - now

    def take(self, channel: str, chat: str, now: datetime) -> None:
        """Counts a message that goes now."""
        rate = self._rates.get(channel, self._default)
        self._buckets[channel] = _Bucket(self._tokens(channel, rate, now) - 1, now)
        if len(self._chats) >= FORGET_ABOVE:
            self._forget(now)
        self._chats[(channel, chat)] = now

    def pause(self, channel: str, until: datetime, chat: str | None = None) -> None:
        """Lets nothing go before *until*, to one chat or to the whole channel: what a 429 asks for."""
        key = (channel, chat)
        self._paused[key] = max(until, self._paused.get(key, until))

    def _tokens(self, channel: str, rate: Rate, now: datetime) -> float:
        bucket = self._buckets.get(channel)
        if bucket is None:
            return float(rate.burst)
        passed = max(0.0, (now - bucket.at).total_seconds())
        return min(float(rate.burst), bucket.tokens + passed * rate.per_second)

    def _forget(self, now: datetime) -> None:
        self._chats = {
            key: at
            for key, at in self._chats.items()
            if at + self._rates.get(key[0], self._default).chat_interval > now
        }
        self._paused = {key: until for key, until in self._paused.items() if until > now}
