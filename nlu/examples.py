"""The training sentences as plain texts, for whoever learns from them, or writes new ones, besides Rasa."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot.knowledge.loader import load_topics
from bot.language import fold, normalise
from bot.programmes.loader import load_law

FOLDER = Path(__file__).parent
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that something is learned from."""

    text: str
    intent: str
    topic: str | None = None
    """The topic whose question or phrase it is; None for a sentence of nlu/*.yml."""


def same(text: str) -> str:
    """What two texts have in common when they are one to the n-grams: their folded words, or their signs if no word."""
    folded = fold(normalise(text))
    return " ".join(_WORD.findall(folded) or folded.split())


def examples(intents: Collection[str], folder: Path = FOLDER) -> tuple[str, ...]:
    """Every sentence of *intents* in the *.yml files of *folder*, in their order."""
    return tuple(example.text for example in _sentences(folder) if example.intent in intents)


def intents(folder: Path = FOLDER) -> tuple[str, ...]:
    """Every intent that has sentences in the *.yml files of *folder*."""
    return tuple(dict.fromkeys(example.intent for example in _sentences(folder)))


def all_examples(folder: Path = FOLDER, topics: Path | None = None) -> tuple[Example, ...]:
    """Everything that intents and topics are learned from: the sentences of nlu/ and every topic's questions and phrases."""
    known = load_topics(load_law(), topics).values()
    asked = (Example(text, "ask_policy", topic.id) for topic in known for text in (*topic.questions, *topic.phrases))
    return (*_sentences(folder), *asked)


def _sentences(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.yml")):
        for entry in YAML(typ="safe").load(path).get("nlu", ()):
            for line in entry.get("examples", "").splitlines():
                if line.strip():
                    yield Example(line.strip().removeprefix("- ").strip(), entry["intent"])
