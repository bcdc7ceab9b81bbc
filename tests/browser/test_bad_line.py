"""The chat page on a bad line: nothing is lost, nothing is sent twice, and the person is told."""

import json

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

TEXT = "hội chợ trong nước được hỗ trợ gì"


async def stored(household, service):
    rows = service.rows(
        "SELECT count(*) FROM inbox WHERE chat = ? AND json_extract(body, '$.text') = ?",
        await household.conversation(),
        TEXT,
    )
    return rows[0][0]


async def test_what_is_said_without_a_network_is_sent_when_it_is_back(household, context, service):
    before = await household.replies.count()
    await context.set_offline(True)
    await household.page.fill("#text", TEXT)
    await household.page.click("#send")
    await expect(household.page.locator("#state")).to_have_text("Mất kết nối, đang thử lại…")
    await context.set_offline(False)
    await household.answered(before)
    context.problems.clear()

    assert await stored(household, service) == 1


async def test_an_unsent_message_survives_a_reload(household, context, service):
    await household.page.route("**/api/chat", lambda route: route.abort())
    await household.page.fill("#text", TEXT)
    await household.page.click("#send")
    await expect(household.own.last).to_have_text(TEXT)
    await household.page.unroute("**/api/chat")
    await household.page.reload()
    await expect(household.replies).to_have_count(2)
    context.problems.clear()

    assert await household.own.all_inner_texts() == [TEXT]
    assert await stored(household, service) == 1


async def test_an_answer_lost_on_the_way_comes_after_all_and_once(household, context, service):
    lost = []

    async def loses_the_first_answer(route):
        if lost:
            await route.continue_()
        else:
            lost.append(await route.fetch())
            await route.abort()

    await household.page.route("**/api/chat", loses_the_first_answer)
    before = await household.replies.count()
    await household.page.fill("#text", TEXT)
    await household.page.click("#send")
    await household.answered(before)
    context.problems.clear()

    assert [answer.status for answer in lost] == [200]
    assert await stored(household, service) == 1
    assert await household.replies.count() == before + len((await lost[0].json())["messages"])


async def test_told_to_wait_it_waits_and_then_sends(household, context, service):
    told = []

    async def too_fast_once(route):
        if told:
            await route.continue_()
        else:
            told.append(route.request.post_data_json["message_id"])
            await route.fulfill(status=429, headers={"Retry-After": "1"}, json={"error": "Nhanh quá."})

    await household.page.route("**/api/chat", too_fast_once)
    before = await household.replies.count()
    await household.page.fill("#text", TEXT)
    await household.page.click("#send")
    await expect(household.page.locator("#state")).to_have_text("Nhắn hơi nhanh, đang chờ gửi…")
    await household.answered(before)
    context.problems.clear()

    update = service.rows(
        "SELECT update_id FROM inbox WHERE chat = ? AND json_extract(body, '$.text') = ?",
        await household.conversation(),
        TEXT,
    )
    assert update == [(told[0],)]


async def test_a_refused_text_comes_back_into_the_box(household, context):
    await household.page.route(
        "**/api/chat", lambda route: route.fulfill(status=413, json={"error": "Tin này dài quá."})
    )
    await household.page.fill("#text", TEXT)
    await household.page.click("#send")
    await expect(household.page.locator("#state")).to_have_text("Tin này dài quá.")
    context.problems.clear()

    assert await household.page.input_value("#text") == TEXT


async def test_a_conversation_that_is_no_more_goes_on_in_a_new_one(household, context):
    kept = json.dumps({"conversation": "gone" * 8, "seen": 5, "lines": [{"mine": True, "text": "hôm qua"}]})
    await household.page.route("**/api/chat/news", lambda route: route.abort())
    await household.page.evaluate("kept => localStorage.setItem('khuyencong.chat', kept)", kept)
    await household.page.reload()
    await household.says(TEXT)
    context.problems.clear()

    assert await household.conversation() != "gone" * 8
    await expect(household.own).to_have_text(["hôm qua", TEXT])


async def test_after_everything_is_erased_nothing_stays_on_the_phone(household, context):
    await household.says("xóa hết dữ liệu của tôi")
    await household.taps("Xóa hết")
    await expect(household.last).to_contain_text("Đã xóa xong")
    await household.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await household.page.wait_for_function(
        "() => JSON.parse(localStorage.getItem('khuyencong.chat')).lines.length === 0", timeout=5000
    )
    context.problems.clear()
