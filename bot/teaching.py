"""A staff member says what sentences mean that were not understood; what is said becomes training sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz

from bot.knowledge.topic import Topics
from bot.language import fold
from bot.policy.nearest import nearest_topics
from bot.replies import nlu_desk as words
from bot.review import Waiting, settle
from bot.store import Store
from nlu.writing import CannotBeLearned, Fault, TrainingFiles

OUTSIDE = "out_of_scope"
_LIKE_ENOUGH = 60
_SHOWN = 6
_INTENTS_SHOWN = 2


@dataclass
class Walk:
    """One staff member at work: what is shown, what is typed, and what comes of it."""

    store: Store
    topics: Topics
    training: TrainingFiles
    say: Callable[[str], None]
    ask: Callable[[str], str]
    written: int = 0
    files: set[Path] = field(default_factory=set)

    def through(self, listed: tuple[Waiting, ...]) -> int:
        """Puts each sentence until the person has had enough; gives how many are off the list."""
        settled = 0
        for number, one in enumerate(listed, 1):
            try:
                settled += self._one(one, number, len(listed))
            except (EOFError, KeyboardInterrupt):
                break
        return settled

    def _one(self, one: Waiting, number: int, of: int) -> bool:
        """Whether the sentence is off the list."""
        offered = tuple(label for label in one.guesses if label in self.topics or label in words.INTENTS)
        self.say(words.render_waiting(one, number, of, [self._title(label) for label in offered]))
        while typed := self.ask("Ý là").strip():
            key = typed.lower()
            if key == "q":
                raise EOFError  # as if nothing more were typed
            if key == "x":
                return self._settle(one)
            if key == "e":
                one = replace(one, text=self.ask("Viết lại").strip() or one.text)
                continue
            label = self._chosen(key, offered) or (OUTSIDE if key == "o" else None)
            if label is not None and self._teach(one, label):
                return True
            if label is not None:
                continue
            offered = self._like(typed)
            self.say(words.render_found([self._title(found) for found in offered]) or words.nothing_found())
        return False

    def _chosen(self, key: str, offered: tuple[str, ...]) -> str | None:
        """The reading that was typed, by its number or its exact name."""
        if key.isdecimal() and 0 < int(key) <= len(offered):
            return offered[int(key) - 1]
        return key if key in self.topics or key in words.INTENTS else None

    def _like(self, typed: str) -> tuple[str, ...]:
        """Topics and intents that read like what was typed, topics first."""
        wanted = fold(typed)
        scored = sorted(((fuzz.WRatio(wanted, fold(said)), name) for name, said in words.INTENTS.items()), reverse=True)
        intents = [name for score, name in scored if score >= _LIKE_ENOUGH]
        topics = [
            topic.id for topic in nearest_topics(typed, self.topics, most=_SHOWN - min(_INTENTS_SHOWN, len(intents)))
        ]
        return tuple([*topics, *intents][:_SHOWN])

    def _teach(self, one: Waiting, label: str) -> bool:
        """Writes the sentence under *label*; whether it is off the list, as one that is known or judged is too."""
        topic = label if label in self.topics else None
        try:
            path = self.training.add(one.text, intent="ask_policy" if topic else label, topic=topic)
        except CannotBeLearned as refusal:
            self.say(words.refused(refusal.fault, self._title(refusal.about)))
            return self._settle(one) if refusal.fault in {Fault.JUDGED, Fault.KNOWN} else False
        self.written += 1
        self.files.add(path)
        self.say(words.written(one.text, self._title(label), path.name))
        return self._settle(one)

    def _settle(self, one: Waiting) -> bool:
        with self.store.transaction() as db:
            settle(db, one.same)
        return True

    def _title(self, label: str) -> str:
        return self.topics[label].title if label in self.topics else words.INTENTS.get(label, label)
