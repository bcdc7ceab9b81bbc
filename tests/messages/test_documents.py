"""A document on the web page: fetched by its id, in its own conversation only."""

import io
import zipfile

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.api import ChatApi
from bot.documents import Paper, attachment_for
from bot.replies.reply import Reply

PAPER = Paper("23/11/2026", "Hoa", "0901 234 567", (), (), ())


@pytest.fixture
def client(intake):
    chat = ChatApi(intake.store, intake.clock, intake.people, intake.turns, rate_limit=False)
    with TestClient(Starlette(routes=chat.routes())) as client:
        yield client


@pytest.fixture
def offered(client, intake):
    """A conversation, and the document that was offered in it."""

    async def gives(message, db):
        return [Reply("Bản nháp đây.", document=attachment_for("draft_request", PAPER))]

    intake.dialogue.script = gives
    answer = client.post("/api/chat", json={"text": "bản nháp"}).json()
    [message] = answer["messages"]
    return answer["conversation"], message["document"]


def test_the_file_is_made_when_it_is_fetched(client, offered):
    conversation, document = offered
    got = client.get(document["url"], params={"conversation": conversation})

    assert got.status_code == 200
    assert document["filename"] in got.headers["content-disposition"]
    assert "no-store" in got.headers["cache-control"]
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(got.content)).namelist()


def test_another_conversation_does_not_get_it(client, offered):
    _, document = offered
    other = client.post("/api/chat", json={"text": "chào"}).json()["conversation"]

    assert client.get(document["url"], params={"conversation": other}).status_code == 404
    assert client.get(document["url"]).status_code == 404


@pytest.mark.parametrize("wrong", ["a", "", "kind", "draft_request", "%25", "x" * 22])
def test_an_id_that_is_none_finds_nothing(client, offered, wrong):
    conversation, _ = offered

    assert client.get(f"/api/chat/document/{wrong}", params={"conversation": conversation}).status_code == 404
