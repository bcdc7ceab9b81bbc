"""The held-out sets stay as they are, and nothing the bot learns from is among them."""

import hashlib
import json
from pathlib import Path

from nlu.examples import all_examples, same
from nlu.heldout import held_out

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


def test_every_sentence_of_a_set_is_compared_with_however_it_is_typed(tmp_path):
    (tmp_path / "one.jsonl").write_text(json.dumps({"text": "Máy  CŨ được không?"}), "utf8")
    (tmp_path / "two.jsonl").write_text(json.dumps({"text": "8 người", "question": "employees"}), "utf8")

    assert held_out(tmp_path) == {same("may cu duoc khong")}
