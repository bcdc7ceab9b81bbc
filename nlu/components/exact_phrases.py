"""Short messages whose meaning a vote over folded n-grams cannot tell: signs, and words that differ by a diacritic."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.language import nfc
from nlu.components.untrained import Corrector

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
_STOPS = frozenset({"dừng", "stop", "ngừng", "ngưng"})
# Words that nobody types by accident, as they are really spelled; "ngu" alone may be "ngủ" typed bare.
_INSULT = re.compile(
    r"\b(đ[.*]?m+|đ[ịi]t|địt|đụ|lồn|l[*.]n|cặc|c[*]c|buồi|vcl|vkl|vcc|đéo|đếch|óc chó|đồ ngu|ngu (như|vcl|vl|quá|thế)|"
    r"chó (má|chết|đẻ)|mất dạy|khốn nạn|súc vật|đồ chó|cút (đi|mẹ)|con mẹ (mày|nó)|mẹ mày|dmm|dkm|đkm|clgt|vãi lồn)\b"
)
_ABUSE_YIELDS_TO = 0.97


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ExactPhrases(Corrector):
    """Overrides the vote for a short list of whole messages, and for plain insults."""

    def corrected(self, text: str, voted: str | None, confidence: float, metadata: dict[str, Any]) -> str | None:
        """The intent of one of the phrases; `abuse` for an insult that does not plainly ask something."""
        said = nfc(text).lower().strip(" .!,~")
        if said in _STOPS and metadata.get("question"):
            return "pause"  # in the middle of questions it is the questions that should stop
        if said in _INTENT_OF:
            return _INTENT_OF[said]
        asks = voted == "ask_policy" and confidence >= _ABUSE_YIELDS_TO
        return "abuse" if _INSULT.search(said) and not asks else None
