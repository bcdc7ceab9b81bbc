"""One turn as an action sees it: who, what was said, what is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.services import Services
from bot.outbox import plain
from bot.replies.reply import Reply
from bot.screening.draft import Draft, load_draft, save_draft
from bot.screening.memory import Memory, recall, remember


@dataclass
class Turn:
    """The message, its sender, and the memory that the action may change."""

    services: Services
    person: str
    channel: str
    text: str
    data: Mapping[str, Any]
    """What our own button carried; empty for typed text."""
    intent: str
    ranking: tuple[Mapping[str, Any], ...]
    """How the classifier ranked all intents; empty for a button."""
    memory: Memory
    forgotten: bool = False
    """The person was erased in this turn: nothing may be remembered of it."""

    @property
    def day(self) -> date:
        """The day whose law is applied."""
        return self.services.clock.today()

    @property
    def chats(self) -> tuple[str, ...]:
        """The channel's own ids of the person's chats there; more than one when two conversations were joined."""
        accounts = self.services.people.accounts(self.person)
        return tuple(account.chat for account in accounts if account.channel == self.channel)

    def note(self, **changes: Any) -> None:
        """Changes the memory of this conversation."""
        self.memory = replace(self.memory, **changes)

    @property
    def draft(self) -> Draft:
        """What the person has told so far."""
        return load_draft(self.services.store.db, self.person)

    def keep(self, draft: Draft) -> None:
        """Stores the draft."""
        save_draft(self.services.store.db, draft, self.services.clock.now())


class BotAction(Action):
    """An action of ours: its name, and the replies it gives."""

    class Meta:
        """Told to rasa-sdk: not an action itself."""

        abstract = True

    called: ClassVar[str]
    """Its name in the domain."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """The name that the domain and the rules use."""
        return self.called

    def replies(self, turn: Turn) -> list[Reply]:
        """What to say; the turn's memory may be changed on the way."""
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Called by Rasa."""
        turn = self._turn(tracker)
        replies = self.replies(turn)
        if not turn.forgotten:
            remember(self.services.store.db, turn.memory, self.services.clock.now())
        for reply in replies:
            dispatcher.utter_message(json_message=plain(reply))
        return []

    def _turn(self, tracker: Tracker) -> Turn:
        person, _, channel = tracker.sender_id.rpartition(".")
        message = tracker.latest_message
        extra = message.get("metadata") or {}
        memory = recall(self.services.store.db, tracker.sender_id)
        intent = (message.get("intent") or {}).get("name") or ""
        if memory.offer == "erase" and intent not in {"affirm", "deny", "erase_data"}:
            memory = replace(memory, offer=None)  # a "được" days later must not erase anything
        return Turn(
            services=self.services,
            person=person,
            channel=channel,
            text=extra.get("typed") or "",
            data=extra.get("data") or {},
            intent=intent,
            ranking=tuple(message.get("intent_ranking") or ()),
            memory=replace(memory, topic_age=memory.topic_age + 1, said=None if memory.topic_age else memory.said),
        )
