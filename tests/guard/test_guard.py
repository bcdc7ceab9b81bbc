"""A model that understands a class worse than the one before is set aside, and the one before goes on serving."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.training import archive_name, current_model
from bot.guard import Figures, Judged, Share, Shelf, judged_lines, measure, sets_digest, worse
from bot.replies.nlu_desk import render_figures

SETS = "abc"


def figures(model: str = "a.tar.gz", unverified: int = 0, **classes: tuple[int, int]) -> Figures:
    return Figures(model, SETS, {name: Share(*counts) for name, counts in classes.items()}, unverified)


@pytest.mark.parametrize(
    ("before", "after", "is_worse"),
    [
        ((9, 9), (8, 9), False),
        ((9, 9), (7, 9), True),
        ((9, 9), (9, 9), False),
        ((5, 9), (9, 9), False),
        ((7, 7), (0, 7), False),  # too few lines to say anything
        ((300, 376), (296, 376), False),
        ((300, 376), (295, 376), True),
        ((9, 9), (3, 5), False),  # another set under the same name
    ],
)
def test_a_class_is_worse_when_it_loses_more_than_chance(before, after, is_worse):
    assert is_worse == bool(list(worse(figures(greet=before), figures(greet=after))))


@given(st.integers(8, 400), st.data())
def test_a_model_is_never_worse_than_itself_or_than_one_that_knows_less(of, data):
    right = data.draw(st.integers(0, of))
    more = data.draw(st.integers(right, of))

    assert list(worse(figures(a=(right, of)), figures(a=(more, of)))) == []


def test_lines_are_counted_by_class_and_a_figure_without_a_source_is_seen():
    cites = [{"document": "d", "status": "unverified"}]
    lines = [
        Judged("intents", "intents: greet", {"text": "chào", "intent": ["greet"]}),
        Judged("questions", "questions: answered", {"text": "máy", "outcome": ["answered"], "topics": ["machinery"]}),
        Judged("questions", "questions: answered", {"text": "lạ", "outcome": ["answered"], "topics": ["machinery"]}),
        Judged("outside", "outside: out_of_scope", {"text": "mưa", "outcome": ["out_of_scope"]}),
    ]
    topics = {"máy": "machinery", "lạ": "training"}

    def answer(line):
        topic = topics.get(line["text"])
        return {"outcome": "answered" if topic else "out_of_scope", "topic": topic, "citations": cites if topic else []}

    found = measure("m", lines, answer, lambda text: "greet", sets=SETS)

    assert found.classes == {
        "intents: greet": Share(1, 1),
        "outside: out_of_scope": Share(1, 1),
        "questions: answered": Share(1, 2),
    }
    assert found.stated_unverified == 2


def test_every_set_of_a_kind_is_judged_and_a_change_in_one_is_seen(tmp_path):
    (tmp_path / "questions.jsonl").write_text(json.dumps({"text": "a", "outcome": ["answered"], "topics": []}), "utf8")
    (tmp_path / "questions_second.jsonl").write_text(json.dumps({"text": "b", "outcome": ["clarify"]}), "utf8")
    (tmp_path / "answers.jsonl").write_text(json.dumps({"text": "8", "question": "employees"}), "utf8")
    digest = sets_digest(tmp_path)

    groups = [judged.group for judged in judged_lines(tmp_path)]
    assert groups == ["questions: answered", "questions_second: clarify"]
    (tmp_path / "questions.jsonl").write_text(json.dumps({"text": "c", "outcome": ["answered"]}), "utf8")
    assert sets_digest(tmp_path) != digest
    assert list(judged_lines(tmp_path / "none")) == []


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    for number, name in enumerate(("old.tar.gz", "new.tar.gz", archive_name())):
        (tmp_path / name).write_bytes(b"model")
        os.utime(tmp_path / name, (number, number))
    return Shelf(tmp_path)


def test_figures_are_read_back_as_they_were_written(shelf):
    shelf.ship(shelf.folder / "old.tar.gz", figures("old.tar.gz", greet=(9, 9)))

    assert shelf.figures_of(shelf.folder / "old.tar.gz") == figures("old.tar.gz", greet=(9, 9))
    assert shelf.last_shipped(SETS, but=shelf.folder / "new.tar.gz") == figures("old.tar.gz", greet=(9, 9))
    assert shelf.last_shipped("other sets", but=shelf.folder / "new.tar.gz") is None
    assert shelf.last_shipped(SETS, but=shelf.folder / "old.tar.gz") is None


def test_spoilt_figures_and_those_of_a_model_that_is_gone_are_passed_over(shelf):
    shelf.ship(shelf.folder / "old.tar.gz", figures("old.tar.gz", greet=(9, 9)))
    (shelf.folder / "bad.figures.json").write_text("{", "utf8")
    assert shelf.last_shipped(SETS, but=shelf.folder / "new.tar.gz") is not None

    (shelf.folder / "old.tar.gz").unlink()
    assert shelf.last_shipped(SETS, but=shelf.folder / "new.tar.gz") is None


def test_a_refused_model_is_set_aside_and_the_one_before_serves(shelf):
    newest = shelf.folder / archive_name()
    shelf.refuse(newest, "old.tar.gz")

    assert current_model(shelf.folder) == shelf.folder / "old.tar.gz"
    assert not newest.exists()


def test_an_accepted_model_serves_again(shelf):
    newest = shelf.folder / archive_name()
    shelf.refuse(newest, "old.tar.gz")

    assert shelf.take_back(newest.name) == newest
    assert current_model(shelf.folder) == newest


def test_a_refusal_without_a_model_to_serve_instead_means_training_again(shelf):
    newest = shelf.folder / archive_name()
    shelf.refuse(newest, "old.tar.gz")
    (shelf.folder / "old.tar.gz").unlink()

    assert current_model(shelf.folder) is None


def test_the_table_marks_what_fell():
    table = render_figures(figures(greet=(9, 9), help=(9, 9)), figures(greet=(7, 9), help=(8, 9), new=(1, 1)))

    assert [line.split() for line in table.splitlines() if "kém hơn" in line] == [
        ["greet", "9/9", "7/9", "←", "kém", "hơn"]
    ]
    assert "–" in next(line for line in table.splitlines() if line.startswith("new"))
