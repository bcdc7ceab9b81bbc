"""Knows that a message answers the question that was asked, because it can be read as an answer to it."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.components.untrained import Corrector
from nlu.reading import is_an_answer

ANSWER = "answer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerReader(Corrector):
    """Sets the intent `answer` when the pending question (in the message's metadata) can be answered by the text.

    The pending question is ours, kept in our database and sent along with each message; without one
    the vote before stands.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure the vote must be that a text is something else before a readable answer yields to it."""
        return {"yield_above": 0.92, "keep_above": 0.55}

    def corrected(self, text: str, voted: str | None, confidence: float, metadata: dict[str, Any]) -> str | None:
        """Overrides the vote where the text answers."""
        question = metadata.get("question")
        answers = question is not None and is_an_answer(
            question,
            text,
            intent=voted,
            confidence=confidence,
            yield_above=self._config["yield_above"],
            keep_above=self._config["keep_above"],
        )
        return ANSWER if answers else None
