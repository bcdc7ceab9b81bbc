"""The words that decide an answer, as data: one YAML file a kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.plain_yaml import read_yaml

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The mapping in `<name>.yml`; ContentError says where it cannot be read. Do not change what is returned."""
    path = _HERE / f"{name}.yml"
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ContentError(f"{path.name}:1: not a mapping")
    return content
