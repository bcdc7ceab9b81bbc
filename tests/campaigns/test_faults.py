"""Every fault that a campaign file can have is said in Vietnamese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.campaigns import conditions, loader, wording
from bot.errors import ContentError, TransitionRefused
from bot.programmes import source
from bot.replies.campaign_faults import say_problem


def faults() -> Iterator[str]:
    """What is handed to `fail(…)` in the readers of a campaign, every value in it put as `1`."""
    for module in (loader, wording, conditions, source):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"fail", "_fail"}:
                said = node.args[0]
                if isinstance(said, ast.Constant):
                    yield str(said.value)
                elif isinstance(said, ast.JoinedStr):
                    yield "".join(_part(part) for part in said.values)


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    quoted = isinstance(part, ast.FormattedValue) and part.conversion == ord("r")
    return "'1'" if quoted else "1"


@pytest.mark.parametrize("fault", sorted(set(faults())))
def test_a_fault_of_a_file_is_said_in_vietnamese(fault: str) -> None:
    # "there is no {what} …" is said of several things; one of them stands for all.
    named = fault.replace("there is no 1 ", "there is no button ")

    said = say_problem(ContentError(f"hoi-cho.yml:7: {named}"))

    assert said.startswith("hoi-cho.yml, dòng 7: ")
    assert named not in said
    assert "không đọc được; xem lại" not in said


def test_words_of_the_yaml_reader_are_kept_beside_what_to_look_at() -> None:
    said = say_problem(ContentError("a.yml:4: mapping values are not allowed in this context"))

    assert said == (
        "a.yml, dòng 4: không đọc được; xem lại dấu hai chấm, dấu nháy và thụt dòng "
        "(mapping values are not allowed in this context)"
    )


def test_what_is_not_known_stays_as_it_is() -> None:
    assert say_problem(TransitionRefused("quite another thing")) == "quite another thing"
