"""On what terms each channel takes campaign messages: how fast, how long after the last contact, at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.programmes.source import Source, read

_FILE = Path(__file__).with_name("channels.yml")
_KEYS = frozenset({"per_second", "share", "window_hours", "cost_vnd", "tells_delivery", "month_quota"})


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one channel; one that is not listed is never written to by a campaign."""

    per_second: float
    """Messages a second that the channel takes."""
    share: float
    """How much of that a campaign may use, so that conversations stay quick."""
    window: timedelta | None = None
    """How long after the person last wrote a message may go; None for always."""
    cost_vnd: int | None = 0
    """Dong a message; None when nobody knows."""
    tells_delivery: bool = False
    """Whether the channel tells that a message arrived."""
    month_quota: int | None = None
    """Messages a month that the channel takes, conversations included; None for no limit."""

    @property
    def budget(self) -> float:
        """Campaign messages a second."""
        return self.per_second * self.share

    def open_at(self, last_contact: datetime | None, moment: datetime) -> bool:
        """Whether the channel's window is open."""
        return self.window is None or (last_contact is not None and moment - last_contact <= self.window)


@cache
def channel_terms(path: Path = _FILE) -> Mapping[str, Terms]:
    """The terms by channel, in the order in which one that a person has is chosen; `ContentError("file:line: what")`."""
    return {key.text(): _terms(value) for key, value in read(path).pairs()}


def _terms(source: Source) -> Terms:
    entries = source.entries(_KEYS)
    share, rate = entries["share"].number(), entries["per_second"].number()
    if not 0 < share <= 1 or rate <= 0:
        source.fail("a rate above 0 and a share between 0 and 1 were expected")
    hours, cost, quota = entries["window_hours"], entries["cost_vnd"], entries["month_quota"]
    return Terms(
        per_second=float(rate),
        share=float(share),
        window=None if hours.is_null() else timedelta(hours=float(hours.number())),
        cost_vnd=None if cost.is_null() else int(cost.number()),
        tells_delivery=entries["tells_delivery"].text() == "true",
        month_quota=None if quota.is_null() else int(quota.number()),
    )
