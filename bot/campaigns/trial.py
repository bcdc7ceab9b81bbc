"""Sending a campaign to oneself before anybody else gets it."""

from __future__ import annotations

from bot.campaigns.book import CampaignBook
from bot.campaigns.message import message_for
from bot.errors import BotError
from bot.language import fold
from bot.leads import Collaborators
from bot.outbox import enqueue


class NobodyToTry(BotError):
    """Nobody of that name has a linked chat."""


def send_trial(book: CampaignBook, staff: Collaborators, key: str, name: str) -> str:
    """Queues campaign *key* for one of the staff, by a part of the name; gives the whole name, NobodyToTry otherwise."""
    found = [one for one in staff.all() if fold(name) in fold(one.name)]
    linked = [one for one in found if one.channel and one.chat]
    if len(linked) != 1:
        raise NobodyToTry(
            f"{name!r} names {len(linked)} people with a linked chat; `khuyencong leads invite` links one"
        )
    (one,) = linked
    message = message_for(book.get(key).campaign, book.clock.today(), name=one.name)
    with book.store.transaction() as db:
        enqueue(db, now=book.clock.now(), channel=str(one.channel), chat=str(one.chat), notice=message)
    return one.name
