"""Splits Vietnamese text as typed, and puts the folded form beside each token."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.language import tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Keeps offsets and text as typed; the lemma is the folded form, for features and entities."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents are whole labels, never split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute; a text of signs only is one token, since Rasa needs at least one."""
        text = message.get(attribute)
        found = [Token(token.text, token.start, token.end, lemma=token.folded) for token in tokens(text)]
        return found or [Token(text, 0)]
