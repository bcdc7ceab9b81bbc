"""The pages tell the truth: each command of the officer's guide is run, and each command named anywhere exists."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.policy.content import load_content
from bot.replies.policy_sources import render_sources

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "how-to" / "change-a-figure.md"
SOURCES = ROOT / "docs" / "policy-sources.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot").rglob("README.md")])
BLOCK = re.compile(r"(?:<!-- (?P<deed>\w+): (?P<path>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """One line that the guide types, and the lines that it says will be seen."""

    line: str
    seen: tuple[str, ...]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the officer edits, with a `khuyencong` that reads the copy."""
    for folder in ("bot", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    command = tmp_path / ".venv" / "bin" / "khuyencong"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot.cli "$@"\n', "utf8")
    command.chmod(0o755)
    return tmp_path


def edit(checkout: Path, deed: str, path: str, text: str, replacement: str | None) -> None:
    """Do to a file of the copy what the guide tells the officer to do."""
    file = checkout / path
    if deed == "create":
        assert not file.exists()
        file.write_text(text, "utf8")
    elif deed == "append":
        file.write_text(file.read_text("utf8").rstrip("\n") + "\n" + text, "utf8")
    else:
        assert deed == "edit"
        assert replacement is not None
        text, replacement = text.rstrip("\n"), replacement.rstrip("\n")
        before = file.read_text("utf8")
        assert before.count(text) == 1, f"{path} holds this {before.count(text)} times:\n{text}"
        file.write_text(before.replace(text, replacement), "utf8")


def commands(text: str) -> Iterator[Command]:
    """The `$ ` lines of a console block, each with the lines below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *seen = part.rstrip("\n").split("\n")
        yield Command(line, tuple(seen))


def run(checkout: Path, command: Command) -> None:
    """Type one line in the copy; what the guide shows must be seen, and a fault must be one of the exit status too."""
    done = subprocess.run(
        command.line, shell=True, cwd=checkout, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "", "COLUMNS": "400"},
    )  # fmt: skip
    for seen in command.seen:
        assert seen in done.stdout, (command.line, seen, done.stdout[-2000:], done.stderr[-2000:])
    assert done.returncode == (1 if any(seen.endswith("lỗi.") and seen[0].isdigit() for seen in command.seen) else 0)


def test_the_guide_leads_from_a_new_circular_to_a_green_check(checkout: Path) -> None:
    blocks = list(BLOCK.finditer(GUIDE.read_text("utf8")))
    ran = 0
    waiting: re.Match[str] | None = None
    for block in blocks:
        if waiting is not None:
            edit(checkout, waiting["deed"], waiting["path"], waiting["text"], block["text"])
            waiting = None
        elif block["deed"] == "edit":
            waiting = block
        elif block["deed"]:
            edit(checkout, block["deed"], block["path"], block["text"], None)
        else:
            assert block["kind"] == "console", block[0]
            for command in commands(block["text"]):
                run(checkout, command)
                ran += 1
    assert waiting is None
    assert ran >= 8
    assert "99/2027/TT-BTC" in (checkout / "docs" / "policy-sources.md").read_text("utf8")


def test_the_page_of_sources_is_what_the_command_makes() -> None:
    page = SOURCES.read_text("utf8")
    stated = re.search(r"Tính đến (\d{2})/(\d{2})/(\d{4})", page)
    assert stated is not None
    day = date(int(stated[3]), int(stated[2]), int(stated[1]))

    assert render_sources(load_content(), day) == page


def existing(command: typer.core.TyperGroup, prefix: str = "") -> Iterator[str]:
    """The names of all commands, those of groups with the group's name in front."""
    for name, inner in command.commands.items():
        yield f"{prefix}{name}"
        if isinstance(inner, typer.core.TyperGroup):
            yield from existing(inner, f"{prefix}{name} ")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    names = set(existing(group))
    groups = {name.split()[0] for name in names if " " in name}
    text = page.read_text("utf8")
    for words in re.findall(r"(?:[`$] ?(?:\.venv/bin/)?)khuyencong((?: [a-z][a-z-]*)+)", text):
        first, *rest = words.split()
        assert first in names, words
        if first in groups and rest:
            assert f"{first} {rest[0]}" in names, words
    makefile = (ROOT / "Makefile").read_text("utf8")
    for target in re.findall(r"`make ([a-z-]+)`|^\$ make ([a-z-]+)", text, re.MULTILINE):
        assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf8")):
        assert (page.parent / target).exists(), target
