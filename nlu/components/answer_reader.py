"""Knows that a message answers the question that was asked, because it can be read as an answer to it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.reading import is_an_answer

ANSWER = "answer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerReader(IntentClassifier, GraphComponent):
    """Sets the intent `answer` when the pending question (in the message's metadata) can be answered by the text.

    The pending question is ours, kept in our database and sent along with each message; without one
    the vote before stands.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure the vote must be that a text is something else before a readable answer yields to it."""
        return {"yield_above": 0.75, "keep_above": 0.45}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerReader:
        """Nothing to train."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrides the intent where the text answers."""
        for message in messages:
            text = message.get(TEXT) or ""
            question = (message.get("metadata") or {}).get("question")
            if not question or text.startswith("/"):
                continue
            voted = message.get("intent") or {}
            if is_an_answer(
                question,
                text,
                intent=voted.get("name"),
                confidence=float(voted.get("confidence") or 0.0),
                yield_above=self._config["yield_above"],
                keep_above=self._config["keep_above"],
            ):
                message.set("intent", {"name": ANSWER, "confidence": 1.0}, add_to_output=True)
        return messages
