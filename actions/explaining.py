"""A typed question, explained: the topic it is about, its cited answer; and what to say when no reading is sure."""

from __future__ import annotations

from actions.asking import put_again
from actions.doubt import doubt, foreign, not_ours
from actions.scope import OURS, ours
from actions.turn import Turn
from bot.knowledge.question import follow_up, two_parts
from bot.replies.policy import render_topic
from bot.replies.reply import Reply
from nlu.reading import is_foreign

FOLLOW_UP_TURNS = 2
"""For how many turns "vậy bao nhiêu?" refers to the topic explained before."""
UNSURE = 0.7
"""Below this confidence an intent may be a question in disguise: "hồ sơ gồm gì" asks for no state of a case."""
WELL_KNOWN = 0.35
"""From this score on, the search has met nearly the same question."""


def explanation(turn: Turn) -> list[Reply]:
    """The answers to a typed question: each part of it, or the readings it may have, or that it is not ours."""
    if is_foreign(turn.text):
        return [foreign(turn)]
    search = turn.services.search
    last = turn.memory.topic if turn.memory.topic_age <= FOLLOW_UP_TURNS else None
    going_on = follow_up(turn.text, turn.services.topics[last].title) if last else None
    whole = search.find(going_on or turn.text)
    likely = ours(turn.ranking, whole)
    if going_on is None and likely < OURS:
        return [not_ours(turn, whole, likely)]
    parts = [whole] if going_on else [search.find(part) for part in two_parts(turn.text)]
    if len(parts) > 1 and not all(hits.confident for hits in parts):
        parts = [whole]
    sure = list(dict.fromkeys(hits.ranked[0].topic for hits in parts if hits.confident))
    if sure:
        return [explain(turn, topic_id) for topic_id in sure[:2]]
    return [doubt(turn, whole.near)]


def rather_a_question(turn: Turn) -> list[Reply]:
    """The answer where the intent is doubtful and the search knows the question well; nothing otherwise."""
    if not turn.ranking or turn.ranking[0]["confidence"] >= UNSURE:
        return []
    hits = turn.services.search.find(turn.text)
    if not hits.confident or hits.ranked[0].score < WELL_KNOWN:
        return []
    return [*explanation(turn), *put_again(turn)]


def explain(turn: Turn, topic: str, *, long: bool = False) -> Reply:
    """The topic's answer on this day, remembered for follow-ups."""
    turn.note(topic=topic, topic_age=0, misread=0, offer=None)
    services = turn.services
    return render_topic(services.topics[topic], turn.day, services.law, turn.text, long=long)
