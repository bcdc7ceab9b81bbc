"""An intake on a file of its own, and everything that it logs."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.assembly import quiet
from tests.messages.office import Intake


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    intake = Intake(tmp_path / "messages.sqlite")
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
