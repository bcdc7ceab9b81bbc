"""Whatever waits in the outbox, as a message."""

from __future__ import annotations

from dataclasses import replace

from bot import leads as lead_notices
from bot.campaigns import message as campaigns
from bot.outbox import Notices, Outgoing
from bot.replies import campaign, leads
from bot.replies.reply import Reply
from bot.replies.template_news import news_of

_READER = Notices((Reply, *lead_notices.NOTICES, *campaigns.NOTICES))


def render(message: Outgoing) -> Reply:
    """The message to send; StoreError when its kind is not known."""
    notice = _READER.read(message.kind, message.payload)
    if isinstance(notice, Reply):
        return notice
    if isinstance(notice, campaigns.CampaignMessage):
        return campaign.render(notice)
    return replace(leads.render(notice), news=news_of(notice))
