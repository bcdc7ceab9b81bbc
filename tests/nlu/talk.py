"""A person who talks to the real thing: trained model, rules, actions, database; no channel in between."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.assembly import migrate, turns_on
from bot.clock import SystemClock
from bot.logs import quiet
from bot.messages import buttons
from bot.messages.incoming import IncomingMessage, Kind, Location
from bot.messages.turns import Turns
from bot.replies.reply import Choice, Reply
from bot.store import Store

CHANNEL = "web"
DOUBTFUL = (
    "bên xã nói khác bên này",
    "mở rộng xưởng thì sao",
    "vụ tiền bạc đó tính sao",
    "mấy cái giấy đó",
    "được mấy lần",
    "đang tính làm lớn",
    "lò gạch nhà bên cạnh",
)
"""Near to something, sure of nothing: which of them is offered readings, and which a way on, is the model's matter."""

UNREADABLE = ("dạ thì cũng vậy đó", "nó là như thế này nè", "dạ cũng tùy nữa", "thì cũng như mọi người thôi")
"""Said in reply to a question, and no answer to any."""


class Office:
    """Everything behind the channels, on a database of its own."""

    def __init__(self, store: Store, turns: Turns) -> None:
        self.store = store
        self.turns = turns
        self._numbers = itertools.count(1)

    def person(self) -> Person:
        """Somebody new."""
        return Person(self, f"chat-{next(self._numbers)}")

    def next_update(self) -> str:
        return f"u{next(self._numbers)}"


class Person:
    """One chat; remembers what was answered last."""

    def __init__(self, office: Office, chat: str) -> None:
        self.office = office
        self.chat = chat
        self.replies: tuple[Reply, ...] = ()

    async def says(self, text: str) -> str:
        """Types *text*; gives all that was answered."""
        return await self._does(IncomingMessage(CHANNEL, self.chat, self.office.next_update(), Kind.TEXT, text=text))

    async def shares(self, media: str, caption: str = "") -> str:
        """Sends a picture, a voice message …"""
        message = IncomingMessage(CHANNEL, self.chat, self.office.next_update(), Kind.MEDIA, text=caption, media=media)
        return await self._does(message)

    async def is_at(self, latitude: float, longitude: float) -> str:
        """Shares a position."""
        where = Location(latitude, longitude)
        return await self._does(
            IncomingMessage(CHANNEL, self.chat, self.office.next_update(), Kind.LOCATION, location=where)
        )

    async def presses(self, title: str) -> str:
        """Presses the button that shows *title*."""
        choice = next(choice for reply in self.replies for choice in reply.choices if choice.title == title)
        return await self._does(
            IncomingMessage(CHANNEL, self.chat, self.office.next_update(), Kind.BUTTON, button=self._id_of(choice))
        )

    @property
    def buttons(self) -> tuple[str, ...]:
        """What can be pressed now."""
        return tuple(choice.title for reply in self.replies for choice in reply.choices)

    @property
    def outcomes(self) -> tuple[str, ...]:
        return tuple(reply.outcome.value for reply in self.replies if reply.outcome)

    def _id_of(self, choice: Choice) -> str:
        with self.office.store.transaction() as db:
            (button,) = buttons.issue(db, CHANNEL, self.chat, (choice,), SystemClock().now(), numbered=False)
        return button.id

    async def _does(self, message: IncomingMessage) -> str:
        self.replies = (await self.office.turns.ask(message)).replies
        return "\n".join(reply.text for reply in self.replies)


@contextmanager
def office(folder: Path, model: Path) -> Iterator[Office]:
    """The real thing on a new database in *folder*."""
    quiet()
    store = Store(folder / "talk.sqlite")
    migrate(store)
    _, _, turns = turns_on(store, SystemClock(), model)
    try:
        yield Office(store, turns)
    finally:
        turns.close()
        store.close()
