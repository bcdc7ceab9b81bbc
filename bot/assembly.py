"""Puts the parts together: the store, the services below the dialogue, the dialogue, the intake and the sender."""

# ruff: noqa: PLC0415  Rasa takes seconds to import: only commands that talk pay for it

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot import campaigns, leads, messages, outbox, people, review, screening
from bot.campaigns.dispatch import CampaignDispatch
from bot.campaigns.parts import campaigns_on
from bot.channels import tables as channel_tables
from bot.channels.capabilities import NUMBERED, RATES
from bot.clock import Clock, SystemClock
from bot.leads import LeadBook, LeadPolicy, read_policy, sample_territories
from bot.leads.geography import MapOfPlaces
from bot.logs import quiet
from bot.messages.campaigns import CampaignCounter
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.floods import FloodCounter
from bot.messages.households import HouseholdDesk
from bot.messages.linking import LinkDesk
from bot.messages.relay import RelayDesk
from bot.messages.retention import Retention
from bot.messages.rights import RightsDesk
from bot.messages.sender import Sender
from bot.messages.turns import Turns
from bot.messages.upkeep import Upkeep
from bot.outbox import Pace
from bot.people import People
from bot.personal_data import all_erasures
from bot.places import gazetteer
from bot.settings import CHECKOUT, DEFAULT_CHATS_AT_ONCE, Settings, prepare_home
from bot.store import Store

if TYPE_CHECKING:
    from actions.services import Services
    from bot.channels.carrier import Carrier
    from bot.knowledge.search import TopicSearch
    from bot.knowledge.topic import Topics


@dataclass
class App:
    """A running installation."""

    settings: Settings
    store: Store
    clock: Clock
    people: People
    leads: LeadBook
    turns: Turns
    desk: CollaboratorDesk
    carriers: dict[str, Carrier]
    sender: Sender
    campaigns: CampaignDispatch
    upkeep: Upkeep
    relay: RelayDesk


def open_store(settings: Settings) -> Store:
    """The database of this installation, brought to its newest shape."""
    prepare_home(settings)
    store = Store(settings.database)
    migrate(store)
    return store


def migrate(store: Store) -> None:
    """Brings every package's tables to their newest shape."""
    packages = (people, outbox, screening, leads, campaigns, review, messages, channel_tables)
    store.migrate([package.MIGRATIONS for package in packages])


def ensure_model(settings: Settings, *, force: bool = False) -> Path:
    """The model trained from the files as they are; trains it first, with progress, when there is none."""
    from bot.dialogue.training import current_model, train

    quiet()
    model = None if force else current_model(settings.model)
    if model is not None:
        return model
    from rich.console import Console

    console = Console(file=sys.stderr)
    console.print("Bước 3/3  Huấn luyện mô hình (một đến hai phút, chỉ khi dữ liệu đổi) · training")
    with console.status("nlu/, stories/, bot/knowledge/topics…"):
        model = train(settings.model)
        # The search keeps what it computes from the topics, so that the first start is as quick as the second.
        build_services(Store(None), SystemClock())
        return model


def topic_search(topics: Topics) -> TopicSearch:
    """The search as the product runs it; what it computes from the topics is kept in the checkout's cache."""
    from bot.knowledge.search import load_search
    from nlu.accents import AccentModel
    from nlu.encoder import shared_encoder
    from nlu.examples import examples

    accents = AccentModel.train(text for topic in topics.values() for text in topic.wordings())
    return load_search(
        topics,
        shared_encoder(),
        restore=accents.restore,
        cache=CHECKOUT / ".cache",
        outside=examples({"out_of_scope", "abuse", "steer_bot"}),
    )


def build_services(store: Store, clock: Clock, policy: LeadPolicy | None = None) -> Services:
    """Everything below the dialogue, on *store*; *policy* says how long people have with leads."""
    from actions.services import Services
    from bot.knowledge.loader import load_topics
    from bot.programmes.catalogue import load_programmes
    from bot.programmes.loader import load_law
    from bot.screening.interview import Interview

    law = load_law()
    topics, programmes, places = load_topics(law), load_programmes(law), gazetteer()
    persons = People(store, clock)
    return Services(
        store=store,
        clock=clock,
        people=persons,
        law=law,
        topics=topics,
        search=topic_search(topics),
        programmes=programmes,
        interview=Interview(programmes, law, places),
        leads=LeadBook(store, clock, persons, geography=MapOfPlaces(places), policy=policy),
        campaigns=campaigns_on(store, clock, persons),
        erasures=all_erasures(store, clock),
    )


def turns_on(
    store: Store,
    clock: Clock,
    model: Path,
    on_outgoing: Callable[[], None] = lambda: None,
    *,
    policy: LeadPolicy | None = None,
    telegram_name: str | None = None,
    chats_at_once: int = DEFAULT_CHATS_AT_ONCE,
) -> tuple[Services, CollaboratorDesk, Turns]:
    """The intake on *store*, answering with *model*, the collaborators' desk in it, and the services both work with."""
    from actions.registry import all_actions
    from bot.dialogue.embedded import EmbeddedDialogue

    services = build_services(store, clock, policy)
    dialogue = EmbeddedDialogue.load(model, all_actions(services))
    desk = CollaboratorDesk(store, clock, services.leads)
    return (
        services,
        desk,
        Turns(
            store,
            clock,
            services.people,
            dialogue,
            desk,
            on_outgoing=on_outgoing,
            counters=(
                FloodCounter(clock),
                RelayDesk(store, clock, services.people, services.leads),
                LinkDesk(clock, services.people, services.leads, telegram_name),
                RightsDesk(services.people, services.leads),
                HouseholdDesk(clock, services.leads),
                CampaignCounter(services.people, services.campaigns.book, services.campaigns.dispatch),
            ),
            numbered=NUMBERED,
            at_once=chats_at_once,
        ),
    )


def assemble(settings: Settings, model: Path, clock: Clock | None = None) -> App:
    """An installation on the database of *settings*, with *model*; channels are added to `carriers` afterwards."""
    quiet()
    clock = clock or SystemClock()
    store = open_store(settings)
    carriers: dict[str, Carrier] = {}
    woken: list[Sender] = []
    policy = read_policy(settings.given)
    services, desk, turns = turns_on(
        store,
        clock,
        model,
        lambda: woken[0].wake(),  # noqa: PLW0108  the sender comes after
        policy=policy,
        telegram_name=settings.given.get("TELEGRAM_NAME"),
        chats_at_once=settings.chats_at_once,
    )
    dispatch = services.campaigns.dispatch
    sender = Sender(store, clock, services.people, carriers, Pace(RATES), hold_back=dispatch.hold_back)
    woken.append(sender)
    if settings.sample_data:
        sample_territories(services.leads.collaborators)
    upkeep = Upkeep(store, clock, retention(settings), settings.ledger)
    quiet_time = timedelta(minutes=settings.relay_minutes)
    relay = RelayDesk(store, clock, services.people, services.leads, quiet_time)
    return App(
        settings, store, clock, services.people, services.leads, turns, desk, carriers, sender, dispatch, upkeep, relay
    )


def retention(settings: Settings) -> Retention:
    """How long this installation keeps things."""
    return Retention(
        messages=timedelta(days=settings.keep_messages_days),
        buttons=timedelta(days=settings.keep_buttons_days),
        drafts=timedelta(days=settings.keep_drafts_days),
    )
