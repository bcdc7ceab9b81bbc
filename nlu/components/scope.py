"""Says "not sure" instead of guessing: a vote that is too weak becomes `nlu_fallback`."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.components.untrained import Corrector

FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeGuard(Corrector):
    """Replaces an unsure intent by `nlu_fallback`, and keeps the ranking for who asks back."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below `sure` the vote is doubted; see docs/nlu.md for how it was chosen."""
        return {"sure": 0.35}

    def corrected(self, text: str, voted: str | None, confidence: float, metadata: dict[str, Any]) -> str | None:
        """Doubts weak votes."""
        return FALLBACK if voted is not None and confidence < self._config["sure"] else None
