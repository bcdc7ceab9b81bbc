"""Who answers a message: a counter that needs no dialogue engine, the collaborators' desk, or the dialogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from sqlite_utils import Database

from bot.clock import Clock
from bot.dialogue import Dialogue, Reading, Utterance
from bot.errors import BotError
from bot.language import nfc
from bot.messages import buttons, inbox, menu, relays
from bot.messages.incoming import IncomingMessage, Kind, conversation_of
from bot.outbox import Outbox
from bot.people import People
from bot.replies import smalltalk
from bot.replies.reply import Choice, Reply
from bot.screening.memory import drop_offer, recall
from bot.store import Store

LONGEST_TEXT = 4000
"""Characters of one message that are read; longer ones are politely refused."""

STILL_NEWS = timedelta(days=3)
"""What was held back for a chat that could not be reached is worth sending for so long."""


class Desk(Protocol):
    """Answers the buttons of collaborators and of the Centre, which need no dialogue engine."""

    def answers(self, choice: Choice) -> bool:
        """Whether *choice* is one of its own."""
        ...

    def press(self, channel: str, chat: str, choice: Choice) -> list[Reply]:
        """The effect of *choice*, and what to say to who pressed it."""
        ...

    def heard(self, channel: str, chat: str) -> None:
        """Somebody wrote or pressed there: one who was thought gone is back."""
        ...

    def type(self, channel: str, chat: str, text: str, reply_to: str | None = None) -> list[Reply] | None:
        """The answer to a collaborator's own command or note; None when it is none."""
        ...

    def join(self, channel: str, chat: str, invitation: str) -> list[Reply] | None:
        """Links the chat to whom the Centre invited; None when it is no invitation."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """A message, whose it is, and what it means if it is one of our own buttons."""

    message: IncomingMessage
    person: str
    choice: Choice | None = None
    question: str | None = None
    """The question that is open: what is typed answers it first."""


@dataclass(frozen=True, slots=True)
class Served:
    """What is said to a message, and what must not outlive its purpose."""

    replies: Sequence[Reply]
    subject: str | None = None
    """What the replies are about, e.g. `lead:12`: erasing that erases them."""
    keep_words: bool = True
    """False for words about somebody else, which that person's erasure would not find in the inbox."""
    then: Choice | None = None
    """What the person goes on with: the dialogue answers it as if it were pressed, after these replies."""


class Counter(Protocol):
    """Answers some messages itself, in the transaction of the turn."""

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The answer; None when the message is for somebody else."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """A text that the engine has read, while *question* was open."""

    text: str
    question: str | None
    reading: Reading

    def fits(self, said: Utterance) -> bool:
        """Whether *said* would be read the same."""
        return (said.text, said.question) == (self.text, self.question)


class Unread(BotError):
    """The dialogue is to answer, and nobody has read what was said: that takes long and is not done in a transaction."""

    def __init__(self, said: Utterance) -> None:
        super().__init__("not read yet")
        self.said = said


class Reception:
    """Hands each message to the first who answers it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: People,
        dialogue: Dialogue,
        desk: Desk,
        *,
        counters: Sequence[Counter] = (),
        numbered: Collection[str] = (),
    ) -> None:
        self._clock = clock
        self._people = people
        self._dialogue = dialogue
        self._desk = desk
        self._counters = counters
        self._numbered = frozenset(numbered)
        self._outbox = Outbox(store, clock)

    async def answer(self, db: Database, message: IncomingMessage, row: int, read: Read | None = None) -> Served:
        """What to say to the message stored under *row*, and its effects.

        Raises Unread when the dialogue has to answer a text and *read* is not what the engine made of it.
        """
        if message.kind is Kind.LEFT:
            if self._people.known(message.channel, message.chat) is None:
                return Served([])
            self._people.mark_unreachable(message.channel, message.chat, "left")
            self._outbox.park_chat(message.channel, message.chat, "left")
        else:
            self._welcome(message)
        person = self._people.person_for(message.channel, message.chat, message.sender_name)
        question = recall(db, conversation_of(person, message.channel)).question
        talks = relays.talks(db, person, message.channel, message.chat)
        choice = self._picked(db, message, row, menu.TALKING if talks else question) or meaning(db, message)
        if len(message.text) > LONGEST_TEXT:
            return Served([smalltalk.too_long()])  # before anybody reads it: reading a book holds everybody up
        heard = Heard(message, person, choice, question)
        for counter in self._counters:
            if (served := counter.serve(db, heard)) is not None:
                # A "được" after this answers this, not the erasure that was offered before.
                drop_offer(db, conversation_of(person, message.channel), "erase")
                return await self._gone_on(message, served)
        if (served := self._at_desk(heard)) is not None:
            return served
        if (short := _needs_no_dialogue(heard)) is not None:
            return Served(short)
        conversation = conversation_of(person, message.channel)
        said = Utterance(conversation=conversation, text=message.text, choice=choice, question=question)
        if choice is None and (read is None or not read.fits(said)):
            raise Unread(said)
        replies = await self._dialogue.turn(said, read.reading if choice is None and read is not None else None)
        captioned = message.kind is Kind.MEDIA and choice is None
        return Served([smalltalk.words_only(message.media or "file"), *replies] if captioned else replies)

    async def _gone_on(self, message: IncomingMessage, served: Served) -> Served:
        person = self._people.known(message.channel, message.chat)
        if served.then is None or person is None:
            return served
        said = Utterance(conversation=conversation_of(person, message.channel), text="", choice=served.then)
        return replace(served, replies=[*served.replies, *await self._dialogue.turn(said)])

    def _welcome(self, message: IncomingMessage) -> None:
        """A chat that writes can be reached; what was held back for it goes out before the answer."""
        self._desk.heard(message.channel, message.chat)
        self._people.mark_reachable(message.channel, message.chat)
        # Not only where we knew the chat as gone: what was held may be from before it ever wrote to us.
        self._outbox.release_chat(message.channel, message.chat, self._clock.now() - STILL_NEWS)

    def _at_desk(self, heard: Heard) -> Served | None:
        message, choice = heard.message, heard.choice
        channel, chat = message.channel, message.chat
        if choice is not None and self._desk.answers(choice):
            lead = choice.data.get("lead")
            subject = f"lead:{lead}" if isinstance(lead, int) else None
            return Served(self._desk.press(channel, chat, choice), subject, keep_words=False)
        if message.start and (joined := self._desk.join(channel, chat, message.start)) is not None:
            return Served(joined)
        if message.kind is Kind.TEXT and choice is None:
            typed = self._desk.type(channel, chat, message.text, message.reply_to)
            return None if typed is None else Served(typed, keep_words=False)
        return None

    def _picked(self, db: Database, message: IncomingMessage, row: int, question: str | None) -> Choice | None:
        """The choice whose number was typed, on channels where one answers so."""
        if message.kind is not Kind.TEXT or message.channel not in self._numbered:
            return None
        at = inbox.received_at(db, row)
        return menu.picked(db, message.channel, message.chat, message.text, question=question, at=at)


def meaning(db: Database, message: IncomingMessage) -> Choice | None:
    """What was pressed or shared, as one of our own intents; None for typed text."""
    if message.kind is Kind.BUTTON and message.button is not None:
        return buttons.pressed(db, message.channel, message.chat, message.button)
    if message.kind is Kind.LOCATION and message.location is not None:
        place = {"latitude": message.location.latitude, "longitude": message.location.longitude}
        return Choice("", "share_location", place)
    if message.kind is Kind.CONTACT and message.contact is not None:
        return Choice("", "share_contact", {"phone": message.contact.phone, "own": message.contact.own})
    if message.kind is Kind.MEDIA and not nfc(message.text).strip():  # words to a picture are read like any others
        return Choice("", "share_media", {"media": message.media or "file"})
    if message.kind is Kind.STARTED:
        return Choice("", "greet", {"start": message.start})
    return None


def _needs_no_dialogue(heard: Heard) -> list[Reply] | None:
    message = heard.message
    if message.kind is Kind.LEFT or (message.kind is Kind.STARTED and not message.text and not message.start):
        return []  # gone, or reachable again after a block: the person has said nothing
    if message.kind is Kind.EDITED:
        return [smalltalk.edited()]
    if message.kind is Kind.BUTTON and heard.choice is None:
        return [smalltalk.stale_button()]
    if message.kind is Kind.TEXT and not nfc(message.text).strip():
        return [smalltalk.nothing_said()]
    return None
