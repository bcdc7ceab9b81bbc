"""What all tests share: how they are collected, and the trained model for those that are marked `model`."""

import gc
import os
import re
import shutil
from collections.abc import Generator
from functools import cache
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")
_ROOM = 1 << 30
_LEAVES_OUT = re.compile(r"not \w+(?: and not \w+)*")
_WHOLE_FILE = re.compile(r"^pytestmark = (.+)$", re.MULTILINE)


def pytest_configure() -> None:
    """Databases of tests stand in memory where there is room: ten thousand commits wait for no disk."""
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file or folder of which no test would be run is not imported: Rasa or a browser's client take seconds."""
    chosen = config.option.markexpr
    if not _LEAVES_OUT.fullmatch(chosen):
        return None
    left_out = frozenset(re.findall(r"not (\w+)", chosen))
    files = [collection_path] if collection_path.is_file() else sorted(collection_path.rglob("test_*.py"))
    return True if files and all(_marks(file) & left_out for file in files) else None


@cache
def _marks(file: Path) -> frozenset[str]:
    """The markers that stand on a whole file."""
    said = _WHOLE_FILE.search(file.read_text("utf8")) if file.suffix == ".py" else None
    return frozenset(re.findall(r"pytest\.mark\.(\w+)", said[1])) if said else frozenset()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Ten thousand tests are kept until the end: to look through them for garbage again and again took a sixth."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive that `make train` left, or the one that KHUYENCONG_MODEL names."""
    from bot.dialogue.training import current_model
    from bot.settings import read_settings

    found = current_model(read_settings().model)
    if found is None:
        pytest.fail("there is no model for the files as they are: run `make train`, or set KHUYENCONG_MODEL", False)
    return found
