"""What all tests of channels share."""

import pytest

from bot.channels.telegram import carrier


@pytest.fixture(autouse=True)
def parts_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause between the parts of a message, so that tests need not wait."""
    monkeypatch.setattr(carrier, "BETWEEN_PARTS_SECONDS", 0.0)
