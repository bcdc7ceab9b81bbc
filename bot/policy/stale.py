"""What nobody has looked at for long, and what has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.eligibility.parameter import Parameter
from bot.knowledge.topic import Topic
from bot.policy.content import Content


@dataclass(frozen=True, slots=True)
class Stale:
    """What an editor should look at again."""

    figures: tuple[Parameter, ...]
    """Not compared with their source for too long, the longest first."""
    topics: tuple[Topic, ...]
    """Without an answer any more: the last version has ended."""


def find_stale(content: Content, today: date, days: int) -> Stale:
    """Figures last checked more than *days* days before *today*, and topics that ended before it."""
    figures = content.law.stale_figures(today, timedelta(days=days))
    ended = (topic for topic in content.topics.values() if (end := topic.versions[-1].end) is not None and end < today)
    return Stale(tuple(sorted(figures, key=lambda figure: figure.last_checked)), tuple(ended))
