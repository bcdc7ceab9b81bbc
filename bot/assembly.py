"""Puts the parts together: the store, the services below the dialogue, the dialogue, the intake and the sender."""

# ruff: noqa: PLC0415  Rasa takes seconds to import: only commands that talk pay for it

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from bot import campaigns, leads, messages, outbox, people, review, screening
from bot.campaigns.dispatch import CampaignDispatch
from bot.campaigns.parts import campaigns_on
from bot.channels import tables as channel_tables
from bot.channels.capabilities import NUMBERED, RATES
from bot.clock import Clock, SystemClock
from bot.errors import DialogueError
from bot.leads import LeadBook, LeadPolicy, read_policy, sample_territories
from bot.leads.geography import MapOfPlaces
from bot.messages.campaigns import CampaignCounter
from bot.messages.collaborators import CollaboratorDesk
from bot.messages.fetching import Mailbox
from bot.messages.floods import FloodCounter
from bot.messages.households import HouseholdDesk
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.linking import LinkDesk
from bot.messages.relay import RelayDesk
from bot.messages.retention import Retention
from bot.messages.rights import RightsDesk
from bot.messages.sender import Sender
from bot.messages.turns import Answered, Turns
from bot.messages.upkeep import Upkeep
from bot.outbox import Pace
from bot.people import People
from bot.personal_data import all_erasures
from bot.places import gazetteer
from bot.programmes.assess_lines import citation_json
from bot.settings import CHECKOUT, Settings, prepare_home
from bot.store import Store

if TYPE_CHECKING:
    from actions.services import Services
    from bot.channels.carrier import Carrier
    from bot.knowledge.search import TopicSearch
    from bot.knowledge.topic import Topics
    from bot.replies.reply import Attachment


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


def quiet() -> None:
    """Keeps libraries' chatter out of the terminal, and people's words out of every log."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warnings.filterwarnings("ignore")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "telegram", "apscheduler", "rasa", "rasa_sdk", "tensorflow", "matplotlib"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            _without_rasa,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _what_broke,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _without_rasa(_: Any, __: str, event: Any) -> Any:
    """Drops Rasa's own structured events: they carry the text of messages."""
    name = str(event.get("event", ""))
    if "." in name:
        raise structlog.DropEvent
    return event


def _what_broke(_: Any, __: str, event: Any) -> Any:
    """Puts the kind of an error and its way through the code where the error was: its message may be a person's words.

    Only the database's own messages are kept; they name tables and locks, never values.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    broke = []
    while isinstance(error, BaseException):
        said = f": {error}" if isinstance(error, sqlite3.Error) else ""
        frames = traceback.extract_tb(error.__traceback__)
        way = [f"{frame.filename.removeprefix(f'{CHECKOUT}/')}:{frame.lineno} {frame.name}" for frame in frames]
        broke.append({"error": f"{type(error).__name__}{said}", "at": way})
        error = error.__cause__ or error.__context__
    if broke:
        event["broke"] = broke
    return event


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
) -> tuple[Services, CollaboratorDesk, Turns]:
    """The intake on *store*, answering with *model*, the collaborators' desk in it, and the services both work with."""
    from actions.registry import all_actions
    from bot.dialogue.embedded import EmbeddedDialogue

    services = build_services(store, clock, policy)
    dialogue = EmbeddedDialogue.load(model, all_actions(services))
    desk = CollaboratorDesk(store, clock, services.people, services.leads)
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


@contextmanager
def answering_once(settings: Settings, clock: Clock) -> Iterator[Callable[[Any], dict[str, Any]]]:
    """Answers single lines, each a fresh conversation, on a database that is thrown away."""
    model = ensure_model(settings)
    quiet()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "ask.sqlite")
        migrate(store)
        *_, turns = turns_on(store, clock, model)
        loop = asyncio.new_event_loop()
        numbers = iter(range(1, sys.maxsize))

        def answer(line: Any) -> dict[str, Any]:
            if not isinstance(line, dict) or not isinstance(line.get("text"), str):
                raise DialogueError("each line must be an object with a text")
            message = IncomingMessage("ask", f"ask-{next(numbers)}", "1", Kind.TEXT, text=line["text"])
            return {"id": line.get("id"), **_as_asked(loop.run_until_complete(turns.ask(message)))}

        try:
            yield answer
        finally:
            turns.close()
            loop.close()
            store.close()


def _as_asked(answered: Answered) -> dict[str, Any]:
    """A turn in the shape of the `ask` contract."""
    replies = answered.replies
    citations = [citation_json(citation) for reply in replies for citation in reply.citations]
    return {
        "outcome": next((reply.outcome.value for reply in replies if reply.outcome), "failed"),
        "text": "\n".join(reply.text.replace("**", "") for reply in replies),
        "topic": next((reply.topic for reply in replies if reply.topic), None),
        "citations": [citation for place, citation in enumerate(citations) if citation not in citations[:place]],
        "suggestions": [choice.title for reply in replies for choice in reply.choices],
    }


def chat_in_terminal(settings: Settings) -> None:
    """The same conversation in this terminal, on the installation's own database."""
    from rich.console import Console

    from bot.channels.terminal import CHANNEL, Shown, converse, typed_lines
    from bot.documents import rendered

    running = assemble(replace(settings, sample_data=True), ensure_model(settings))
    mailbox = Mailbox(running.store, running.clock, CHANNEL)

    async def ask(message: IncomingMessage) -> Shown:
        await running.turns.ask(message)
        return [(shown.reply, shown.buttons) for shown in mailbox.waiting(message.chat)]

    def save(document: Attachment) -> Path:
        folder = settings.home / "giay-to"
        folder.mkdir(exist_ok=True)
        path = folder / f"{running.clock.now():%Y%m%d-%H%M%S}-{document.filename}"
        path.write_bytes(rendered(document))
        return path

    try:
        asyncio.run(converse(ask, typed_lines, Console(), save=save))
    finally:
        running.turns.close()
        running.store.close()
