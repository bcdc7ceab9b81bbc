"""From the chat page on to Telegram, as a thumb does it; and buttons that lead nowhere any more."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import axe, sideways

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

WAY = "Tiếp tục trên Telegram"


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
async def test_one_tap_shows_how_and_the_link_goes_on_in_telegram(household, telegram, large):
    page = household.page
    way = page.get_by_role("button", name=WAY)
    await expect(way).to_be_hidden()  # nothing was said that could be taken along
    if large:
        await page.click("#larger")
    await household.says("xưởng em làm gốm ở xã Phú Giáo 8 thợ tính mua lò nung gas 400tr")
    await way.click()
    shown = page.get_by_role("dialog", name=WAY)
    link = shown.get_by_role("link", name="Mở Telegram")
    address, _, payload = (await link.get_attribute("href")).partition("?start=")
    hoa = telegram.user(700 + large, "Hoa")
    hoa.starts(payload)
    [asks] = await hoa.hears(seconds=20)
    hoa.taps("Nối lại")
    heard = await hoa.hears(3, seconds=20)

    assert (address, await link.get_attribute("target")) == ("https://t.me/khuyencong_0_bot", "_blank")
    assert "trang web" in asks.text
    assert "làm gốm" in heard[1].text
    assert heard[2].text == "Cơ sở của anh/chị là hình thức nào?"
    # All of it is in sight on a small screen, with letters of either size.
    for part in (shown.locator("h2"), link, shown.get_by_role("button", name="Đóng")):
        await expect(part).to_be_in_viewport(ratio=1)
    assert await sideways(page) == 0
    assert await axe(page) == []
    await page.keyboard.press("Escape")
    await expect(shown).to_be_hidden()
    await expect(way).to_be_focused()


async def test_where_no_other_channel_runs_nothing_is_offered(household):
    page = household.page
    await page.route("**/api/chat/onward", lambda route: route.fulfill(json={"ways": []}))
    await page.reload()
    await household.says("mua máy được hỗ trợ bao nhiêu")

    await expect(page.get_by_role("button", name=WAY)).to_have_count(0)
    await expect(page.locator("#ways")).to_be_hidden()


async def test_without_a_line_it_is_said_that_no_link_could_be_made(household, context):
    page = household.page
    await household.says("xin chào")
    await page.route("**/api/chat/onward", lambda route: route.abort())
    await page.get_by_role("button", name=WAY).click()
    await expect(page.locator("#state")).to_have_text("Không kết nối được, anh/chị thử lại giúp.")
    context.problems.clear()

    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_button_that_is_not_known_any_more_is_answered_kindly(household, service, context):
    page = household.page
    with service.store.transaction() as db:
        db.execute("DELETE FROM buttons WHERE chat = ?", [await household.conversation()])
    await household.taps("Có những hỗ trợ gì?")
    context.problems.clear()

    await expect(household.last).to_have_text("Khuyến công: Nút này đã cũ. Anh/chị nhắn bằng lời cũng được nhé.")
    await expect(page.locator("#state")).to_have_text("")
    await page.reload()
    await expect(household.last).to_contain_text("Nút này đã cũ")
    await household.says("có những hỗ trợ gì")
    await expect(household.last).to_contain_text("hỗ trợ")


async def test_the_code_by_typing_comes_with_a_link_that_can_be_tapped(household):
    said = {
        "id": 10**9,
        "text": "Tiếp tục trên Telegram: https://t.me/khuyencong_bot?start=noi_a-b_1.",
        "buttons": [],
        "citations": [],
        "question": None,
        "assessment": None,
    }
    conversation = await household.conversation()
    await household.page.route(
        "**/api/chat", lambda route: route.fulfill(json={"conversation": conversation, "messages": [said]})
    )
    await household.says("mã")
    link = household.last.get_by_role("link")

    assert await link.get_attribute("href") == "https://t.me/khuyencong_bot?start=noi_a-b_1"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert (await household.last.inner_text()).endswith("noi_a-b_1.")
