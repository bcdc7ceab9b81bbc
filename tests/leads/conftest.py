import pytest

from bot.store import Store
from tests.leads.office import Office


@pytest.fixture
def office():
    store = Store(None)
    yield Office(store)
    store.close()
