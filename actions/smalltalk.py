"""Greetings, thanks, help, insults: one short answer, and back to the open question."""

from __future__ import annotations

from collections.abc import Callable

from actions.asking import offer_to_go_on, put_again
from actions.explaining import rather_a_question
from actions.turn import BotAction, Turn
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
Help = _simple("action_help", smalltalk.help_text, "Says what one can do here.")


class Introduce(BotAction):
    """Who is asked."""

    called = "action_introduce"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says who is talking; "trung tâm khuyến công trực thuộc sở nào" asks for somebody else."""
        if asked := rather_a_question(turn):
            return asked
        turn.note(misread=0)
        return [smalltalk.introduction(), *put_again(turn)]


class Greet(BotAction):
    """The first words; shorter when something is open."""

    called = "action_greet"

    def replies(self, turn: Turn) -> list[Reply]:
        """A greeting, then the open question or the offer to go on."""
        turn.note(misread=0)
        again = offer_to_go_on(turn) or put_again(turn)
        return [smalltalk.greeting_again() if again else smalltalk.greeting(), *again]


class StayCalm(BotAction):
    """An insult."""

    called = "action_stay_calm"

    def replies(self, turn: Turn) -> list[Reply]:
        """One calm line, not the same one twice in a row; nothing is asked again of somebody angry."""
        turn.note(misread=turn.memory.misread + 1)
        return [smalltalk.calm(again=turn.memory.misread % 2 == 0)]


class AnswerMedia(BotAction):
    """A photo, a voice message, a file."""

    called = "action_answer_media"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says what can be done instead."""
        turn.note(misread=turn.memory.misread + 1)
        return [
            smalltalk.media(str(turn.data.get("media", "file")), again=turn.memory.misread % 2 == 0),
            *put_again(turn),
        ]
