"""Whether a person may be written to in the conversation now; pure."""

from __future__ import annotations

from datetime import datetime

from bot.channels.zalo_oa.codes import FREE_USED_UP, WINDOW_CLOSED
from bot.channels.zalo_oa.settings import ZaloOaSettings


def closed(rules: ZaloOaSettings, now: datetime, last_heard: datetime | None, sent_since: int) -> str | None:
    """Why the conversation is closed, None when it is open.

    *last_heard* is when the person last did something, None when that is not known: then the platform may decide.
    *sent_since* counts our messages after that.
    """
    if last_heard is None:
        return None
    age = now - last_heard
    if age <= rules.free_window and sent_since < rules.free_messages:
        return None
    if age <= rules.reply_window:
        return None if rules.paid_replies else FREE_USED_UP
    return WINDOW_CLOSED
