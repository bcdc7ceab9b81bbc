"""Sending a campaign to oneself before anybody else gets it."""

from __future__ import annotations

from bot.campaigns.book import CampaignBook
from bot.campaigns.message import message_for
from bot.errors import BotError
from bot.language import fold
from bot.leads import STAFF_CHANNEL, Collaborators
from bot.outbox import enqueue


class NobodyToTry(BotError):
    """Nobody of that name has a linked chat, or several have."""


def send_trial(book: CampaignBook, staff: Collaborators, key: str, name: str) -> str:
    """Queues campaign *key* for one of the staff; gives the whole name.

    *name* may be a part of it, or nothing where only one has a linked chat; NobodyToTry names those to choose from.
    """
    # The staff page is no chat: a trial is to be seen as people see it.
    linked = [one for one in staff.all() if one.channel != STAFF_CHANNEL]
    found = [one for one in linked if fold(name) in fold(one.name)]
    if len(found) != 1:
        names = ", ".join(one.name for one in found or linked)
        raise NobodyToTry(f"{name!r} names {len(found)} people with a linked chat: {names}")
    (one,) = found
    message = message_for(book.get(key).campaign, book.clock.today(), name=one.name, trial=True)
    with book.store.transaction() as db:
        enqueue(db, now=book.clock.now(), channel=one.channel, chat=one.chat, notice=message)
    return one.name
