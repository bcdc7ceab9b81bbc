"""A YAML file read node by node, so that every fault can be reported with its file and line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from bot.errors import ContentError

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Source:
    """A node of a YAML file; every reader raises `ContentError("file:line: what")`."""

    name: str
    """How the file is called in messages."""
    node: Any

    def fail(self, what: str, *, down: int = 0) -> NoReturn:
        """Raise for this node, or for the line *down* lines below where it begins."""
        raise ContentError(f"{self.name}:{self.node.start_mark.line + 1 + down}: {what}")

    def pairs(self) -> Iterator[tuple[Source, Source]]:
        """Keys and values of a mapping, each key once."""
        if not isinstance(self.node, MappingNode):
            self.fail("a mapping was expected")
        seen: set[str] = set()
        for key_node, value_node in self.node.value:
            key = Source(self.name, key_node)
            if key_node.value in seen:
                key.fail(f"key {key_node.value!r} stands twice")
            seen.add(key_node.value)
            yield key, Source(self.name, value_node)

    def entries(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> dict[str, Source]:
        """The keys and values of a mapping, which may hold only these keys."""
        found: dict[str, Source] = {}
        for key, value in self.pairs():
            if key.node.value not in required | optional:
                key.fail(f"unknown key {key.node.value!r}")
            found[key.node.value] = value
        for missing in sorted(required - found.keys()):
            self.fail(f"{missing!r} is missing")
        return found

    def items(self) -> Iterator[Source]:
        """The members of a list."""
        if not isinstance(self.node, SequenceNode):
            self.fail("a list was expected")
        return (Source(self.name, member) for member in self.node.value)

    def is_null(self) -> bool:
        """Whether null stands here."""
        return isinstance(self.node, ScalarNode) and self.node.tag == _NULL

    def is_mapping(self) -> bool:
        """Whether keys and values stand here."""
        return isinstance(self.node, MappingNode)

    def text(self) -> str:
        """A text that is not empty, in composed Unicode (NFC)."""
        value = self.text_or_empty()
        if not value:
            self.fail("a text was expected")
        return value

    def text_or_empty(self) -> str:
        """A text, perhaps empty, in composed Unicode (NFC)."""
        if not isinstance(self.node, ScalarNode) or self.is_null():
            self.fail("a text was expected")
        value = str(self.node.value).strip()
        if not unicodedata.is_normalized("NFC", value):
            self.fail("the text is not in composed Unicode (NFC)")
        return value

    def optional_text(self) -> str | None:
        """A text, or null for none."""
        return None if self.is_null() else self.text()

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def day(self) -> date:
        """A calendar day written `2018-05-11`."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.fail("a day such as 2018-05-11 was expected")

    def optional_day(self) -> date | None:
        """A calendar day, or null for none."""
        return None if self.is_null() else self.day()

    def number(self) -> int | float:
        """A number; whole when it is written whole."""
        text = self.text()
        try:
            return int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            self.fail(f"a number was expected, not {text!r}")


def read(path: Path) -> Source:
    """Read the YAML file at *path*; messages call it by its folder and name."""
    return read_text(f"{path.parent.name}/{path.name}", path.read_text("utf8"))


def read_text(name: str, text: str) -> Source:
    """Read YAML that messages call *name*."""
    try:
        # libyaml reads the two hundred files of the law in a tenth of a second; ruamel needs three.
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{name}:{line}: {error.problem}") from error
    if node is None:
        raise ContentError(f"{name}:1: the file is empty")
    return Source(name, node)
