"""Says "not sure" instead of guessing: a vote that is too weak or too close becomes `nlu_fallback`."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeGuard(IntentClassifier, GraphComponent):
    """Replaces an unsure intent by `nlu_fallback`, and keeps the ranking for who asks back."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below `sure` the vote is doubted; see docs/nlu.md for how it was chosen."""
        return {"sure": 0.35}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ScopeGuard:
        """Nothing to train."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Doubts weak votes."""
        for message in messages:
            voted = message.get("intent") or {}
            if (message.get(TEXT) or "").startswith("/") or not voted.get("name"):
                continue
            if float(voted.get("confidence") or 0.0) < self._config["sure"]:
                message.set("intent", {"name": FALLBACK, "confidence": 1.0}, add_to_output=True)
        return messages
