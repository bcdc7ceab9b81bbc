"""The topics whose id or title is nearest to what somebody typed."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.knowledge.topic import Topic, Topics
from bot.language import fold

_ENOUGH = 55
"""Likeness, of 100, below which a suggestion would only confuse."""


def nearest_topics(typed: str, topics: Topics, most: int = 5) -> tuple[Topic, ...]:
    """Up to *most* topics like *typed*, an id or Vietnamese words with or without marks, the likest first."""
    wanted = fold(typed).replace("_", " ")

    def likeness(topic: Topic) -> float:
        return max(fuzz.WRatio(wanted, topic.id.replace("_", " ")), fuzz.WRatio(wanted, fold(topic.title)))

    scored = sorted(((likeness(topic), topic) for topic in topics.values()), key=lambda pair: -pair[0])
    return tuple(topic for score, topic in scored[:most] if score >= _ENOUGH)
