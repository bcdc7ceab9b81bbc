"""One YAML file of a topic, read so that every fault can be reported with its line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from bot.errors import ContentError

_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Source:
    """A node of a YAML file; every reader raises `ContentError("file:line: what")`."""

    name: str
    """How the file is called in messages."""
    node: Any

    def fail(self, what: str, *, down: int = 0) -> NoReturn:
        """Raises for this node, or for the line *down* lines below where its block text begins."""
        raise ContentError(f"{self.name}:{self.node.start_mark.line + 1 + down}: {what}")

    def entries(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> dict[str, Source]:
        """The keys and values of a mapping, which may hold only these keys."""
        if not isinstance(self.node, MappingNode):
            self.fail("a mapping was expected")
        found: dict[str, Source] = {}
        for key_node, value_node in self.node.value:
            key, value = Source(self.name, key_node), Source(self.name, value_node)
            if key_node.value not in required | optional:
                key.fail(f"unknown key {key_node.value!r}")
            if key_node.value in found:
                key.fail(f"key {key_node.value!r} stands twice")
            found[key_node.value] = value
        for missing in sorted(required - found.keys()):
            self.fail(f"{missing!r} is missing")
        return found

    def items(self) -> Iterator[Source]:
        """The members of a list."""
        if not isinstance(self.node, SequenceNode):
            self.fail("a list was expected")
        return (Source(self.name, member) for member in self.node.value)

    def text(self) -> str:
        """A non-empty text in composed Unicode (NFC)."""
        if not isinstance(self.node, ScalarNode) or self.node.tag == _NULL or not self.node.value.strip():
            self.fail("a text was expected")
        value = str(self.node.value).strip()
        if not unicodedata.is_normalized("NFC", value):
            self.fail("the text is not in composed Unicode (NFC)")
        return value

    def day(self) -> date:
        """A calendar day written `2018-05-11`."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            self.fail("a day such as 2018-05-11 was expected")

    def optional_day(self) -> date | None:
        """A calendar day, or null for none."""
        return None if isinstance(self.node, ScalarNode) and self.node.tag == _NULL else self.day()


def read(path: Path) -> Source:
    """The top of the YAML file at *path*."""
    try:
        node = YAML(typ="safe").compose(path)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{path.name}:{line}: {error.problem}") from error
    if node is None:
        raise ContentError(f"{path.name}:1: the file is empty")
    return Source(path.name, node)
