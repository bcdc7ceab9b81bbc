"""`POST /api/chat` on the real routes: whatever is sent, the answer is JSON in Vietnamese and never a 5xx."""

import json
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.web.api import ChatApi
from bot.channels.web.bodies import LARGEST_BODY
from bot.eligibility.citation import Citation
from bot.messages.reception import LONGEST_TEXT
from bot.replies.reply import Choice, Reply


def client_of(intake, *, rate_limit: bool) -> TestClient:
    chat = ChatApi(intake.store, intake.clock, intake.people, intake.turns, rate_limit=rate_limit)
    return TestClient(Starlette(routes=chat.routes()))


@pytest.fixture
def client(intake):
    with client_of(intake, rate_limit=False) as client:
        yield client


def say(client, **body):
    return client.post("/api/chat", json=body)


def test_a_conversation_begins_with_an_id_that_nobody_can_guess_and_goes_on_with_it(client, intake):
    first = say(client, text="chào").json()
    second = say(client, conversation=first["conversation"], text="nữa").json()

    assert re.fullmatch(r"[\w-]{32}", first["conversation"])
    assert second["conversation"] == first["conversation"]
    assert [message["text"] for message in second["messages"]] == ["nghe: nữa"]
    assert len({heard.conversation for heard in intake.dialogue.heard}) == 1


def test_a_message_has_the_shape_of_the_contract(client, intake):
    async def asks(message, db):
        return [
            Reply(
                "Bao nhiêu lao động?",
                (Choice("Không rõ", "answer", {"value": None}),),
                question="employees",
                assessment=({"programme": "machinery", "verdict": "undecided"},),
            )
        ]

    intake.dialogue.script = asks
    [message] = say(client, text="kiểm tra").json()["messages"]
    [button] = message.pop("buttons")
    contract = {name: message[name] for name in ("text", "question", "citations", "assessment")}

    assert contract == {
        "text": "Bao nhiêu lao động?",
        "question": "employees",
        "citations": [],
        "assessment": {"results": [{"programme": "machinery", "verdict": "undecided"}]},
    }
    assert (button["title"], set(button)) == ("Không rõ", {"title", "payload"})


def test_a_button_is_pressed_by_its_payload(client, intake):
    async def asks(message, db):
        return [Reply("Chọn", (Choice("Máy mới", "answer", {"value": "new"}),))]

    intake.dialogue.script = asks
    first = say(client, text="chào").json()
    say(client, conversation=first["conversation"], payload=first["messages"][0]["buttons"][0]["payload"])

    assert [heard.choice for heard in intake.dialogue.heard] == [None, Choice("Máy mới", "answer", {"value": "new"})]


MALFORMED = {
    "nothing": (b"", 400),
    "not json": (b"{text: chao}", 400),
    "half an object": (b'{"text": "ch', 400),
    "a list": (b'["xin chao"]', 400),
    "a string": (b'"xin chao"', 400),
    "null": (b"null", 400),
    "a number": (b"12", 400),
    "deeply nested": (b"[" * 30_000, 400),
    "not utf-8": (b'{"text": "\xff\xfe"}', 400),
    "utf-16": ('{"text": "chào"}'.encode("utf-16"), 200),
    "no text": (b"{}", 400),
    "text is null": (b'{"text": null}', 400),
    "text is a number": (b'{"text": 5}', 400),
    "text is a list": (b'{"text": ["a"]}', 400),
    "text is empty": (b'{"text": ""}', 400),
    "text is blank": (b'{"text": " \\n\\t "}', 400),
    "text and payload": (b'{"text": "a", "payload": "b", "conversation": "c"}', 400),
    "payload without conversation": (b'{"payload": "abc"}', 400),
    "payload is a number": (b'{"payload": 7, "conversation": "KNOWN"}', 400),
    "payload is an object": (b'{"payload": {"intent": "erase_data"}, "conversation": "KNOWN"}', 400),
    "payload is long": (b'{"payload": "' + b"p" * 65 + b'", "conversation": "KNOWN"}', 400),
    "a button that was never shown": (b'{"payload": "abc", "conversation": "KNOWN"}', 400),
    "a button that looks like an intent": (b'{"payload": "/erase_data", "conversation": "KNOWN"}', 400),
    "unknown conversation": (b'{"conversation": "abc", "text": "a"}', 404),
    "conversation is a number": (b'{"conversation": 5, "text": "a"}', 404),
    "conversation is empty": (b'{"conversation": "", "text": "a"}', 404),
    "conversation is a list": (b'{"conversation": ["KNOWN"], "text": "a"}', 404),
    "conversation with half a letter": (b'{"conversation": "\\ud800", "text": "a"}', 404),
    "a field too many": (b'{"text": "a", "intent": "erase_data"}', 400),
    "message id is a number": (b'{"text": "a", "message_id": 5}', 400),
    "message id is long": (b'{"text": "a", "message_id": "' + b"m" * 65 + b'"}', 400),
    "message id with half a letter": (b'{"text": "a", "message_id": "\\ud800"}', 400),
    "payload with half a letter": (b'{"payload": "\\ud800", "conversation": "KNOWN"}', 400),
    "half a letter": (b'{"text": "\\ud83d"}', 400),
    "a nul": (b'{"text": "ch\\u0000o"}', 200),
    "a text too long": (json.dumps({"text": "ă" * (LONGEST_TEXT + 1)}).encode(), 413),
    "a body too large": (b'{"text": "' + b"a" * LARGEST_BODY + b'"}', 413),
    "the longest text": (json.dumps({"text": "ẫ" * LONGEST_TEXT}).encode(), 200),
    "the longest text of astral letters": (json.dumps({"text": "😀" * LONGEST_TEXT}).encode(), 200),
    "NaN": (b'{"text": NaN}', 400),
    "the same key twice": (b'{"text": 1, "text": "chao"}', 200),
}
VIETNAMESE = re.compile("[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)


@pytest.mark.parametrize(("body", "status"), MALFORMED.values(), ids=MALFORMED)
def test_whatever_comes_is_answered_in_json_and_in_vietnamese(client, body, status):
    known = say(client, text="chào").json()["conversation"]
    answer = client.post("/api/chat", content=body.replace(b"KNOWN", known.encode()))

    assert answer.status_code == status
    if status != 200:
        assert list(answer.json()) == ["error"]
        assert VIETNAMESE.search(answer.json()["error"])


NEWS = {
    "unknown": ({"conversation": "abc"}, 404),
    "none": ({}, 400),
    "a number": ({"conversation": 5}, 400),
    "after is a word": ({"conversation": "KNOWN", "after": "x"}, 400),
    "after is true": ({"conversation": "KNOWN", "after": True}, 400),
    "after is a fraction": ({"conversation": "KNOWN", "after": 1.5}, 400),
    "after is negative": ({"conversation": "KNOWN", "after": -1}, 200),
    "after is huge": ({"conversation": "KNOWN", "after": 10**30}, 400),
}


@pytest.mark.parametrize(("body", "status"), NEWS.values(), ids=NEWS)
def test_news_is_as_careful(client, body, status):
    known = say(client, text="chào").json()["conversation"]
    answer = client.post("/api/chat/news", json={k: known if v == "KNOWN" else v for k, v in body.items()})

    assert answer.status_code == status


def test_the_same_message_id_is_answered_once_and_nothing_is_lost(client, intake):
    first = say(client, text="chào").json()["conversation"]
    answers = [say(client, conversation=first, text="hai", message_id="m-2").json()["messages"] for _ in range(2)]
    news = client.post("/api/chat/news", json={"conversation": first, "after": 0}).json()["messages"]

    assert [len(messages) for messages in answers] == [1, 0]
    assert [message["text"] for message in news] == ["nghe: chào", "nghe: hai"]


def test_news_that_came_meanwhile_goes_along_in_order(client, intake):
    conversation = say(client, text="chào").json()["conversation"]
    intake.put_out(conversation, "Chị Lan đã nhận hồ sơ.", channel="web")
    messages = say(client, conversation=conversation, text="tới đâu").json()["messages"]

    assert [message["text"] for message in messages] == ["Chị Lan đã nhận hồ sơ.", "nghe: tới đâu"]
    assert [message["id"] for message in messages] == sorted(message["id"] for message in messages)


def test_a_turn_that_breaks_is_an_answer_not_an_error(client, intake):
    async def breaks(message, db):
        raise RuntimeError(message.text)

    intake.dialogue.script = breaks
    answer = say(client, text="chào")

    assert (answer.status_code, len(answer.json()["messages"])) == (200, 1)


def test_a_database_that_cannot_take_the_message_says_so_kindly(client, intake, monkeypatch):
    conversation = say(client, text="chào").json()["conversation"]
    intake.store.db.conn.execute("ALTER TABLE inbox RENAME TO hidden")
    answer = say(client, conversation=conversation, text="nữa")
    intake.store.db.conn.execute("ALTER TABLE hidden RENAME TO inbox")

    assert answer.status_code == 503
    assert VIETNAMESE.search(answer.json()["error"])
    assert answer.headers["Retry-After"].isdigit()


def test_a_flood_is_told_when_to_go_on(intake):
    with client_of(intake, rate_limit=True) as client:
        conversation = say(client, text="chào").json()["conversation"]
        answers = [say(client, conversation=conversation, text=str(number)) for number in range(30)]

    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert 429 in {answer.status_code for answer in answers}
    stopped = next(answer for answer in answers if answer.status_code == 429)
    assert int(stopped.headers["Retry-After"]) >= 1
    assert VIETNAMESE.search(stopped.json()["error"])
    assert {answer.status_code for answer in answers} == {200, 429}


def test_new_conversations_from_one_address_are_limited_too(intake):
    with client_of(intake, rate_limit=True) as client:
        codes = [say(client, text="chào").status_code for _ in range(90)]

    assert (codes[:20], set(codes)) == ([200] * 20, {200, 429})


def test_only_post_is_answered(client):
    assert [client.request(method, "/api/chat").status_code for method in ("GET", "PUT", "DELETE")] == [405] * 3


def test_citations_travel_whole(client, intake):
    from datetime import date

    citation = Citation("28/2018/TT-BTC", "khoản 4 Điều 8", date(2018, 5, 11), "verified", "64/2024/TT-BTC")

    async def cites(message, db):
        return [Reply("50%", citations=(citation,))]

    intake.dialogue.script = cites
    [message] = say(client, text="bao nhiêu").json()["messages"]

    assert message["citations"] == [
        {
            "document": "28/2018/TT-BTC",
            "article": "khoản 4 Điều 8",
            "amended_by": "64/2024/TT-BTC",
            "in_force_from": "2018-05-11",
            "status": "verified",
        }
    ]
