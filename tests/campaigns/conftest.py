"""A Centre on a database file of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assembly import migrate
from bot.store import Store
from tests.campaigns.centre import Centre


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables: copying it is quicker than making them each time."""
    path = tmp_path_factory.mktemp("campaigns") / "empty.sqlite"
    store = Store(path)
    migrate(store)
    store.close()
    return path


@pytest.fixture
def centre(tmp_path: Path, empty: Path) -> Iterator[Centre]:
    path = tmp_path / "centre.sqlite"
    shutil.copy(empty, path)
    centre = Centre(path)
    yield centre
    centre.store.close()
