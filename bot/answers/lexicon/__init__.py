"""The words that decide an answer, as data: one YAML file a kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from bot.errors import ContentError

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The mapping in `<name>.yml`; ContentError says where it cannot be read. Do not change what is returned."""
    path = _HERE / f"{name}.yml"
    try:
        content = YAML(typ="safe").load(path)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError(f"{path.name}:{line}: {error.problem}") from error
    if not isinstance(content, dict):
        raise ContentError(f"{path.name}:1: not a mapping")
    return content
