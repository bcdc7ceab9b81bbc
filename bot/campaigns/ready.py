"""What must be so before a campaign may reach anybody: nothing left to fill in, and its last day not over."""

from __future__ import annotations

from datetime import date, datetime

from bot.campaigns.campaign import Campaign
from bot.campaigns.manners import is_late
from bot.errors import BotError


class NotReady(BotError):
    """A campaign cannot go out or be printed as it is."""

    def __init__(self, key: str, blanks: tuple[str, ...], over: date | None = None) -> None:
        """*blanks* are the values to fill in; *over* is the last day on which it would have been of use."""
        why = f"to be filled in: {', '.join(blanks)}" if blanks else f"its last day was {over}"
        super().__init__(f"campaign {key!r} is not ready: {why}")
        self.key, self.blanks, self.over = key, blanks, over


def check_ready(campaign: Campaign, start: datetime) -> None:
    """NotReady when *campaign* may not go out at *start*."""
    if campaign.blanks:
        raise NotReady(campaign.key, campaign.blanks)
    if is_late(campaign.valid_until, start):
        raise NotReady(campaign.key, (), campaign.valid_until)
