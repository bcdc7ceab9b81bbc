"""Whom a collaborator may call because no message of a campaign reached them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaigns import recipients
from bot.campaigns.book import CampaignBook
from bot.people import People, Purpose


@dataclass(frozen=True, slots=True)
class ToCall:
    """One who could not be reached and agreed to be called."""

    name: str | None
    phone: str
    """E.164."""
    place: str | None
    trade: str | None
    reason: str | None


def to_call(book: CampaignBook, people: People, key: str) -> tuple[ToCall, ...]:
    """Whom the collaborator may call instead: not reached, agreed to news and to be contacted, number known."""
    found = recipients.select(
        book.store.db,
        "campaign_id = ? AND state IN ('failed', 'uncertain') AND person_id IS NOT NULL ORDER BY place, id",
        [book.get(key).id],
    )
    calls = []
    for one in found:
        person = str(one.person_id)
        contact = people.contact(person)
        agreed = all(people.has_consent(person, purpose) for purpose in (Purpose.CAMPAIGN, Purpose.CONTACT))
        if agreed and contact.phone:
            calls.append(ToCall(contact.name, contact.phone, one.place, one.trade, one.reason))
    return tuple(calls)
