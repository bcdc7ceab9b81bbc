"""Rasa's Agent and the rasa-sdk actions in this process: no port, no second service."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from bot.dialogue.protocol import Reading, Utterance, engine_metadata, engine_text
from bot.errors import DialogueError
from bot.outbox import typed
from bot.replies.reply import Reply


class _Collector(OutputChannel):
    """Keeps every reply whole, as the action made it."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        return "collector"

    async def send_text_message(self, recipient_id: str, text: str, **_: Any) -> None:
        """A fixed sentence of `domain.yml`."""
        self.replies.append(Reply(text))

    async def send_custom_json(self, recipient_id: str, json_message: dict[str, Any], **_: Any) -> None:
        """A reply that an action made."""
        self.replies.append(typed(Reply, json_message))


class _EmbeddedActions(EndpointConfig):
    """Stands where Rasa expects an action server, and calls the executor directly."""

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__(url="embedded://actions", enable_selective_domain=True)
        self._executor = executor

    async def request(self, method: str = "post", **kwargs: Any) -> Any:
        """Runs the action that Rasa asks for."""
        return await self._executor.run(kwargs["json"])


def _trust_own_actions() -> None:
    """Leaves out Rasa's check of every action's answer against a schema, and of the schema against its own.

    Ours come from rasa-sdk in this process, and the check takes three quarters of a turn.
    """
    RemoteAction._validate_action_result = lambda _self, _result: True


class EmbeddedDialogue:
    """A trained model with its actions.

    Every turn begins with an empty tracker, which `action_session_start` fills from our database. So a long
    conversation costs what a short one costs, a restart loses nothing, and there is no second copy to erase.
    """

    def __init__(self, agent: Agent, processor: MessageProcessor, store: InMemoryTrackerStore) -> None:
        self._agent = agent
        self._processor = processor
        self._trackers = store

    @classmethod
    def load(cls, model: Path, actions: Iterable[Action]) -> EmbeddedDialogue:
        """Loads *model*; raises DialogueError when it is missing or was made by another version."""
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        _trust_own_actions()
        executor = ActionExecutor()
        for action in actions:
            executor.register_action(action)
        store = InMemoryTrackerStore(None)
        try:
            agent = Agent.load(str(model), action_endpoint=_EmbeddedActions(executor), tracker_store=store)
        except Exception as error:
            raise DialogueError(f"cannot load the model {model}: {error}") from error
        if agent.processor is None:
            raise DialogueError(f"no usable model at {model}")
        store.domain = agent.processor.domain
        return cls(agent, agent.processor, store)

    async def read(self, message: Utterance) -> Reading:
        """The intent of *message* and how all intents ranked.

        Most of it is the encoder's C code, which leaves Python to other threads; nothing of the pipeline is written to.
        """
        asked = UserMessage(engine_text(message), metadata=engine_metadata(message))
        parsed: Reading = await self._processor.parse_message(asked)
        return parsed

    async def turn(self, message: Utterance, reading: Reading | None = None) -> list[Reply]:
        """The replies to *message*."""
        collector = _Collector()
        asked = UserMessage(
            engine_text(message),
            collector,
            message.conversation,
            parse_data=None if reading is None else dict(reading),
            metadata=engine_metadata(message),
        )
        try:
            await self._agent.handle_message(asked)
        finally:
            self._trackers.store.pop(message.conversation, None)
        if not collector.replies:
            raise DialogueError("the engine gave no reply")
        return collector.replies

    async def intent_of(self, text: str) -> str:
        """The intent that the model gives *text* while no question is open: for measuring and for tests."""
        return str((await self.read(Utterance("", text)))["intent"]["name"])
