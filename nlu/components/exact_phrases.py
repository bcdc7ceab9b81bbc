"""Short messages whose meaning a vote over folded n-grams cannot tell: signs, and words that differ by a diacritic."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language import nfc

# "đúng", "dừng" and "đừng" are one word once folded; whoever types the mark has told them apart.
_PHRASES = {
    "opt_out": "dừng|stop|unsub|unsubscribe|ngưng nhắn|dừng nhắn|đừng nhắn nữa|tắt tin",
    "pause": "dừng lại|tạm dừng|dừng đã|khoan đã|chờ chút|đợi chút",
    "affirm": "👍|👌|✅|ok|oke|okie|okela|đúng|y|yes",
    "deny": "👎|❌|no|nope",
    "greet": "👋|hi|hello|alo|a lô",
    "thank": "🙏|❤|❤️|😊|🥰|tks|thks|thanks",
}
_INTENT_OF = {phrase: intent for intent, phrases in _PHRASES.items() for phrase in phrases.split("|")}
# Words that nobody types by accident, as they are really spelled; "ngu" alone may be "ngủ" typed bare.
_INSULT = re.compile(
    r"\b(đ[.*]?m+|đ[ịi]t|địt|đụ|lồn|l[*.]n|cặc|c[*]c|buồi|vcl|vkl|vcc|đéo|đếch|óc chó|đồ ngu|ngu (như|vcl|vl|quá|thế)|"
    r"chó (má|chết|đẻ)|mất dạy|khốn nạn|súc vật|đồ chó|cút (đi|mẹ)|con mẹ (mày|nó)|mẹ mày|dmm|dkm|đkm|clgt|vãi lồn)\b"
)
_ABUSE_YIELDS_TO = 0.85


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ExactPhrases(IntentClassifier, GraphComponent):
    """Overrides the vote for a short list of whole messages, and for plain insults."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ExactPhrases:
        """Nothing to train."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent where one of the phrases is the whole message."""
        for message in messages:
            text = nfc(message.get(TEXT) or "").lower().strip(" .!,~")
            intent = _INTENT_OF.get(text)
            voted = message.get("intent") or {}
            if intent is None and _INSULT.search(text):
                asks = voted.get("name") == "ask_policy" and float(voted.get("confidence") or 0) >= _ABUSE_YIELDS_TO
                intent = None if asks else "abuse"
            if intent is not None:
                message.set("intent", {"name": intent, "confidence": 1.0}, add_to_output=True)
        return messages
