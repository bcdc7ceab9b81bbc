"""Somebody scans a poster: the page opens with what the poster was about, and all that follows is counted to the poster."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.clock import SystemClock
from bot.leads import LeadBook
from bot.leads.life import Event
from bot.people import People
from tests.browser.visitor import Household, axe, sideways

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

POSTER = "/?start=c_hoi-cho-thu_xa-phu-giao"
CAMPAIGN = """
key: hoi-cho-thu
title: Hội chợ thử
topic: fair_domestic
text: |
  {name} ơi, hội chợ mở ngày {ngay_mo}, đang nhận đăng ký.
values: {ngay_mo: 2099-03-12}
valid_until: ngay_mo
"""
USUAL = ("Hộ kinh doanh có giấy", "Đủ", "Chưa", "Không")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def campaign(service, tmp_path_factory):
    file = tmp_path_factory.mktemp("campaign") / "hoi-cho-thu.yml"
    file.write_text(CAMPAIGN, "utf8")
    await service.command("campaign", "new", str(file))
    return "hoi-cho-thu"


@pytest_asyncio.fixture(loop_scope="session")
async def passer_by(context, campaign):
    """Somebody who has just scanned the code."""
    page = await context.new_page()
    await page.goto(POSTER)
    await expect(page.locator(".choices button").first).to_be_visible()
    return Household(page)


async def scans(household, service):
    [(count,)] = service.rows(
        "SELECT count(*) FROM campaign_answers a JOIN accounts USING (person_id) WHERE how = 'link' AND chat = ?",
        await household.conversation(),
    )
    return count


async def test_the_page_opens_with_the_campaign_and_counts_the_scan_once(passer_by, service):
    page = passer_by.page

    await expect(passer_by.last).to_contain_text("hội chợ mở ngày 12/03/2099")
    await expect(passer_by.button("Nhận tin hỗ trợ mới")).to_be_visible()
    assert await passer_by.own.count() == 0, "the code is nothing that the person said"
    assert "start" not in page.url
    assert (await axe(page), await sideways(page)) == ([], 0)
    await page.reload()
    await expect(passer_by.last).to_contain_text("hội chợ mở ngày 12/03/2099")
    assert await scans(passer_by, service) == 1


async def test_who_talked_before_goes_on_below_with_the_campaign(household, service, campaign):
    await household.says("mua máy được hỗ trợ bao nhiêu")
    await household.page.goto(POSTER)

    await expect(household.last).to_contain_text("hội chợ mở ngày 12/03/2099")
    await expect(household.own.first).to_have_text("mua máy được hỗ trợ bao nhiêu")
    assert await scans(household, service) == 1


async def test_a_message_that_still_waits_goes_first_and_the_scan_is_not_lost(household, context, service, campaign):
    await household.page.route("**/api/chat", lambda route: route.abort())
    await household.page.fill("#text", "hội chợ trong nước được hỗ trợ gì")
    await household.page.click("#send")
    await expect(household.own.last).to_have_text("hội chợ trong nước được hỗ trợ gì")
    await household.page.unroute("**/api/chat")
    await household.page.goto(POSTER)

    await expect(household.last).to_contain_text("hội chợ mở ngày 12/03/2099")
    context.problems.clear()
    assert await household.own.count() == 1
    assert await scans(household, service) == 1


@pytest.mark.parametrize("address", ["/?start=%3Cscript%3E", "/?start=c_A%20B", "/?start=ctv_abc", "/?start="])
async def test_any_other_start_is_an_ordinary_one(context, address):
    page = await context.new_page()
    await page.goto(address)

    await expect(page.locator(".bubble").first).to_contain_text("Chào anh/chị")
    await expect(page.locator(".bubble")).to_have_count(1)


async def test_an_old_poster_says_that_its_campaign_is_over(context):
    page = await context.new_page()
    await page.goto("/?start=c_no-such-campaign")

    await expect(page.locator(".bubble").last).to_contain_text("Đợt này đã kết thúc")
    await expect(page.get_by_role("button", name="Kiểm tra xưởng của tôi")).to_be_visible()


async def test_a_scan_is_counted_to_the_decision(passer_by, service, campaign):
    await passer_by.taps("Kiểm tra xem tôi có được không")
    await passer_by.says("xưởng em làm gốm ở xã Phú Giáo, hộ kinh doanh có giấy, 8 thợ, tự làm tự bán")
    while await passer_by.button("Gửi cho cán bộ").count() == 0:
        shown = await passer_by.page.locator(".choices button").all_inner_texts()
        await passer_by.taps(next(title for title in (*USUAL, "Không rõ", *shown) if title in shown))
    await passer_by.taps("Gửi cho cán bộ")
    await passer_by.taps("Đồng ý")
    await passer_by.says("Xưởng gốm Hoa")
    await passer_by.says("0903 777 123")
    await expect(passer_by.last).to_contain_text("KC-")
    decided(service, await passer_by.conversation())

    report = await service.command("campaign", "report", campaign)
    poster = report.partition("Nơi treo áp phích:\n")[2]
    [(brought_by,)] = service.rows("SELECT campaign FROM leads WHERE chat = ?", await passer_by.conversation())
    assert brought_by == campaign
    assert poster.startswith("• Xã Phú Giáo: đến từ mã QR, đường dẫn ")
    assert poster.strip().endswith("có trả lời 1, làm xong sơ tuyển 1, gửi hồ sơ 1, đã có quyết định 1")


def decided(service, chat):
    """The collaborator takes the case, does the work, and the authority says yes."""
    clock = SystemClock()
    book = LeadBook(service.store, clock, People(service.store, clock))
    [(lead,)] = service.rows("SELECT id FROM leads WHERE chat = ?", chat)
    [(whose,)] = service.rows("SELECT collaborator_id FROM offers WHERE lead_id = ? ORDER BY id DESC LIMIT 1", lead)
    book.take(lead, whose)
    for event in (Event.CONTACT, Event.PREPARE, Event.SUBMIT, Event.APPROVE):
        book.step(lead, whose, event)
