"""How many campaign messages a channel's monthly quota still takes, when conversations are to keep their part of it."""

from __future__ import annotations

import math
from datetime import datetime

from sqlite_utils import Database

from bot.campaigns.terms import Terms
from bot.clock import VIETNAM
from bot.outbox.outcomes import sent_on


def left_this_month(db: Database, channel: str, terms: Terms, now: datetime) -> int | None:
    """What a campaign may still send on *channel* this month; None where the channel has no quota."""
    if terms.month_quota is None:
        return None
    begun = now.astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(0, math.floor(terms.month_quota * terms.share) - sent_on(db, channel, begun))
