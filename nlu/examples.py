"""The training sentences as plain texts, for whoever learns from them besides Rasa."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent


def examples(intents: Collection[str]) -> tuple[str, ...]:
    """Every sentence of *intents* in nlu/*.yml, in the order of the files."""
    found: list[str] = []
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in YAML(typ="safe").load(path).get("nlu", ()):
            if entry.get("intent") in intents:
                found += [line.removeprefix("- ").strip() for line in entry["examples"].splitlines() if line.strip()]
    return tuple(found)


def intents() -> tuple[str, ...]:
    """Every intent that has sentences in nlu/*.yml."""
    files = (YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yml")))
    return tuple(dict.fromkeys(entry["intent"] for file in files for entry in file.get("nlu", ())))
