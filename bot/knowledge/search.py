"""Finds the topic that a question is about: spelling and meaning together, and how sure that is.

Kernel ridge regression over the example questions, titles and sentences of all topics. The kernel is half spelling
(n-grams of folded text, so that missing diacritics do not matter) and half meaning (sentence vectors of
accent-restored text). It is solved in closed form, in seconds and once for the same texts, and gives exact
leave-one-out scores, on which its probabilities are set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

from bot.knowledge.topic import FIGURE, Topic
from bot.knowledge.vectors import Kind, cached_vectors, digest, read_arrays, write_arrays
from bot.language import fold, normalise

Matrix = NDArray[Any]

SPELLING_SHARE = 0.4
MEANING_POWER = 2.0
"""Cosines of sentence vectors crowd together; a power spreads them."""
RIDGE = 0.5
_SETTINGS = (SPELLING_SHARE, MEANING_POWER, RIDGE)
ASKED = 300
"""Characters of a question that are read: what is asked stands at its beginning or end."""
_FILLERS = (
    "cho hỏi",
    "cho em hỏi chút",
    "ad ơi",
    "vậy ad",
    "dạ anh chị ơi",
    "với ạ",
    "cảm ơn",
    "xin chào",
    "được không",
    "là sao",
)
_SHORTEST_SENTENCE = 4
_NOT_WORDS = re.compile(r"\*\*|^[•\d.\s]+")
_WORD = re.compile(r"\w+")
_TEMPERATURES = np.geomspace(2, 40, 40)


class Encoder(Protocol):
    """Turns texts into unit vectors, one row each."""

    def encode(self, texts: list[str], kind: Kind = "query") -> NDArray[np.float32]:
        """*kind* is `query` for what people ask and `passage` for what we wrote."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that a question may be about."""

    topic: str
    score: float
    """About 1 for a question worded as our own, about 0 for one on something else."""
    probability: float


@dataclass(frozen=True, slots=True)
class Hits:
    """All topics, best first, and what to do with them."""

    ranked: tuple[Hit, ...]
    confident: bool
    """The first may simply be answered."""
    near: tuple[str, ...]
    """Two or three topics to offer when not confident; empty when nothing is near enough to be worth offering."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """Where answering, offering and not knowing part."""

    answer_probability: float = 0.4
    answer_score: float = 0.2
    offer_score: float = 0.13
    close: float = 0.25
    """A topic is offered when it is at least so probable compared with the first."""


class TopicSearch:
    """The search over one set of topics."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        encoder: Encoder,
        *,
        restore: Callable[[str], str] = str,
        cache: Path | None = None,
        outside: Sequence[str] = (),
        confidence: Confidence | None = None,
    ) -> None:
        self._encoder = encoder
        self._restore = restore
        self._confidence = confidence or Confidence()
        self._ids = tuple(sorted(topics))
        questions, sentences = _texts(topics)
        strange = [*_FILLERS, *outside]
        texts = [*(text for _, text in questions), *strange, *(text for _, text in sentences)]
        self._owners = np.array([self._ids.index(owner) for owner, _ in questions])
        self._asked = len(questions)
        owned = [*(owner for owner, _ in questions), *(None for _ in strange), *(owner for owner, _ in sentences)]
        # Nothing is wanted of a text that is on no topic, so what resembles one scores low everywhere.
        wanted = np.array([[owner == topic for topic in self._ids] for owner in owned], dtype=np.float32)
        self._spelling = FeatureUnion(
            [
                (
                    "characters",
                    TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32),
                ),
                (
                    "words",
                    TfidfVectorizer(
                        ngram_range=(1, 2),
                        sublinear_tf=True,
                        dtype=np.float32,
                        tokenizer=_WORD.findall,
                        token_pattern=None,
                    ),
                ),
            ]
        )
        self._spelled = self._spelling.fit_transform([_folded(text) for text in texts])
        # Read as a stranger's question will be, so that an example typed without diacritics is not lost.
        heard = [restore(normalise(text)) for text in texts[: self._asked + len(strange)]]
        asked = cached_vectors(encoder, heard, "query", cache)
        written = cached_vectors(encoder, texts[self._asked + len(strange) :], "passage", cache)
        self._centre = asked[: self._asked].mean(axis=0)
        self._meant = self._centred(np.concatenate([asked, written]))
        key = digest(type(encoder).__name__, repr(_SETTINGS), *heard, *texts, *map(str, owned))
        self._weights, self.left_out = self._solved(wanted, key, cache)
        self._temperature = self._best_temperature()

    def find(self, text: str) -> Hits:
        """The topics nearest to *text*; never raises, whatever the text."""
        cleaned = normalise(text[:ASKED]).strip()
        spelled = self._spelling.transform([_folded(cleaned)])
        meant = self._centred(self._encoder.encode([self._restore(cleaned) or "?"], "query"))
        # The long matrix stays as it lies in memory; the one row is turned instead.
        kernel = self._kernel((self._spelled @ spelled.T).toarray().T, meant @ self._meant.T)
        return self._hits((kernel @ self._weights)[0])

    @property
    def owners(self) -> tuple[str, ...]:
        """The topic of each row of `left_out`, which are the example questions in order of topic and file."""
        return tuple(self._ids[owner] for owner in self._owners)

    def judge(self, scores: Matrix) -> Hits:
        """The hits for one row of scores, such as one of `left_out`."""
        return self._hits(scores)

    def _hits(self, scores: Matrix) -> Hits:
        probabilities = _softmax(scores[None, :] * self._temperature)[0]
        order = np.argsort(-scores, kind="stable")
        ranked = tuple(Hit(self._ids[i], float(scores[i]), float(probabilities[i])) for i in order)
        first, limits = ranked[0], self._confidence
        confident = first.probability >= limits.answer_probability and first.score >= limits.answer_score
        if confident or first.score < limits.offer_score:
            return Hits(ranked, confident, ())
        near = [hit.topic for hit in ranked[:3] if hit.probability >= limits.close * first.probability]
        return Hits(ranked, confident, tuple(near if len(near) > 1 else [hit.topic for hit in ranked[:2]]))

    def _centred(self, vectors: NDArray[Any]) -> Matrix:
        moved = np.asarray(vectors, dtype=np.float32) - self._centre
        unit: Matrix = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
        return unit

    @staticmethod
    def _kernel(spelling: Matrix, meaning: Matrix) -> Matrix:
        # The union of two unit vectors has length two; the sign keeps opposite meanings opposite under the power.
        spread = np.sign(meaning) * np.abs(meaning) ** MEANING_POWER
        kernel: Matrix = SPELLING_SHARE * spelling / 2 + (1 - SPELLING_SHARE) * spread
        return kernel

    def _solved(self, wanted: Matrix, key: str, cache: Path | None) -> tuple[Matrix, Matrix]:
        """The solution, read from *cache* when the same texts were solved before."""
        path = cache / "search.npz" if cache else None
        held = read_arrays(path) if path else {}
        if held and str(held["key"]) == key:
            return held["weights"], held["left_out"]
        weights, left_out = self._solve(wanted)
        if path:
            write_arrays(path, key=np.array(key), weights=weights, left_out=left_out)
        return weights, left_out

    def _solve(self, wanted: Matrix) -> tuple[Matrix, Matrix]:
        """The weights, and for each example question its scores had it not been among the examples."""
        kernel = self._kernel((self._spelled @ self._spelled.T).toarray(), self._meant @ self._meant.T)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        inverse = np.linalg.inv(kernel)
        weights: Matrix = inverse @ wanted
        left_out = wanted - weights / np.diag(inverse)[:, None]
        return weights, left_out[: self._asked]

    def _best_temperature(self) -> float:
        """The sharpness at which the left-out questions are least surprising."""
        rows = np.arange(self._asked)
        surprise = [-np.log(_softmax(self.left_out * t)[rows, self._owners] + 1e-12).mean() for t in _TEMPERATURES]
        return float(_TEMPERATURES[int(np.argmin(surprise))])


def load_search(
    topics: Mapping[str, Topic],
    encoder: Encoder,
    *,
    restore: Callable[[str], str] = str,
    cache: Path | None = None,
    outside: Sequence[str] = (),
) -> TopicSearch:
    """The search over *topics*; vectors of our own texts are kept in the folder *cache* when one is given.

    *restore* puts diacritics back into a text that was typed without; *outside* are examples of what is on no topic.
    """
    return TopicSearch(topics, encoder, restore=restore, cache=cache, outside=outside)


def _texts(topics: Mapping[str, Topic]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What people ask (with the titles) and what we answer, each with its topic."""
    questions = [(i, asked) for i in sorted(topics) for asked in (*topics[i].questions, *topics[i].phrases)]
    sentences = [(i, f"{topics[i].title}: {sentence}") for i in sorted(topics) for sentence in _sentences(topics[i])]
    return questions, [(i, topics[i].title) for i in sorted(topics)] + sentences


def _sentences(topic: Topic) -> list[str]:
    """The lines of the latest answer, without figures and marks."""
    version = topic.versions[-1]
    lines = (_NOT_WORDS.sub("", FIGURE.sub("", line)) for line in f"{version.answer}\n{version.more}".splitlines())
    return [line for line in lines if len(line.split()) >= _SHORTEST_SENTENCE]


def _folded(text: str) -> str:
    return fold(normalise(text))


def _softmax(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares
