"""Somebody at the chat page, seen as a browser sees it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Locator, Page, expect

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_ANSWERED = "before => document.querySelectorAll('.bubble:not(.mine)').length > before && !document.querySelector('#state').textContent"


@dataclass(frozen=True)
class Household:
    """Types and taps, and waits for the whole answer before going on."""

    page: Page

    async def opens(self) -> None:
        await self.page.goto("/")
        await expect(self.page.locator(".choices button").first).to_be_visible()

    async def says(self, text: str) -> None:
        before = await self.replies.count()
        await self.page.fill("#text", text)
        await self.page.click("#send")
        await self.answered(before)

    async def taps(self, title: str) -> None:
        before = await self.replies.count()
        await self.button(title).click()
        await self.answered(before)

    async def answered(self, before: int) -> None:
        await self.page.wait_for_function(_ANSWERED, arg=before)

    def button(self, title: str) -> Locator:
        return self.page.locator(".choices").get_by_role("button", name=title, exact=True)

    @property
    def replies(self) -> Locator:
        return self.page.locator(".bubble:not(.mine)")

    @property
    def own(self) -> Locator:
        return self.page.locator(".bubble.mine p")

    @property
    def last(self) -> Locator:
        return self.replies.last

    async def conversation(self) -> str:
        kept: str = await self.page.evaluate("JSON.parse(localStorage.getItem('khuyencong.chat')).conversation")
        return kept


async def sideways(page: Page) -> int:
    """Pixels by which anything on the page is wider than the screen, or the page longer than it."""
    wider: int = await page.evaluate(
        """() => Math.max(...[document.documentElement, ...document.querySelectorAll('#log')]
            .map(one => one.scrollWidth - one.clientWidth))"""
    )
    return wider


async def axe(page: Page) -> list[str]:
    """What axe-core complains about on the page as it is now."""
    if not await page.evaluate("typeof window.axe === 'object'"):
        await page.evaluate(AXE.read_text("utf8"))
    found: list[str] = await page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
            .map(one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(' | ').slice(0, 300)}`)"""
    )
    return found
