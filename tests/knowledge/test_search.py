"""The search: its shape with a plain encoder, its quality with the real one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.assembly import topic_search
from bot.knowledge.loader import load_topics
from bot.knowledge.search import Hits, TopicSearch, load_search
from bot.knowledge.topic import Topics
from bot.knowledge.vectors import Kind, cached_vectors
from bot.language import fold
from bot.plain_yaml import read_yaml
from bot.programmes.loader import load_law

HERE = Path(__file__).parent
FEW = ("machinery", "used_machine", "fair_domestic", "trademark", "place_rule")


class LetterEncoder:
    """Counts letters: no meaning, but the same text always gives the same vector."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: list[str], kind: Kind = "query") -> NDArray[np.float32]:
        self.encoded += texts
        rows = [[text.count(chr(97 + i)) + 0.1 for i in range(26)] for text in map(fold, texts)]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 26)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


@pytest.fixture(scope="module")
def topics() -> Topics:
    return load_topics(load_law())


@pytest.fixture(scope="module")
def plain(topics: Topics) -> TopicSearch:
    return load_search({topic: topics[topic] for topic in FEW}, LetterEncoder(), outside=["giá vàng hôm nay"])


@pytest.fixture(scope="module")
def real(topics: Topics) -> TopicSearch:
    return topic_search(topics)


def unseen() -> Iterator[tuple[str, list[str]]]:
    for question, *wanted in read_yaml(HERE / "unseen.yml"):
        yield question, wanted


def served(hits: Hits, wanted: list[str]) -> bool:
    """Whether the person gets what was asked: answered at once, or among what is offered."""
    return hits.ranked[0].topic in wanted if hits.confident else bool(set(hits.near) & set(wanted))


@pytest.mark.parametrize("mangle", [str, fold, str.upper], ids=["accented", "stripped", "capitals"])
def test_a_question_of_ours_finds_its_topic(plain: TopicSearch, topics: Topics, mangle: type[str]) -> None:
    for topic in FEW:
        hits = plain.find(mangle(topics[topic].questions[0]))
        assert hits.ranked[0].topic == topic
        assert hits.confident
        assert hits.near == ()


def test_the_hits_are_all_topics_best_first(plain: TopicSearch) -> None:
    hits = plain.find("mua máy")
    assert sorted(hit.topic for hit in hits.ranked) == sorted(FEW)
    scores = [hit.score for hit in hits.ranked]
    assert scores == sorted(scores, reverse=True)
    assert sum(hit.probability for hit in hits.ranked) == pytest.approx(1)


@pytest.mark.parametrize("text", ["giá vàng hôm nay", "asdf qwer zxcv", "", "?", "12345", "🙂🙂"])
def test_what_is_on_no_topic_is_not_answered(plain: TopicSearch, text: str) -> None:
    assert not plain.find(text).confident


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_text_breaks_the_search(plain: TopicSearch, text: str) -> None:
    hits = plain.find(text)
    assert len(hits.ranked) == len(FEW)
    assert hits.near == () or 2 <= len(hits.near) <= 3
    assert not (hits.confident and hits.near)
    assert all(0 <= hit.probability <= 1 for hit in hits.ranked)


def test_a_left_out_question_is_judged_as_a_strange_one(plain: TopicSearch, topics: Topics) -> None:
    asked = sum(len(topics[topic].questions) + len(topics[topic].phrases) for topic in FEW)
    assert plain.left_out.shape == (asked, len(FEW))
    assert len(plain.owners) == asked
    known = plain.find(topics["machinery"].questions[0]).ranked[0].score
    first = plain.owners.index("machinery")
    assert plain.judge(plain.left_out[first]).ranked[0].score < known


def test_leaving_a_question_out_is_the_same_as_never_having_had_it(topics: Topics) -> None:
    from dataclasses import replace

    few = {topic: topics[topic] for topic in FEW}
    search = load_search(few, LetterEncoder())
    at = search.owners.index("machinery")
    without = dict(few, machinery=replace(few["machinery"], questions=few["machinery"].questions[1:]))
    strange = load_search(without, LetterEncoder()).find(few["machinery"].questions[0])
    left_out = search.judge(search.left_out[at])
    assert strange.ranked[0].topic == left_out.ranked[0].topic
    assert strange.ranked[0].score == pytest.approx(left_out.ranked[0].score, abs=0.1)


def test_vectors_are_computed_once_and_only_for_new_texts(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    first = cached_vectors(encoder, ["máy", "hội chợ"], "query", tmp_path)
    second = cached_vectors(encoder, ["hội chợ", "nhãn hiệu"], "query", tmp_path)
    assert encoder.encoded == ["máy", "hội chợ", "nhãn hiệu"]
    assert np.array_equal(first[1], second[0])
    assert np.array_equal(second, LetterEncoder().encode(["hội chợ", "nhãn hiệu"]))


def test_a_spoilt_cache_is_computed_again(tmp_path: Path) -> None:
    cached_vectors(LetterEncoder(), ["máy"], "query", tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(b"PK\x03\x04 spoilt")
    vectors = cached_vectors(LetterEncoder(), ["máy"], "query", tmp_path)
    assert np.array_equal(vectors, LetterEncoder().encode(["máy"]))


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf8")
    vectors = cached_vectors(LetterEncoder(), ["máy"], "query", tmp_path / "file")
    assert vectors.shape == (1, 26)


@pytest.mark.model
def test_left_out_questions_find_their_topic(real: TopicSearch) -> None:
    """Wordings as far from the other examples as we could write them: the hardest test, so the lowest floor."""
    hits = [real.judge(scores) for scores in real.left_out]
    first = np.mean([hit.ranked[0].topic == owner for hit, owner in zip(hits, real.owners, strict=True)])
    three = np.mean([owner in {h.topic for h in hit.ranked[:3]} for hit, owner in zip(hits, real.owners, strict=True)])
    assert first >= 0.70
    assert three >= 0.88


@pytest.mark.model
@pytest.mark.parametrize(
    ("mangle", "floor"), [(str, 0.97), (fold, 0.95), (str.upper, 0.97)], ids=["accented", "stripped", "capitals"]
)
def test_unseen_wordings_are_served(real: TopicSearch, mangle: type[str], floor: float) -> None:
    asked = [(real.find(mangle(question)), wanted) for question, wanted in unseen()]
    assert np.mean([served(hits, wanted) for hits, wanted in asked]) >= floor
    assert np.mean([hits.ranked[0].topic in wanted for hits, wanted in asked if hits.confident]) >= floor


def test_unseen_wordings_stand_in_no_topic(topics: Topics) -> None:
    ours = {fold(text) for topic in topics.values() for text in (topic.title, *topic.questions)}
    assert [question for question, _ in unseen() if fold(question) in ours] == []


def test_the_solution_is_kept_and_gives_the_same_answers(tmp_path: Path, topics: Topics) -> None:
    few = {topic: topics[topic] for topic in FEW}
    fresh = load_search(few, LetterEncoder(), cache=tmp_path)
    encoder = LetterEncoder()
    kept = load_search(few, encoder, cache=tmp_path)
    assert encoder.encoded == []
    assert kept.find("máy cũ thì sao") == fresh.find("máy cũ thì sao")
    changed = load_search({topic: topics[topic] for topic in FEW[1:]}, LetterEncoder(), cache=tmp_path)
    assert len(changed.find("máy cũ thì sao").ranked) == len(FEW) - 1
