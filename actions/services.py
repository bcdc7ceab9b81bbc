"""What the actions work with; put together once, where the program starts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaigns.parts import Campaigns
from bot.clock import Clock
from bot.knowledge.search import TopicSearch
from bot.knowledge.topic import Topics
from bot.leads import LeadBook
from bot.people import Erasure, People
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.screening.interview import Interview
from bot.store import Store


@dataclass(frozen=True)
class Services:
    """The parts below the dialogue."""

    store: Store
    clock: Clock
    people: People
    law: Law
    topics: Topics
    search: TopicSearch
    programmes: Programmes
    interview: Interview
    leads: LeadBook
    campaigns: Campaigns
    erasures: tuple[Erasure, ...]
