"""Whatever waits in the outbox, as a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import leads as lead_notices
from bot.campaigns import message as campaigns
from bot.campaigns.manners import may_disturb
from bot.leads.notices import LeadAlerts, LeadDigest, LeadMoved, LeadsSilent
from bot.outbox import Notices, Outgoing
from bot.replies import campaign, leads
from bot.replies.reply import Reply
from bot.replies.template_news import news_of

_READER = Notices((Reply, *lead_notices.NOTICES, *campaigns.NOTICES))
_CAN_WAIT = (LeadAlerts, LeadDigest, LeadMoved, LeadsSilent)
"""What is read when there is time: lists of work, and that there is nothing more to do about a case."""


def render(message: Outgoing, at: datetime | None = None) -> Reply:
    """The message as it is sent *at* a moment, by default when it was written; StoreError when its kind is not known.

    News of a case that comes at night is quiet; an answer to what somebody has just said never is.
    """
    notice = _READER.read(message.kind, message.payload)
    if isinstance(notice, Reply):
        return notice
    if isinstance(notice, campaigns.CampaignMessage):
        return campaign.render(notice)
    quiet = isinstance(notice, _CAN_WAIT) or not may_disturb(at or message.created)
    return replace(leads.render(notice), news=news_of(notice), quiet=quiet)
