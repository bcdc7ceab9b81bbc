"""How many messages one conversation and one address may send; pure but for the clock that is passed in."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_REMEMBERED = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limit:
    """A token bucket per key: *burst* at once, then *per_second*."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Seconds until *key* may go on; 0 takes one token. *now* is a time in seconds; one that goes back counts as standing still."""
        bucket = self._buckets.pop(key, None) or _Bucket(float(self._burst), now)
        tokens = min(float(self._burst), bucket.tokens + max(0.0, now - bucket.at) * self._per_second)
        allowed = tokens >= 1
        self._buckets[key] = _Bucket(tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self._per_second
