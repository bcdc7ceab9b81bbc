"""Puts the parts of the campaigns together on a store."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaigns.book import CampaignBook
from bot.campaigns.dispatch import CampaignDispatch
from bot.campaigns.known import Assessor, KnownPeople
from bot.clock import Clock
from bot.people import People
from bot.places import gazetteer
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.screening.interview import Interview
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Campaigns:
    """What staff and the service do with campaigns."""

    book: CampaignBook
    dispatch: CampaignDispatch
    assessor: Assessor


def campaigns_on(store: Store, clock: Clock, people: People) -> Campaigns:
    """The campaigns kept in *store*, judged by the law and the places as the files have them."""
    law, places = load_law(), gazetteer()
    programmes = load_programmes(law)
    assessor = Assessor(programmes, law, Interview(programmes, law, places))
    book = CampaignBook(store, clock, KnownPeople(store, clock, assessor, places), (law, programmes))
    return Campaigns(book, CampaignDispatch(book, people), assessor)
