"""Fits the weights of `actions/scope.py` on left-out training sentences, and prints what each threshold keeps.

Four folds: classifier and search are trained on three quarters of the sentences and weigh the fourth. The held-out
sets are not touched. Takes some minutes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from actions.scope import FLOOR
from bot.knowledge.loader import load_topics
from bot.knowledge.search import load_search
from bot.knowledge.topic import Topics
from bot.knowledge.vectors import cached_vectors
from bot.language import normalise
from bot.programmes.loader import load_law
from nlu.accents import AccentModel
from nlu.components.voting_classifier import folded, ngram_voter
from nlu.encoder import shared_encoder
from nlu.examples import examples, intents

FOLDS = 4
CACHE = Path(__file__).parent.parent.parent / ".cache" / "scope-fit"


def left_out() -> Iterator[tuple[bool, list[float]]]:
    """For each question and each sentence outside, unseen by what weighs it: whether it is ours, and its features."""
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
        seen += [(question, "ask_policy") for topic in kept.values() for question in topic.questions]
        outside = tuple(text for text, intent in seen if intent in {"out_of_scope", "abuse", "steer_bot"})
        search = load_search(Topics(kept), encoder, restore=accents.restore, cache=CACHE / "search", outside=outside)
        texts, labels = [text for text, _ in seen], [intent for _, intent in seen]
        ngrams = ngram_voter(20.0).fit([folded(text) for text in texts], labels)
        rows = vectors(texts)
        meaning = LogisticRegression(C=1.0, class_weight="balanced", max_iter=600)
        meaning.fit((rows - rows.mean(axis=0)) * 10, labels)
        names = list(ngrams.classes_)
        unseen = [(q, True) for topic in topics.values() for n, q in enumerate(topic.questions) if n % FOLDS == fold]
        unseen += [(text, False) for n, text in enumerate(spoken["out_of_scope"]) if n % FOLDS == fold]
        by_ngrams = ngrams.predict_proba([folded(text) for text, _ in unseen])
        heard = encoder.encode([accents.restore(normalise(text)) for text, _ in unseen])
        votes = (by_ngrams + meaning.predict_proba((heard - rows.mean(axis=0)) * 10)) / 2
        for (text, ours), vote in zip(unseen, votes, strict=True):
            policy = vote[names.index("ask_policy")]
            out = vote[names.index("out_of_scope")] + vote[names.index("steer_bot")]
            first = search.find(text).ranked[0]
            yield ours, [math.log(policy + FLOOR) - math.log(out + FLOOR), first.score, first.probability]


def main() -> None:
    """Prints the weights and the thresholds."""
    rows = list(left_out())
    features, wanted = np.array([row for _, row in rows]), np.array([ours for ours, _ in rows])
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


if __name__ == "__main__":
    main()
