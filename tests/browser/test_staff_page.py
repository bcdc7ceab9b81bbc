"""From the chat page to the collaborators' page and back: a lead is passed, taken, and its household hears of it."""

import itertools
import re

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.browser.visitor import axe, sideways

PHONES = itertools.count(456)

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser, service):
    """The staff page in a browser that runs no scripts at all."""
    context = await browser.new_context(base_url=service.url, viewport=PHONE, java_script_enabled=False)
    yield await context.new_page()
    await context.close()


async def passes_on(household, place, name):
    """The short way to a lead; gives its number. Everybody has a phone of their own: one phone is one case."""
    await household.says("cho tôi gặp cán bộ")
    await household.taps("Đồng ý")
    await household.says(name)
    await household.says(f"0903 123 {next(PHONES)}")
    await household.says(place)
    [number] = re.findall(r"KC-\d+", await household.last.inner_text())
    return number


async def finds(desk, number):
    """Opens the desk of whoever is asked to take that lead; gives the card."""
    await desk.goto("/ctv")
    for path in [await one.get_attribute("href") for one in await desk.locator("li:has(strong) a").all()]:
        await desk.goto(path)
        card = desk.locator("article", has_text=number).first
        if await card.get_by_role("button", name="Nhận", exact=True).count():
            return card
    raise AssertionError(f"nobody is asked to take {number}")


async def test_a_lead_is_taken_on_the_staff_page_and_the_household_hears_it(household, desk):
    number = await passes_on(household, "xã Phú Giáo", "Cơ sở <b>Hoa</b>")
    card = await finds(desk, number)
    collaborator = await desk.get_by_role("heading", level=1).inner_text()
    await expect(card).to_contain_text("Cơ sở <b>Hoa</b>")
    await expect(card.get_by_role("link", name="0903 123 456")).to_have_attribute("href", "tel:0903123456")

    await card.get_by_role("button", name="Nhận", exact=True).click()

    await expect(desk.get_by_role("status")).to_contain_text(f"đã nhận {number}")
    await expect(desk.locator("article", has_text=f"Cần gọi: {number}")).to_be_visible()
    assert await sideways_without_script(desk) is True

    await household.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    news = household.page.locator(".bubble", has_text=collaborator)
    await expect(news).to_contain_text("sẽ gọi cho anh/chị")

    await desk.get_by_role("button", name=f"Mở {number}").first.click()
    await desk.get_by_role("status").get_by_role("button", name="Đã liên hệ").click()
    await expect(desk.get_by_role("status")).to_contain_text("liên hệ")
    await expect(desk.locator("article", has_text=f"Đã liên hệ: {number}")).to_be_visible()


async def sideways_without_script(desk):
    """Whether the last card ends within the screen, as far as a page without scripts can be measured."""
    box = await desk.locator("article").last.bounding_box()
    return box is not None and box["x"] + box["width"] <= PHONE["width"]


async def test_declining_asks_why_and_says_where_it_went(household, desk, context):
    number = await passes_on(household, "xã Dầu Tiếng", "Xưởng mộc Bình")
    card = await finds(desk, number)
    await card.get_by_role("button", name="Từ chối").click()
    await desk.get_by_role("status").get_by_role("button", name="Đang bận").click()

    await expect(desk.get_by_role("status")).to_contain_text(number)
    await expect(desk.locator("article", has_text=number).last.get_by_role("button", name="Nhận")).to_have_count(0)
    page = await context.new_page()
    await page.goto(desk.url.removesuffix("/bam"))
    assert await axe(page) == []
    assert await sideways(page) == 0


async def test_an_old_button_does_no_harm(desk, context):
    await desk.goto("/ctv")
    await desk.locator(".people a").first.click()
    answer = await context.request.post(f"{desk.url}/bam", form={"button": "an-old-one"})

    assert answer.status == 200
    assert "không còn dùng được" in await answer.text()


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


async def test_another_site_cannot_press_a_button(household, desk, context, service):
    number = await passes_on(household, "xã Thanh An", "Xưởng thử")
    lead = "SELECT state FROM leads WHERE chat = ?"
    card = await finds(desk, number)
    button = await card.get_by_role("button", name="Nhận", exact=True).get_attribute("value")
    answers = [
        await context.request.post(f"{desk.url}/bam", form={"button": button}, headers=headers) for headers in FOREIGN
    ]

    assert [answer.status for answer in answers] == [403] * len(FOREIGN)
    assert service.rows(lead, await household.conversation()) == [("offered",)]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"X-Forwarded-For": "203.0.113.5"}], ids=["host", "proxy"]
)
async def test_without_a_token_the_desk_answers_only_to_its_own_machine(context, headers):
    for path in ("/ctv", "/ctv/centre"):
        answer = await context.request.get(path, headers=headers)
        assert answer.status == 403
