"""Fits on left-out training sentences: the weights of `actions/scope.py`, and how sharp the vote of the intents must be.

Four folds: classifier and search are trained on three quarters of the sentences and weigh the fourth. The held-out
sets are not touched. Takes some minutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from actions.scope import FLOOR
from bot.knowledge.loader import load_topics
from bot.knowledge.search import TopicSearch, load_search
from bot.knowledge.topic import Topics
from bot.knowledge.vectors import cached_vectors
from bot.language import normalise
from bot.programmes.loader import load_law
from nlu.accents import AccentModel
from nlu.components.voting_classifier import VotingClassifier, folded, ngram_voter, sharpened
from nlu.encoder import shared_encoder
from nlu.examples import examples, intents

FOLDS = 4
POLICY, OUTSIDE = "ask_policy", "out_of_scope"
CACHE = Path(__file__).parent.parent.parent / ".cache" / "scope-fit"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence as a classifier and a search see it that never met it."""

    intent: str
    votes: dict[str, float]
    features: tuple[float, float, float] | None
    """What `actions/scope.py` weighs; only for questions and for what is outside."""


def left_out() -> Iterator[LeftOut]:
    """Every training sentence, each unseen by what votes on it."""
    topics = load_topics(load_law())
    encoder = shared_encoder()
    accents = AccentModel.train(text for topic in topics.values() for text in topic.wordings())
    spoken = {intent: examples({intent}) for intent in intents()}

    def vectors(texts: list[str]) -> np.ndarray:
        heard = [accents.restore(normalise(text)) for text in texts]
        return np.asarray(cached_vectors(encoder, heard, "query", CACHE))

    for fold in track(range(FOLDS), "folds"):
        kept = {
            topic.id: replace(topic, questions=tuple(q for n, q in enumerate(topic.questions) if n % FOLDS != fold))
            for topic in topics.values()
        }
        seen = [(text, intent) for intent, texts in spoken.items() for n, text in enumerate(texts) if n % FOLDS != fold]
        seen += [(question, POLICY) for topic in kept.values() for question in topic.questions]
        outside = tuple(text for text, intent in seen if intent in {OUTSIDE, "abuse", "steer_bot"})
        search = load_search(Topics(kept), encoder, restore=accents.restore, cache=CACHE / "search", outside=outside)
        texts, labels = [text for text, _ in seen], [intent for _, intent in seen]
        ngrams = ngram_voter(20.0).fit([folded(text) for text in texts], labels)
        rows = vectors(texts)
        meaning = LogisticRegression(C=1.0, class_weight="balanced", max_iter=600)
        meaning.fit((rows - rows.mean(axis=0)) * 10, labels)
        unseen = [(q, POLICY) for topic in topics.values() for n, q in enumerate(topic.questions) if n % FOLDS == fold]
        unseen += [
            (text, intent) for intent, texts in spoken.items() for n, text in enumerate(texts) if n % FOLDS == fold
        ]
        by_ngrams = ngrams.predict_proba([folded(text) for text, _ in unseen])
        heard = vectors([text for text, _ in unseen])
        votes = (by_ngrams + meaning.predict_proba((heard - rows.mean(axis=0)) * 10)) / 2
        for (text, intent), row in zip(unseen, votes, strict=True):
            vote = dict(zip(ngrams.classes_, row.tolist(), strict=True))
            yield LeftOut(intent, vote, _features(vote, search, text) if intent in {POLICY, OUTSIDE} else None)


def _features(vote: dict[str, float], search: TopicSearch, text: str) -> tuple[float, float, float]:
    """As `actions/scope.py` sees them: of votes that are sharpened already."""
    first = search.find(text).ranked[0]
    sharp = sharpened(np.array(list(vote.values())), VotingClassifier.get_default_config()["sharpness"])
    vote = dict(zip(vote, sharp.tolist(), strict=True))
    against = vote[OUTSIDE] + vote["steer_bot"]
    return math.log(vote[POLICY] + FLOOR) - math.log(against + FLOOR), first.score, first.probability


def calibration_error(votes: np.ndarray, right: np.ndarray) -> float:
    """How far the first vote's probability is from how often it is right, on average over ten bands."""
    sure = votes.max(axis=1)
    bands = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(
            (bands == band).mean() * abs(sure[bands == band].mean() - right[bands == band].mean())
            for band in np.unique(bands)
        )
    )


def print_sharpness(console: Console, sentences: list[LeftOut]) -> None:
    """The sharpness at which the left-out sentences are least surprising, and the calibration error of each."""
    names = sorted(sentences[0].votes)
    votes = np.array([[each.votes[name] for name in names] for each in sentences])
    wanted = np.array([names.index(each.intent) for each in sentences])
    right = votes.argmax(axis=1) == wanted
    table = Table(
        "sharpness", "surprise", "calibration error", title=f"{len(right)} sentences, {right.mean():.1%} right"
    )
    for sharpness in (0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0):
        sharp = sharpened(votes, sharpness)
        surprise = -np.log(sharp[np.arange(len(wanted)), wanted] + 1e-12).mean()
        table.add_row(f"{sharpness}", f"{surprise:.3f}", f"{calibration_error(sharp, right):.3f}")
    console.print(table)


def main() -> None:
    """Prints the weights, the thresholds and the sharpness."""
    sentences = list(left_out())
    rows = [each for each in sentences if each.features is not None]
    features, wanted = np.array([each.features for each in rows]), np.array([each.intent == POLICY for each in rows])
    model = LogisticRegression(C=10).fit(features, wanted)
    found = model.predict_proba(features)[:, 1]
    console = Console()
    weights = ", ".join(f"{weight:.2f}" for weight in [*model.coef_[0], *model.intercept_])
    console.print(f"LOG_RATIO, SCORE, PROBABILITY, OFFSET = {weights}  ({len(rows)} sentences)")
    table = Table("threshold", "questions kept, %", "outside let through, %")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept, through = 100 * (found[wanted] >= threshold).mean(), 100 * (found[~wanted] >= threshold).mean()
        table.add_row(f"{threshold}", f"{kept:.1f}", f"{through:.1f}")
    console.print(table)
    print_sharpness(console, sentences)


if __name__ == "__main__":
    main()
