"""One office with the trained model for all tests of this folder that talk to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nlu.talk import Office, office


@pytest.fixture(scope="session")
def talking(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("talk"), model) as open_office:
        yield open_office
