"""How many messages one conversation and one address may send."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.bodies import refuse
from bot.clock import Clock

PER_CONVERSATION = (2.0, 8)
"""Messages a second, and how many at once."""
PER_ADDRESS = (20.0, 60)
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


class Gate:
    """Lets through what one conversation and one address may send, by the clock that is passed in."""

    def __init__(self, clock: Clock, *, on: bool) -> None:
        """*on* is false for load tests on loopback."""
        self._clock = clock
        self._on = on
        self._by_conversation = Limit(*PER_CONVERSATION)
        self._by_address = Limit(*PER_ADDRESS)

    def refusal(self, request: Request, conversation: str) -> Response | None:
        """Why this request must wait, as its answer; None when it may pass."""
        if not self._on:
            return None
        now = self._clock.now().timestamp()
        address = request.client.host if request.client else "unknown"
        wait = max(self._by_conversation.wait(conversation, now), self._by_address.wait(address, now))
        if wait == 0:
            return None
        return refuse(429, "Anh/chị nhắn nhanh quá, chờ một chút rồi nhắn tiếp giúp.", retry_after=math.ceil(wait))
