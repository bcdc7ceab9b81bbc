"""The law and the programmes, read once."""

from datetime import date

import pytest

from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import Law, load_law

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def programmes(law: Law) -> Programmes:
    return load_programmes(law)
