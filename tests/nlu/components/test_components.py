"""Tokenizer, voting classifier and the components that correct the vote, each alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language import fold, nfc
from nlu.components.answer_reader import AnswerReader
from nlu.components.exact_phrases import ExactPhrases
from nlu.components.scope import ScopeGuard
from nlu.components.tokenizer import VietnameseTokenizer
from nlu.components.voting_classifier import VotingClassifier

pytestmark = pytest.mark.model

CONTEXT = ExecutionContext(GraphSchema({}), model_id="test")
SENTENCES = {
    "ask_policy": ["mua máy được hỗ trợ bao nhiêu", "máy cũ có được hỗ trợ không", "hỗ trợ mua máy mấy phần trăm"],
    "thank": ["cảm ơn anh nhiều", "em cảm ơn chị", "cảm ơn cán bộ nha"],
    "goodbye": ["chào tạm biệt anh", "tạm biệt nha", "thôi tạm biệt chị"],
}


def made(component: type[GraphComponent], folder: Path, **config: Any) -> Any:
    """The component as the graph would create it."""
    storage = LocalModelStorage.create(folder)
    return component.create({**component.get_default_config(), **config}, storage, Resource("it"), CONTEXT)


def heard(component: Any, text: str, voted: str | None = None, confidence: float = 0.0, **metadata: Any) -> str | None:
    """The intent after *component* has looked at *text* that was voted for before."""
    message = Message(data={TEXT: text, INTENT: {"name": voted, "confidence": confidence}, "metadata": metadata})
    component.process([message])
    name: str | None = message.get(INTENT)["name"]
    return name


@given(st.text(min_size=1, max_size=80))
@example("Xưởng em ở Dĩ An, 8 ng\u0323ười…")
@example("👍🏽 ok")
def test_every_token_stands_where_it_says_and_carries_its_folded_form(text: str) -> None:
    tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())

    found = tokenizer.tokenize(Message(data={TEXT: text}), TEXT)

    assert found
    for token in found:
        assert token.text == text[token.start : token.end]
        assert token.lemma in {token.text, fold(token.text)}
    assert sorted(found, key=lambda token: token.start) == found


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[VotingClassifier, VotingClassifier]:
    """A classifier trained on a few sentences, and the same one loaded again from where it was kept."""
    folder = tmp_path_factory.mktemp("storage")
    storage, resource = LocalModelStorage.create(folder), Resource("votes")
    config = {**VotingClassifier.get_default_config(), "cache": str(folder / "vectors")}
    classifier = VotingClassifier.create(config, storage, resource, CONTEXT)
    lines = [Message(data={TEXT: text, INTENT: name}) for name, texts in SENTENCES.items() for text in texts]
    classifier.train(TrainingData(training_examples=lines))
    return classifier, VotingClassifier.load(config, storage, resource, CONTEXT)


@pytest.mark.parametrize(
    "typed", [str, fold, str.upper, lambda text: f"  {text} !!"], ids=["as-is", "bare", "caps", "signs"]
)
def test_what_was_learned_is_known_however_it_is_typed(typed: Any, trained: Any) -> None:
    classifier, _ = trained
    found = {name: [heard(classifier, typed(text)) for text in texts] for name, texts in SENTENCES.items()}

    assert found == {name: [name] * len(texts) for name, texts in SENTENCES.items()}


@settings(deadline=None, max_examples=30)
@given(st.text(min_size=1, max_size=60))
def test_votes_are_probabilities_and_the_loaded_classifier_votes_the_same(trained: Any, text: str) -> None:
    classifier, loaded = trained
    votes = classifier.vote(text)

    assert votes == loaded.vote(text)
    assert sum(votes.values()) == pytest.approx(1)
    assert all(0 <= vote <= 1 for vote in votes.values())


def test_a_button_is_not_voted_on(trained: Any) -> None:
    classifier, _ = trained

    assert heard(classifier, "/erase_data", "as rasa read it", 1.0) == "as rasa read it"


@pytest.mark.parametrize(
    ("text", "voted", "confidence", "intent"),
    [
        ("mua máy được bao nhiêu", "ask_policy", 0.9, "ask_policy"),
        ("mua máy được bao nhiêu", "ask_policy", 0.2, "nlu_fallback"),
        ("how much money do you give for a machine", "ask_policy", 0.9, "out_of_scope"),
        ("please I want to talk to a person", "handover", 0.9, "handover"),
        ("please I want to talk to a person", "handover", 0.2, "out_of_scope"),
        ("ខ្ញុំចង់បានជំនួយ", "ask_policy", 0.9, "out_of_scope"),
        ("请问有什么补助", "ask_policy", 0.9, "out_of_scope"),
    ],
)
def test_weak_votes_are_doubted_and_other_languages_sent_out(
    text: str, voted: str, confidence: float, intent: str, tmp_path: Path
) -> None:
    assert intent == heard(made(ScopeGuard, tmp_path), text, voted, confidence)


@pytest.mark.parametrize(
    ("text", "voted", "question", "intent"),
    [
        ("đúng", "pause", None, "affirm"),
        ("dừng", "affirm", None, "opt_out"),
        ("Dừng.", "affirm", "employees", "pause"),
        ("👎", "affirm", None, "deny"),
        ("bot ngu như bò", "ask_policy", None, "abuse"),
        ("em đi ngủ đây", "goodbye", None, "goodbye"),
        ("em di ngu day", "goodbye", None, "goodbye"),
    ],
)
def test_whole_messages_that_differ_by_a_mark_are_told_apart(
    text: str, voted: str, question: str | None, intent: str, tmp_path: Path
) -> None:
    assert intent == heard(made(ExactPhrases, tmp_path), text, voted, 0.6, question=question)


@pytest.mark.parametrize(
    ("text", "vote", "question", "intent"),
    [
        ("8 người", ("nlu_fallback", 1.0), "employees", "answer"),
        ("8 người", ("greet", 0.5), None, "greet"),
        ("máy cũ có được không?", ("ask_policy", 0.9), "employees", "ask_policy"),
        ("gặp cán bộ", ("handover", 0.95), "employees", "handover"),
        ("Nguyễn Văn Tám", ("greet", 0.4), "name", "answer"),
        ("chỉ đồng ý điều 1", ("deny", 0.9), "consent", "answer"),
    ],
)
def test_a_readable_answer_stands_unless_the_vote_is_nearly_sure(
    text: str, vote: tuple[str, float], question: str | None, intent: str, tmp_path: Path
) -> None:
    assert intent == heard(made(AnswerReader, tmp_path), text, *vote, question=question)


def test_text_is_the_same_to_every_component_whether_composed_or_not(tmp_path: Path) -> None:
    decomposed = "đu\u0301ng"

    assert heard(made(ExactPhrases, tmp_path), decomposed, "pause", 0.6) == heard(
        made(ExactPhrases, tmp_path / "again"), nfc(decomposed), "pause", 0.6
    )
