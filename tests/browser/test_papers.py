"""The papers of a screening are fetched with one tap, and are what the person told."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.visitor import Household

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def told(household: Household) -> Household:
    await household.says("xưởng em làm gốm ở xã Phú Giáo 8 thợ tính mua lò nung gas 400tr")
    return household


async def fetched(household: Household, wish: str, folder: Path) -> Path:
    """What lies in the folder of downloads after *wish* was typed and the link tapped."""
    await household.says(wish)
    link = household.page.locator(".bubble a[download], .bubble a[href*='/api/chat/document/']").last
    await expect(link).to_be_visible()
    async with household.page.expect_download() as waiting:
        await link.click()
    download = await waiting.value
    path = folder / download.suggested_filename
    await download.save_as(path)
    return path


async def test_the_draft_request_opens_in_word_and_says_that_it_is_a_draft(told: Household, tmp_path: Path) -> None:
    path = await fetched(told, "gửi tôi bản nháp đề nghị", tmp_path)

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert path.suffix == ".docx"
    for said in ("Bản nháp đề nghị", "gốm", "Phú Giáo", "400"):
        assert said.lower() in text.lower()


async def test_the_page_to_show_at_the_office_is_a_pdf(told: Household, tmp_path: Path) -> None:
    path = await fetched(told, "cho tôi tờ tóm tắt một trang", tmp_path)

    assert path.suffix == ".pdf"
    assert path.read_bytes().startswith(b"%PDF-")
