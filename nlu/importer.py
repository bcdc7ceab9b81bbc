"""Adds the topics' example questions to Rasa's training data, so that they are written down once."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.loader import example_questions

TOPIC_FOLDER = Path(__file__).parent.parent / "bot" / "knowledge" / "topics"


class TopicImporter(RasaFileImporter):  # type: ignore[misc]  # Rasa ships no types
    """Rasa's files plus every topic's questions as `ask_policy`."""

    def get_nlu_data(self, language: str | None = "vi") -> TrainingData:
        """The examples of nlu/*.yml and of bot/knowledge/topics."""
        asked = [Message(data={TEXT: text, INTENT: "ask_policy"}) for text in example_questions(TOPIC_FOLDER)]
        return super().get_nlu_data(language).merge(TrainingData(training_examples=asked))
