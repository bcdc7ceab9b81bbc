"""The trained model, for the tests that are marked `model`."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive that `make train` left, or the one that KHUYENCONG_MODEL names."""
    from bot.dialogue.training import current_model
    from bot.settings import read_settings

    found = current_model(read_settings().model)
    if found is None:
        pytest.fail("there is no model for the files as they are: run `make train`, or set KHUYENCONG_MODEL", False)
    return found
