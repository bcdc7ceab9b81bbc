"""What the components that correct the vote have in common: they set an intent and learn nothing."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message


class Corrector(IntentClassifier, GraphComponent):
    """Looks at each typed message and may name its intent anew."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Corrector:
        """Nothing to train or load."""
        return cls(config)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set, unless a component says so."""
        return {}

    def corrected(self, text: str, voted: str | None, confidence: float, metadata: dict[str, Any]) -> str | None:
        """The intent to set instead of the one *voted* for with *confidence*; None leaves the vote as it is."""
        raise NotImplementedError

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` where `corrected` names one; our own buttons, which start with `/`, are left to Rasa."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            voted = message.get("intent") or {}
            name = self.corrected(
                text, voted.get("name"), float(voted.get("confidence") or 0.0), message.get("metadata") or {}
            )
            if name is not None:
                message.set("intent", {"name": name, "confidence": 1.0}, add_to_output=True)
        return messages
