"""Whatever waits in the outbox, as a message."""

from __future__ import annotations

from bot.leads import NOTICES
from bot.outbox import Notices, Outgoing
from bot.replies import leads
from bot.replies.reply import Reply

_READER = Notices((Reply, *NOTICES))


def render(message: Outgoing) -> Reply:
    """The message to send; StoreError when its kind is not known."""
    notice = _READER.read(message.kind, message.payload)
    return notice if isinstance(notice, Reply) else leads.render(notice)
