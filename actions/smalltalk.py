"""Greetings, thanks, help, insults: one short answer, and back to the open question."""

from __future__ import annotations

from collections.abc import Callable

from actions.asking import put_again
from actions.turn import BotAction, Turn
from bot.language import fold, nfc
from bot.replies import smalltalk
from bot.replies.reply import Reply


def _simple(called: str, words: Callable[[], Reply], doc: str) -> type[BotAction]:
    """An action that says one thing and puts the open question again."""

    def replies(self: BotAction, turn: Turn) -> list[Reply]:
        turn.note(misread=0)
        return [words(), *put_again(turn)]

    return type(called, (BotAction,), {"called": called, "replies": replies, "__doc__": doc})


Thank = _simple("action_thank", smalltalk.thanks, "Answers thanks.")
SayGoodbye = _simple("action_say_goodbye", smalltalk.goodbye, "Answers a goodbye.")
Introduce = _simple("action_introduce", smalltalk.introduction, "Says who is talking.")
Help = _simple("action_help", smalltalk.help_text, "Says what one can do here.")
StayCalm = _simple("action_stay_calm", smalltalk.calm, "Answers an insult with one calm line.")


class Greet(BotAction):
    """The first words; shorter when something is open."""

    called = "action_greet"

    def replies(self, turn: Turn) -> list[Reply]:
        """A greeting, then the open question or the offer to go on."""
        turn.note(misread=0)
        again = put_again(turn)
        return [smalltalk.greeting_again() if again else smalltalk.greeting(), *again]


class DeclineTopic(BotAction):
    """Something that is not khuyến công."""

    called = "action_decline_topic"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says so, in English too when that is what was typed."""
        return [smalltalk.outside_in_english() if _looks_english(turn.text) else smalltalk.outside(), *put_again(turn)]


class AnswerMedia(BotAction):
    """A photo, a voice message, a file."""

    called = "action_answer_media"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says what can be done instead."""
        return [smalltalk.media(str(turn.data.get("media", "file"))), *put_again(turn)]


_ENGLISH = frozenset(
    [
        "the",
        "is",
        "are",
        "what",
        "how",
        "can",
        "you",
        "my",
        "your",
        "please",
        "hello",
        "help",
        "with",
        "for",
        "and",
        "of",
        "to",
        "do",
        "does",
        "tell",
        "give",
    ]
)


def _looks_english(text: str) -> bool:
    words = nfc(text).lower().split()
    return len(words) >= 3 and nfc(text).lower() == fold(text) and sum(w.strip("?.,!") in _ENGLISH for w in words) >= 2
