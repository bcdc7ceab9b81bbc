"""A screening begun on the web page and finished on Telegram."""

import pytest

from tests.journeys.people import WORKSHOP, Tap, question_in, screened, texts

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


async def test_it_goes_on_at_the_same_question_with_everything_that_was_said(service, web, visitor, household):
    messages = await visitor.says("kiểm tra giúp xưởng mua máy")
    asked_before = []
    while len(asked_before) < 2:
        answer = WORKSHOP[messages[-1]["question"]]
        asked_before.append(messages[-1]["question"])
        titles = [button["title"] for button in messages[-1]["buttons"]]
        messages = await (visitor.taps(answer.among(titles)) if isinstance(answer, Tap) else visitor.says(answer))
    third = messages[-1]["question"]
    [way] = [way for way in (await web.get("/api/chat/onward")).json()["ways"] if way["channel"] == "telegram"]
    told = (
        await web.post("/api/chat/onward", json={"conversation": visitor.conversation, "channel": "telegram"})
    ).json()
    hoa = household(1501, "Hoa")
    [asks] = await hoa.starts(told["url"].partition("?start=")[2])
    begun = await hoa.taps("Nối lại")

    assert way["title"] == told["title"] == "Tiếp tục trên Telegram"
    assert asks.titles == ["Nối lại", "Không nối"]
    assert question_in(begun) == third
    assert third not in asked_before

    asked_after, result = await screened(hoa, begun)

    assert asked_after[0] == third
    assert set(asked_after) & set(asked_before) == set()
    assert "có thể đủ điều kiện, kết quả sơ bộ" in texts(result)
    # The page hears of it, and shows where the screening stands now.
    news = await visitor.news(messages[-1]["id"])
    assert "vừa được nối với Telegram" in news[-1]["text"]
    [again, *_] = await visitor.says("kết quả của tôi")
    assert "có thể đủ điều kiện" in again["text"]
