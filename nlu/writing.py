"""Writes a new training sentence where it belongs, and leaves everything else in the file as it was."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.errors import BotError
from bot.knowledge.loader import FOLDER as TOPICS
from bot.language import nfc
from nlu.examples import FOLDER, Example, all_examples, same
from nlu.heldout import HELD_OUT, held_out

LONGEST = 200
"""Characters of a sentence that is worth learning from."""
_ENTITY = re.compile(r"\[[^\]]*\]\s*[({]")
_WIDE = 1_000_000
"""No line is ever broken."""


class Fault(StrEnum):
    """Why a sentence is not written."""

    NO_SENTENCE = "no_sentence"
    """Nothing in it, or too much."""
    READ_OTHERWISE = "read_otherwise"
    """Rasa would read marks in it as something else."""
    JUDGED = "judged"
    """It stands in a held-out set."""
    KNOWN = "known"
    NO_SUCH_PLACE = "no_such_place"


class CannotBeLearned(BotError):
    """A sentence that must not, or need not, be among the training sentences; `about` is where or what."""

    def __init__(self, fault: Fault, about: str = "") -> None:
        super().__init__(f"{fault}: {about}" if about else str(fault))
        self.fault = fault
        self.about = about


class TrainingFiles:
    """The sentences of nlu/ and of the topics, and what judges them."""

    def __init__(self, folder: Path = FOLDER, topics: Path = TOPICS, judged: Path = HELD_OUT) -> None:
        self._folder = folder
        self._topics = topics
        self._judged = held_out(judged)
        self._known = {same(example.text): example for example in all_examples(folder, topics)}

    def known(self, text: str) -> Example | None:
        """The sentence that is there already and differs from *text* at most in marks and spelling."""
        return self._known.get(same(text))

    def add(self, text: str, *, intent: str, topic: str | None = None) -> Path:
        """Writes *text* under *intent*, or among the questions of *topic*; gives the file.

        Raises CannotBeLearned for a sentence that is known, is in a held-out set, or is none.
        """
        sentence = " ".join(nfc(text).split()).lstrip("-– ")
        self._check(sentence)
        path = self._add_question(sentence, topic) if topic else self._add_sentence(sentence, intent)
        self._known[same(sentence)] = Example(sentence, intent, topic)
        return path

    def _check(self, sentence: str) -> None:
        if not any(map(str.isalnum, sentence)) or len(sentence) > LONGEST:
            raise CannotBeLearned(Fault.NO_SENTENCE)
        if _ENTITY.search(sentence) or sentence.startswith("/"):
            raise CannotBeLearned(Fault.READ_OTHERWISE)
        if same(sentence) in self._judged:
            raise CannotBeLearned(Fault.JUDGED)
        if (there := self.known(sentence)) is not None:
            raise CannotBeLearned(Fault.KNOWN, there.topic or there.intent)

    def _add_sentence(self, sentence: str, intent: str) -> Path:
        for path in sorted(self._folder.glob("*.yml")):
            document = _read(path)
            for entry in document.get("nlu", ()):
                if entry.get("intent") == intent:
                    entry["examples"] = LiteralScalarString(f"{entry['examples'].rstrip()}\n- {sentence}\n")
                    _write(path, document, offset=0)
                    return path
        raise CannotBeLearned(Fault.NO_SUCH_PLACE, intent)

    def _add_question(self, sentence: str, topic: str) -> Path:
        path = self._topics / f"{topic}.yml"
        if not path.exists():
            raise CannotBeLearned(Fault.NO_SUCH_PLACE, topic)
        document = _read(path)
        questions = document["questions"]
        # A comment or blank line after the last question belongs to what follows, so it moves along.
        trailing = questions.ca.items.pop(len(questions) - 1, None)
        questions.append(sentence)
        if trailing is not None:
            questions.ca.items[len(questions) - 1] = trailing
        _write(path, document, offset=2)
        return path


def _yaml(offset: int) -> YAML:
    yaml = YAML()
    yaml.width = _WIDE
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=2 + offset, offset=offset)
    yaml.representer.add_representer(
        type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def _read(path: Path) -> Any:
    return _yaml(0).load(path.read_text("utf8"))


def _write(path: Path, document: Any, *, offset: int) -> None:
    """Beside and then renamed, so that nobody reads half a file."""
    text = io.StringIO()
    _yaml(offset).dump(document, text)
    part = path.with_suffix(".part")
    part.write_text(text.getvalue(), "utf8")
    part.replace(path)
