"""The chat page on a phone of 360 pixels: what a household does with it."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.visitor import Household, sideways

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "mua may khac go cnc dc ho tro bn z"


async def test_an_answer_is_read_from_its_start_with_its_sources_folded(household):
    await household.says(QUESTION)
    sources = household.last.locator("details")

    await expect(household.own.last).to_have_text(QUESTION)
    await expect(household.own.last).to_be_in_viewport()
    await expect(household.last.locator("p").first).to_be_in_viewport()
    await expect(household.last.locator("strong").first).to_have_text("50%")
    await expect(sources.locator("summary")).to_contain_text("khoản 4 Điều 8 Thông tư 28/2018/TT-BTC")
    await expect(sources.locator("li").first).to_be_hidden()
    assert "Căn cứ:" not in "\n".join(await household.last.locator("p").all_inner_texts())

    await sources.locator("summary").click()

    await expect(sources.locator("li").first).to_be_visible()
    await expect(sources.locator("li").first).to_contain_text("hiệu lực từ")


async def test_the_screening_by_buttons_fits_the_screen_and_its_result_can_be_printed_alone(household):
    await household.page.add_init_script(
        "window.print = () => { window.printed = [...document.querySelectorAll('.bubble')]"
        ".filter(one => one.classList.contains('printed')).length; }"
    )
    await household.page.reload()
    await household.says("xưởng em làm gốm ở xã Phú Giáo 8 thợ tính mua lò nung gas 400tr")
    widest = []
    usual = ("Hộ kinh doanh có giấy", "Có rồi", "Đủ", "Máy mới", "Chưa mua", "Chưa", "Máy lẻ", "Không")
    for _ in range(25):
        widest.append(await sideways(household.page))
        if await household.page.get_by_role("button", name="In kết quả này").count():
            break
        shown = await household.page.locator(".choices button").all_inner_texts()
        await household.taps(next(title for title in (*usual, "Không rõ", *shown) if title in shown))

    await expect(household.last.locator(".mark").first).to_have_attribute("aria-label", re.compile("đạt|chưa|cần"))
    await expect(household.last).to_contain_text("sơ bộ")
    assert max(widest) == 0
    await household.page.get_by_role("button", name="In kết quả này").click()
    assert await household.page.evaluate("window.printed") == 1


async def test_the_printed_page_has_every_source_and_no_buttons(household):
    await household.says(QUESTION)
    await household.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    await household.page.emulate_media(media="print")

    await expect(household.page.locator(".printed-on")).to_have_text(re.compile(r"In ngày \d+/\d+/\d{4}"))
    await expect(household.last.locator("details li").first).to_be_visible()
    for hidden in ("#form", ".tools", ".choices"):
        await expect(household.page.locator(hidden)).to_be_hidden()


async def test_a_reload_keeps_the_conversation_and_its_buttons(household):
    await household.says("kiểm tra giúp xưởng mua máy")
    conversation, said = await household.conversation(), await household.page.locator(".bubble").all_text_contents()
    await household.page.reload()

    await expect(household.page.locator(".bubble")).to_have_text(said)
    await expect(household.page.locator(".choices button").first).to_be_visible()
    await household.taps(await household.page.locator(".choices button").first.inner_text())
    assert await household.conversation() == conversation


async def test_a_new_conversation_is_begun_only_when_confirmed(household):
    page = household.page
    await household.says("xin chào")
    first = await household.conversation()
    await page.click("#again")
    await page.get_by_role("button", name="Ở lại").click()
    assert await household.conversation() == first

    await page.click("#again")
    await page.get_by_role("button", name="Bắt đầu mới").click()
    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator(".choices button").first).to_be_visible()
    assert await household.conversation() != first


async def test_two_tabs_show_one_conversation(household, context):
    other = Household(await context.new_page())
    await other.page.goto("/")
    await household.says(QUESTION)

    await expect(other.own.last).to_have_text(QUESTION)
    await expect(other.last).to_contain_text("300 triệu đồng")
    await other.says("ai được hưởng khuyến công")
    await expect(household.own).to_have_text([QUESTION, "ai được hưởng khuyến công"])
    assert await household.conversation() == await other.conversation()


async def test_large_text_is_a_switch_that_stays(household):
    page = household.page
    small = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.bubble')).fontSize)")
    await page.click("#larger")
    await page.reload()
    large = await page.evaluate("parseFloat(getComputedStyle(document.querySelector('.bubble')).fontSize)")

    assert large >= small * 1.25
    await expect(page.locator("#larger")).to_have_attribute("aria-pressed", "true")
    await household.says(QUESTION)
    assert await sideways(page) == 0


async def test_larger_letters_leave_the_reader_at_the_same_words(household):
    page = household.page
    await household.says(QUESTION)
    await household.says("hội chợ được hỗ trợ gì")
    top = """() => [...document.querySelectorAll('.bubble')].find((one) => one.getBoundingClientRect().bottom
        > document.querySelector('#log').getBoundingClientRect().top + 5).innerText"""
    await page.evaluate("document.querySelectorAll('.bubble')[2].scrollIntoView({block: 'start', behavior: 'instant'})")
    before = await page.evaluate(top)
    await page.click("#larger")
    larger = await page.evaluate(top)
    await page.click("#larger")

    assert before
    assert (larger, await page.evaluate(top)) == (before, before)


async def test_what_the_page_is_doing_covers_no_message(household, context):
    page = household.page
    await household.says("xin chào")
    waiting = asyncio.Event()

    async def slowly(route):
        await waiting.wait()
        await route.continue_()

    await context.route("**/api/chat", slowly)
    await page.fill("#text", "một câu hỏi khá dài để bong bóng tin rộng hết mức có thể trên màn hình nhỏ")
    await page.click("#send")
    await expect(page.locator("#state")).to_have_text("Đang trả lời…")
    await page.wait_for_timeout(400)
    state, bubble = await page.locator("#state").bounding_box(), await page.locator(".bubble").last.bounding_box()
    waiting.set()
    await expect(page.locator("#state")).to_have_text("")

    assert bubble["y"] + bubble["height"] <= state["y"]


async def test_a_long_text_stays_within_the_screen(household):
    await household.page.fill("#text", "dòng\n" * 40)
    box = await household.page.locator("#text").bounding_box()
    assert box is not None
    assert box["height"] < 300

    await household.says("https://example.vn/" + "a" * 600 + " " + "máy ép gỗ " * 60)
    await expect(household.page.locator("header")).to_be_in_viewport()
    assert await sideways(household.page) == 0
    assert await household.page.evaluate("document.documentElement.scrollHeight") == 740


async def test_a_double_tap_is_one_message(household, service):
    before = await household.replies.count()
    await household.button("Có những hỗ trợ gì?").dblclick()
    await household.answered(before)

    await expect(household.own).to_have_text(["Có những hỗ trợ gì?"])
    conversation = await household.conversation()
    assert service.rows(
        "SELECT count(*) FROM inbox WHERE chat = ? AND json_extract(body, '$.kind') = 'button'", conversation
    ) == [(1,)]


async def test_enter_sends_but_neither_shift_enter_nor_an_input_method_at_work(household, context):
    page = household.page
    await page.click("#text")
    await page.keyboard.type("may ep")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("bao nhieu ")
    devtools = await context.new_cdp_session(page)
    await devtools.send("Input.imeSetComposition", {"text": "tiê", "selectionStart": 3, "selectionEnd": 3})
    await page.evaluate(
        """() => document.querySelector('#text').dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert await household.own.count() == 0
    await devtools.send("Input.insertText", {"text": "tiền"})
    assert await page.input_value("#text") == "may ep\nbao nhieu tiền"

    before = await household.replies.count()
    await page.keyboard.press("Enter")
    await household.answered(before)
    assert await household.own.all_inner_texts() == ["may ep\nbao nhieu tiền"]
