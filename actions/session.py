"""The start of every turn: what is open comes from our database, never from Rasa's own store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import BotAction
from bot.screening.memory import recall


class StartSession(BotAction):
    """Tells the rules which task is open."""

    called = "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Restores `task`."""
        memory = recall(self.services.store.db, tracker.sender_id)
        return [SessionStarted(), SlotSet("task", memory.task.value), ActionExecuted("action_listen")]
