"""What stands in a YAML file is read as YAML 1.2 means it, or its line is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.errors import ContentError
from bot.plain_yaml import read_yaml

SCALARS = (
    "no", "on", "y", "Yes", "true", "False", "", "~", "null", "Null", "none", "12", "-3", "+7", "0", "007",
    "1.5", "1.", ".5", "1e3", "-2.5e-1", "12:30", "1:2:3", "2025-07-01", "0901 234 567", "0901234567", "1.000.000",
    "1,5", "12%", "'12'", '"no"', "hai chục", "[no, 010]", "{on: off}",
)  # fmt: skip


def file_with(folder: Path, text: str) -> Path:
    path = folder / "one.yml"
    path.write_text(text, "utf8")
    return path


@pytest.mark.parametrize("written", SCALARS)
def test_a_value_is_what_yaml_1_2_means(tmp_path: Path, written: str) -> None:
    path = file_with(tmp_path, f"value: {written}\n")
    meant = YAML(typ="safe").load(path)

    assert meant == read_yaml(path)
    assert type(meant["value"]) is type(read_yaml(path)["value"])


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: 2\na: 3\n", 3), ("a: 1\nb:\n  no: 1\n  no: 2\n", 4), ("a: [1\nb: 2\n", 2), ("a: !!python/none x\n", 1)],
    ids=["a key twice", "a key twice further in", "a bracket left open", "a tag of Python's"],
)
def test_what_cannot_be_read_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(ContentError, match=rf"^one\.yml:{line}: "):
        read_yaml(file_with(tmp_path, text))


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert read_yaml(file_with(tmp_path, "# nothing yet\n")) is None
