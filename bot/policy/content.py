"""Everything the bot knows of the policy, read and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.loader import FOLDER as TOPICS_FOLDER
from bot.knowledge.loader import load_topics
from bot.knowledge.topic import Topics
from bot.policy.questions import FILE, Question, load_questions
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import FOLDER as LAW_FOLDER
from bot.programmes.loader import Law, load_law


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files lie; a check of other files than ours names other places."""

    law: Path = LAW_FOLDER
    """The folder of `law/` and of the programmes."""
    topics: Path = TOPICS_FOLDER
    questions: Path = FILE


@dataclass(frozen=True, slots=True)
class Content:
    """The law, the support kinds, the topics, and what a person must still ask about them."""

    law: Law
    programmes: Programmes
    topics: Topics
    questions: tuple[Question, ...]


def load_content(places: Places | None = None) -> Content:
    """Read everything; `ContentError("file:line: what")` for the first fault."""
    places = places or Places()
    law = load_law(places.law)
    programmes = load_programmes(law, places.law)
    topics = load_topics(law, places.topics)
    return Content(law, programmes, topics, load_questions(places.questions))
