"""The held-out sets stay as they are, and nothing the bot learns from is among them."""

import hashlib
from pathlib import Path

import pytest

from nlu.examples import all_examples, same
from nlu.heldout import SETS, held_out

HERE = Path(__file__).parent


def test_no_set_has_changed_since_it_was_frozen():
    lines = (HERE / "SHA256SUMS").read_text("utf8").splitlines()
    frozen = {name: digest for digest, name in map(str.split, lines)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in HERE.glob("*.jsonl")}

    assert frozen == found


def test_nothing_that_is_learned_from_is_in_a_held_out_set():
    judged = held_out()
    overlapping = [
        f"{example.topic or example.intent}: {example.text}"
        for example in all_examples()
        if same(example.text) in judged
    ]

    assert overlapping == []


@pytest.mark.parametrize("name", SETS)
def test_every_set_that_judges_sentences_is_compared_with(name):
    assert (HERE / f"{name}.jsonl").exists()
