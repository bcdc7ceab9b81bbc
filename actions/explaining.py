"""A typed question, explained: the topic it is about, its cited answer; and what to say when no reading is sure."""

from __future__ import annotations

from dataclasses import dataclass

from actions.asking import put_again
from actions.doubt import doubt, foreign, not_ours
from actions.learning import not_understood, was_meant
from actions.scope import OURS, ours
from actions.turn import Turn
from bot.knowledge.question import follow_up, meant_instead, two_parts, with_abroad
from bot.knowledge.search import Hits
from bot.replies.policy import render_clarify, render_topic
from bot.replies.reply import Reply
from bot.review import Reason
from nlu.reading import is_foreign

BY_HEART = 0.6
"""From this score on, the search has met this very question."""
FOLLOW_UP_TURNS = 2
"""For how many turns "vậy bao nhiêu?" refers to the topic explained before."""
UNSURE = 0.87
"""Below this confidence an intent may be a question in disguise: "hồ sơ gồm gì" asks for no state of a case."""
OFFERED = 3
"""Readings offered to who says that the answer missed."""
WELL_KNOWN = 0.35
"""From this score on, the search has met nearly the same question."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed question may be about."""

    sure: tuple[str, ...]
    """The topic of each part of it; empty when none is certain."""
    whole: Hits
    ours: float
    """How probable it is that it is a question of ours at all; 1 when it goes on from the last one."""


def look_up(turn: Turn) -> Found:
    """The topics of the question, alone or as it goes on from the topic explained before."""
    search = turn.services.search
    last = turn.memory.topic if turn.memory.topic_age <= FOLLOW_UP_TURNS else None
    going_on = follow_up(turn.text, turn.services.topics[last].title) if last else None
    whole = search.find(with_abroad(going_on or turn.text))
    pieces = [] if going_on else two_parts(turn.text)
    parts = [search.find(with_abroad(piece)) for piece in pieces] if len(pieces) > 1 else [whole]
    if not all(hits.confident for hits in parts):
        parts = [whole]
    sure = dict.fromkeys(hits.ranked[0].topic for hits in parts if hits.confident)
    return Found(tuple(sure)[:2], whole, 1.0 if going_on else ours(turn.ranking, whole))


def asked_by_heart(turn: Turn) -> bool:
    """Whether the text is nearly word for word a question that is known: "đăng ký hộ kinh doanh"."""
    return turn.services.search.find(turn.text).ranked[0].score >= BY_HEART


def explanation(turn: Turn, found: Found) -> list[Reply]:
    """The answers to a typed question: each part of it, or the readings it may have, or that it is not ours."""
    if is_foreign(turn.text):
        return [foreign(turn)]
    if found.ours < OURS:
        return [not_ours(turn, found.whole, found.ours)]
    if found.sure:
        return [explain(turn, topic) for topic in found.sure]
    return [doubt(turn, found.whole.near)]


def _doubtful(turn: Turn) -> bool:
    """Whether the intent was voted for without certainty; a button never is."""
    return bool(turn.ranking) and turn.ranking[0]["confidence"] < UNSURE


def second_thoughts(turn: Turn) -> list[Reply]:
    """For a doubtful intent that finds nothing to act on: a question, a doubt, or not ours; nothing when it is sure."""
    if not _doubtful(turn):
        return []
    return [*explanation(turn, look_up(turn)), *put_again(turn)]


def rather_a_question(turn: Turn) -> list[Reply]:
    """The answer where the intent is doubtful and the search knows the question well; nothing otherwise."""
    if not _doubtful(turn):
        return []
    found = look_up(turn)
    if not found.sure or found.whole.ranked[0].score < WELL_KNOWN:
        return []
    return [*explanation(turn, found), *put_again(turn)]


def put_right(turn: Turn) -> list[Reply]:
    """The answer that was really wanted, where the message says that the last one missed; nothing when it does not.

    "không phải, ý em là máy cũ" asks anew; a bare "không phải" is offered what else the question may have meant.
    """
    said, missed = turn.memory.said, turn.memory.topic
    rest = meant_instead(turn.text) if said and missed else None
    if not said or rest is None:
        return []
    hits = turn.services.search.find(with_abroad(rest or said))
    others = tuple(hit.topic for hit in hits.ranked if hit.topic != missed)
    if rest and hits.confident and hits.ranked[0].topic != missed:
        was_meant(turn, said, others[0])
        return [explain(turn, others[0]), *put_again(turn)]
    turn.note(said=None, misread=turn.memory.misread + 1)
    reply = render_clarify(tuple(turn.services.topics[topic] for topic in others[:OFFERED]), missed=True)
    kept = not_understood(turn, Reason.NOT_SURE, others[:OFFERED], reply=reply, offer=False, said=said)
    return [kept, *put_again(turn)]


def figure_asked(turn: Turn) -> list[Reply]:
    """The one answer that a message of somebody's own case asks for besides; nothing when the search is not sure."""
    found = look_up(turn)
    return [explain(turn, topic) for topic in found.sure[:1]] if found.ours >= OURS else []


def explain(turn: Turn, topic: str, *, long: bool = False) -> Reply:
    """The topic's answer on this day, remembered for follow-ups."""
    turn.note(topic=topic, topic_age=0, said=turn.text or None, misread=0, offer=None)
    services = turn.services
    return render_topic(services.topics[topic], turn.day, services.law, turn.text, long=long)
