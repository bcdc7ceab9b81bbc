"""Another site can do nothing in anybody's name: nothing opens a conversation but its token, which only the page knows."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.api import ChatApi
from bot.channels.web.onward import OnwardApi
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests

FOREIGN = {"Origin": "https://another.example", "Cookie": "conversation=guess; session=guess"}
ADDRESSES = ("/api/chat", "/api/chat/news", "/api/chat/onward")


@pytest.fixture
def client(intake):  # noqa: F811
    parts = (intake.store, intake.clock, intake.people)
    chat = ChatApi(*parts, intake.turns, rate_limit=False)
    onward = OnwardApi(*parts, [], rate_limit=False)
    with TestClient(Starlette(routes=[*chat.routes(), *onward.routes()])) as client:
        yield client


def test_no_answer_sets_a_cookie_or_lets_another_site_read_it(client):
    begun = client.post("/api/chat", json={"text": "chào"}, headers=FOREIGN)
    conversation = begun.json()["conversation"]
    answers = [begun, client.get("/api/chat/onward", headers=FOREIGN)]
    answers += [client.post(path, json={"conversation": conversation}, headers=FOREIGN) for path in ADDRESSES]
    told = {name for answer in answers for name in answer.headers}

    assert "set-cookie" not in told
    assert [name for name in told if name.startswith("access-control-")] == []


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_browser_that_asks_for_another_site_is_not_allowed_to_send_json(client, path):
    asked = {**FOREIGN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = client.options(path, headers=asked)

    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_the_token_a_form_of_another_site_reaches_nobody(client, intake, path):  # noqa: F811
    mine = client.post("/api/chat", json={"text": "chào"}).json()["conversation"]
    before = intake.rows("SELECT count(*) FROM inbox WHERE chat = ?", mine)
    answer = client.post(path, content=b'{"payload": "x", "channel": "telegram"}', headers=FOREIGN)

    assert answer.status_code in {400, 404}
    assert intake.rows("SELECT count(*) FROM inbox WHERE chat = ?", mine) == before
    assert intake.rows("SELECT count(*) FROM links") == [(0,)]
