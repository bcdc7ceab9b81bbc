"""Doubt is spoken: the nearest readings as buttons, then a person; what is not ours is said to be so.

`misread` counts the messages in a row that came to nothing; every reply depends on it, so that none is said twice
in a row.
"""

from __future__ import annotations

from actions.learning import not_understood
from actions.scope import HALF
from actions.turn import Turn
from bot.knowledge.search import Hits
from bot.replies import smalltalk
from bot.replies.policy import render_clarify
from bot.replies.reply import Reply
from bot.review import Reason
from nlu.reading import is_foreign

FALLBACK = "nlu_fallback"
OUTSIDE = "out_of_scope"
OUTSIDE_BEFORE_A_PERSON = 2
"""How often one says that something is not ours before a person is offered."""
_SURELY_OUTSIDE = 0.76
_INTENTS_OFFERED = 2


def doubt(turn: Turn, near: tuple[str, ...]) -> Reply:
    """The nearest readings the first time, a person the second time."""
    turn.note(misread=turn.memory.misread + 1)
    guesses = near or _nearest_intents(turn)
    if turn.memory.misread > 1:
        return not_understood(turn, Reason.NOT_SURE, guesses, reply=offer_a_person(turn))
    if near:
        reply = render_clarify(tuple(turn.services.topics[topic] for topic in near))
        # Only readings stand here: what else could be pressed would look like one.
        return not_understood(turn, Reason.NOT_SURE, guesses, reply=reply, offer=False)
    return not_understood(turn, Reason.NOT_SURE, guesses, reply=smalltalk.not_understood())


def not_ours(turn: Turn, hits: Hits, likely: float) -> Reply:
    """Outside, said once; a question that may be ours after all is doubted instead."""
    if turn.intent == FALLBACK and hits.near and likely >= HALF:
        return doubt(turn, hits.near)
    turn.note(misread=turn.memory.misread + 1)
    reply = _outside(turn)
    surely = (
        max((vote["confidence"] for vote in turn.ranking if vote["name"] == OUTSIDE), default=0.0) >= _SURELY_OUTSIDE
    )
    return reply if surely else not_understood(turn, Reason.OUTSIDE, (OUTSIDE, *hits.near), reply=reply)


def foreign(turn: Turn) -> Reply:
    """One line for who does not write Vietnamese, and other words the next time."""
    turn.note(misread=turn.memory.misread + 1)
    return _outside(turn)


def _outside(turn: Turn) -> Reply:
    times = turn.memory.misread
    if times > OUTSIDE_BEFORE_A_PERSON:
        return offer_a_person(turn)
    if is_foreign(turn.text):
        return smalltalk.outside_in_english() if times == 1 else smalltalk.outside_in_english_again()
    return smalltalk.outside() if times == 1 else smalltalk.outside_again()


def offer_a_person(turn: Turn) -> Reply:
    """Somebody who knows, when guessing has come to nothing; to be said yes or no to."""
    turn.note(offer="handover", misread=0)
    return smalltalk.offer_a_person()


def _nearest_intents(turn: Turn) -> tuple[str, ...]:
    named = (str(vote["name"]) for vote in turn.ranking)
    return tuple(name for name in named if name not in {FALLBACK, "ask_policy"})[:_INTENTS_OFFERED]
