"""An intake on a file of its own, and everything that it logs."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.assembly import migrate
from bot.logs import quiet
from bot.store import Store
from tests.messages.office import Intake


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables: copying it is quicker than making them each time."""
    path = tmp_path_factory.mktemp("messages") / "empty.sqlite"
    store = Store(path)
    migrate(store)
    store.close()
    return path


@pytest.fixture
def intake(tmp_path: Path, empty_database: Path) -> Iterator[Intake]:
    path = tmp_path / "messages.sqlite"
    shutil.copy(empty_database, path)
    intake = Intake(path)
    yield intake
    intake.close()


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What the service wrote to its log so far, as it stands on standard error."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    quiet()
    yield written.getvalue
    structlog.reset_defaults()
