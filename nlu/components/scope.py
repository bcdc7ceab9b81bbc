"""Says "not sure" instead of guessing, and "not ours" to what is not Vietnamese."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.components.untrained import Corrector
from nlu.reading import is_foreign

FALLBACK = "nlu_fallback"
OUTSIDE = "out_of_scope"
# What is done for people, or refused them, in whatever language they ask for it.
_IN_ANY_LANGUAGE = frozenset({"handover", "erase_data", "opt_out", "steer_bot"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeGuard(Corrector):
    """Replaces an unsure intent by `nlu_fallback`, and keeps the ranking for who asks back."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below `sure` the vote is doubted; see docs/nlu.md for how it was chosen."""
        return {"sure": 0.47}

    def corrected(self, text: str, voted: str | None, confidence: float, metadata: dict[str, Any]) -> str | None:
        """Doubts weak votes; sends other languages out, but for a few plain wishes."""
        if is_foreign(text) and (voted not in _IN_ANY_LANGUAGE or confidence < self._config["sure"]):
            return OUTSIDE
        return FALLBACK if voted is not None and confidence < self._config["sure"] else None
