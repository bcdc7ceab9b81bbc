"""Names the intent: folded n-grams and accent-restored sentence vectors vote.

Folded n-grams do not care whether diacritics were typed; sentence vectors know other words for the same thing.
"""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline

from bot.knowledge.vectors import cached_vectors
from bot.language import fold, normalise
from nlu.accents import AccentModel
from nlu.encoder import shared_encoder

READ = 400
"""Characters of a message that are looked at."""
_FILE = "voters.pickle"


def folded(text: str) -> str:
    """What the n-grams see: normalised, without diacritics."""
    return fold(normalise(text))


def ngram_voter(regularisation: float) -> Pipeline:
    """Word and character n-grams of folded text into a logistic regression."""
    # What stands in one sentence only tells nothing of others, and is more than half of all n-grams.
    shape = {"min_df": 2, "sublinear_tf": True, "dtype": np.float32}
    words = TfidfVectorizer(analyzer="word", ngram_range=(1, 2), token_pattern=r"\w+", **shape)  # noqa: S106
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **shape)
    return make_pipeline(
        FeatureUnion([("words", words), ("characters", characters)]),
        LogisticRegression(C=regularisation, class_weight="balanced", max_iter=600),
    )


def sharpened(votes: NDArray[Any], sharpness: float) -> NDArray[Any]:
    """Probabilities raised to *sharpness* and summing to 1 again: the mean of two votes is less sure than it is right."""
    raised: NDArray[Any] = votes.astype(np.float64) ** sharpness
    shares: NDArray[Any] = raised / raised.sum(axis=-1, keepdims=True)
    return shares


@dataclass
class Voters:
    """The two trained classifiers and what they need to read a text."""

    accents: AccentModel
    ngrams: Pipeline
    mean: NDArray[np.float32]
    meaning: LogisticRegression
    labels: list[str]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class VotingClassifier(IntentClassifier, GraphComponent):
    """A soft vote of n-grams (weight 1) and sentence vectors (weight `meaning_weight`), sharpened until it is calibrated."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Weights from measurement, see docs/nlu.md; `sharpness` from `python -m tests.bench.scope_fit`."""
        return {
            "meaning_weight": 1.0,
            "sharpness": 1.6,
            "regularisation": 20.0,
            "scale": 10.0,
            "cache": ".cache/intents",
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, voters: Voters | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._voters = voters

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VotingClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains both voters on the intent examples, each also seen once without its diacritics."""
        examples = [(e.get(TEXT), e.get(INTENT)) for e in training_data.intent_examples if e.get(TEXT)]
        texts = [text for text, _ in examples]
        labels = [label for _, label in examples]
        accents = AccentModel.train(map(normalise, texts))
        # The vectors also see what restoration makes of bare text, so that its mistakes are familiar.
        seen = [accents.restore(normalise(text)) for text in texts] + [accents.restore(folded(text)) for text in texts]
        with ThreadPoolExecutor(1) as beside:
            encoding = beside.submit(cached_vectors, shared_encoder(), seen, "query", Path(self._config["cache"]))
            ngrams = ngram_voter(self._config["regularisation"]).fit([folded(text) for text in texts], labels)
            vectors = encoding.result()
        mean = vectors.mean(axis=0)
        meaning = LogisticRegression(C=1.0, class_weight="balanced", max_iter=600)
        meaning.fit((vectors - mean) * self._config["scale"], labels + labels)
        self._voters = Voters(accents, ngrams, mean, meaning, list(ngrams.classes_))
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder, (folder / _FILE).open("wb") as file:
            pickle.dump(self._voters, file)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> VotingClassifier:
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder, (folder / _FILE).open("rb") as file:
            voters = pickle.load(file)  # noqa: S301  our own model archive, made by `make train`
        return cls(config, model_storage, resource, voters)

    def vote(self, text: str) -> dict[str, float]:
        """The probability of each intent."""
        voters = self._voters
        if voters is None:
            return {}
        # What is asked stands at the beginning; an encoder takes seconds over a page of text, and everybody waits.
        text = text[:READ]
        typed = normalise(text)
        by_ngrams = voters.ngrams.predict_proba([folded(text)])[0]
        vector = shared_encoder().encode([voters.accents.restore(typed)])
        by_meaning = voters.meaning.predict_proba((vector - voters.mean) * self._config["scale"])[0]
        weight = self._config["meaning_weight"]
        mixed = (by_ngrams + weight * by_meaning) / (1 + weight)
        return dict(zip(voters.labels, sharpened(mixed, self._config["sharpness"]).tolist(), strict=True))

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking`."""
        for message in messages:
            text = message.get(TEXT)
            if not text or text.startswith("/"):
                continue  # one of our own buttons: Rasa reads its intent from the text
            votes = sorted(self.vote(text).items(), key=lambda vote: -vote[1])
            ranking = [{"name": name, "confidence": confidence} for name, confidence in votes]
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing later in the pipeline learns from these votes."""
        return training_data
