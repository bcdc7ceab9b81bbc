"""One line on the Centre's site opens the chat there, and on no other site."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import axe

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def line(centre_site, service):
    centre_site.line = f'<script src="{service.url}/static/embed.js" async></script>'


async def test_the_centres_site_shows_the_chat(context, centre_site, line):
    page = await context.new_page()
    await page.goto(centre_site.origin)
    opener = page.get_by_role("button", name="Hỏi khuyến công")
    await opener.click()
    chat = page.frame_locator("iframe[title='Hỏi khuyến công']")
    await expect(chat.locator(".bubble").first).to_contain_text("Chào anh/chị")
    await chat.locator("#text").fill("mua máy được hỗ trợ bao nhiêu")
    await chat.locator("#send").click()
    await expect(chat.locator(".bubble").last).to_contain_text("300 triệu đồng")

    assert await axe(page) == []
    await page.get_by_role("button", name="Đóng").click()
    await expect(page.locator("iframe")).to_be_hidden()
    await expect(opener).to_be_focused()
    await opener.click()
    await expect(chat.locator(".bubble").last).to_contain_text("300 triệu đồng")


async def test_on_a_phone_it_takes_the_whole_screen_and_can_be_closed(context, centre_site, line):
    page = await context.new_page()
    await page.goto(centre_site.origin)
    await page.get_by_role("button", name="Hỏi khuyến công").click()
    frame = page.locator("iframe")
    await expect(page.frame_locator("iframe").locator(".choices button").first).to_be_visible()
    shown = await frame.bounding_box()
    panel = await page.get_by_role("dialog").bounding_box()

    seen = await page.evaluate("[innerWidth, innerHeight]")
    assert [panel["x"], panel["y"], panel["width"], panel["height"]] == [0, 0, *seen]
    assert shown["width"] == seen[0]
    await expect(page.get_by_role("button", name="Đóng")).to_be_in_viewport(ratio=1)
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


async def test_another_site_does_not(context, centre_site, line):
    page = await context.new_page()
    await page.goto(centre_site.other_origin)
    await page.get_by_role("button", name="Hỏi khuyến công").click()
    await page.wait_for_timeout(500)
    refused, context.problems[:] = list(context.problems), []

    assert await page.frame_locator("iframe").locator(".bubble").count() == 0
    assert any("frame-ancestors" in said for said in refused)
