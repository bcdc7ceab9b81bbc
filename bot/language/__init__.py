"""The one normaliser of Vietnamese as it is typed: marks, Telex, chat spelling, southern words. Pure, standard library only."""

from bot.language.normalise import normalise
from bot.language.text import fold, is_accented, is_mostly_unaccented, nfc
from bot.language.tokens import Token, tokens

__all__ = ["Token", "fold", "is_accented", "is_mostly_unaccented", "nfc", "normalise", "tokens"]
