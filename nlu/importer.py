"""Adds the topics' example questions to Rasa's training data, so that they are written down once."""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.loader import load_topics
from bot.programmes.loader import load_law


class TopicImporter(RasaFileImporter):
    """Rasa's files plus every topic's questions as `ask_policy`."""

    def get_nlu_data(self, language: str | None = "vi") -> TrainingData:
        """The examples of nlu/*.yml and of bot/knowledge/topics."""
        questions = [text for topic in load_topics(load_law()).values() for text in topic.questions]
        asked = [Message(data={TEXT: text, INTENT: "ask_policy"}) for text in questions]
        return super().get_nlu_data(language).merge(TrainingData(training_examples=asked))
