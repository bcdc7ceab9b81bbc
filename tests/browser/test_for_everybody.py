"""The pages by keyboard and screen reader."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import axe, sideways

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "mua máy được hỗ trợ bao nhiêu"


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
async def test_axe_finds_nothing_on_the_chat_page(household, large):
    page = household.page
    if large:
        await page.click("#larger")
    found = await axe(page)
    await household.says(QUESTION)
    await page.locator("summary").last.click()
    found += await axe(page)
    await household.says("kiểm tra giúp xưởng mua máy")
    found += await axe(page)
    await page.click("#again")
    found += await axe(page)

    assert found == []


async def test_axe_finds_nothing_on_the_staff_page(context):
    page = await context.new_page()
    await page.goto("/ctv")
    found = await axe(page)
    await page.locator(".people a").first.click()
    found += await axe(page)

    assert found == []
    assert await sideways(page) == 0


async def test_all_of_it_by_keyboard(household, context):
    page = household.page
    await page.reload()
    await expect(page.locator(".choices button").first).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến ô nhập tin")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    before = await household.replies.count()
    await page.keyboard.type(QUESTION)
    await page.keyboard.press("Enter")
    await household.answered(before)

    # Backwards from the box: the way to other channels, the newest buttons, the sources before them.
    await page.locator("#text").focus()
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="Tiếp tục trên Telegram")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator(".choices button").last).to_be_focused()
    ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    while await page.evaluate("document.activeElement.tagName") == "BUTTON":
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(household.last.locator("details li").first).to_be_visible()
    await page.keyboard.press("Tab")
    pressed = await page.evaluate("document.activeElement.textContent")
    before = await household.replies.count()
    await page.keyboard.press("Enter")
    await household.answered(before)
    await expect(household.own.last).to_have_text(pressed)
    # Whoever pressed a button that is gone is not left nowhere.
    assert await page.evaluate("document.activeElement !== document.body")


async def test_a_screen_reader_is_told_of_new_replies_and_of_nothing_else(household):
    page = household.page
    watch = """() => { window.told = []; new MutationObserver(() => { const text = document.querySelector('#said').innerText.trim();
        if (text) window.told.push(text); }).observe(document.querySelector('#said'), {childList: true}); }"""
    await page.wait_for_function("() => !document.querySelector('#said').textContent", timeout=6000)
    await page.evaluate(watch)
    await household.says(QUESTION)
    [told] = await page.evaluate("window.told")

    assert "300 triệu đồng" in told
    assert "nút để chọn" in told
    assert [word for word in (QUESTION, "**", "Căn cứ") if word in told] == []
    # What was there before is not read out again.
    await page.reload()
    await page.evaluate(watch)
    await page.wait_for_timeout(300)
    assert await page.evaluate("window.told") == []


async def test_the_page_says_its_language_and_what_its_parts_are(household):
    page = household.page

    assert await page.get_attribute("html", "lang") == "vi"
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hỏi đáp khuyến công")
    await expect(page.get_by_role("log", name="Cuộc trò chuyện")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Tin nhắn")).to_be_visible()
    await expect(page.get_by_role("group", name="Chọn nhanh")).to_be_visible()
    for button in ("Chữ lớn", "In hoặc lưu cuộc trò chuyện", "Mới (bắt đầu cuộc trò chuyện khác)", "Gửi"):
        await expect(page.get_by_role("button", name=button)).to_be_visible()


async def test_vietnamese_letters_come_from_one_font_of_the_machine(household, context):
    page = household.page
    await household.says("ăâđêôơư ằẳẵặắ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵý ĂÂĐÊÔƠƯ ẶẬỆỘỢỰỴ")
    devtools = await context.new_cdp_session(page)
    await devtools.send("DOM.enable")
    await devtools.send("CSS.enable")
    root = (await devtools.send("DOM.getDocument"))["root"]["nodeId"]
    used = {}
    for place in (".bubble.mine p", ".bubble:not(.mine) p", "#send", "header h1"):
        node = (await devtools.send("DOM.querySelector", {"nodeId": root, "selector": place}))["nodeId"]
        fonts = (await devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node}))["fonts"]
        used[place] = {(font["familyName"], font["isCustomFont"]) for font in fonts}

    # A font without some of the letters would be filled up from a second one, letter by letter within a word.
    assert {place: len(fonts) for place, fonts in used.items()} == dict.fromkeys(used, 1)
    assert not any(custom for fonts in used.values() for _, custom in fonts)


async def test_what_is_tapped_is_large_enough(household):
    await household.says(QUESTION)
    small = await household.page.evaluate(
        """() => [...document.querySelectorAll('button, summary, textarea')].filter(one => one.offsetParent)
            .map(one => [one.innerText, one.getBoundingClientRect()])
            .filter(([_, box]) => box.height < 35 || box.width < 44).map(([name]) => name)"""
    )

    assert small == []
