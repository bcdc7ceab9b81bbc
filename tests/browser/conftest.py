"""One running service and one Chromium for all browser tests; every page is watched for requests to others and errors."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.browser.site import Site
from tests.browser.visitor import Household
from tests.peers.telegram import TelegramPeer
from tests.service import Service

PHONE = {"width": 360, "height": 740}
_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        why = f"no Chromium on this machine (looked for {', '.join(names)})"
        if os.environ.get("KHUYENCONG_BROWSER_REQUIRED"):
            pytest.fail(why, False)
        pytest.skip(why)
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def centre_site() -> AsyncIterator[Site]:
    """The Centre's own site, which may show the chat in a frame."""
    site = Site()
    async with await asyncio.start_server(site.answer, "127.0.0.1", 0) as server:
        site.port = server.sockets[0].getsockname()[1]
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def telegram() -> AsyncIterator[TelegramPeer]:
    """The Telegram beside the page, on which a conversation can go on."""
    async with TelegramPeer() as peer:
        yield peer


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(
    browser: Browser, centre_site: Site, telegram: TelegramPeer, tmp_path_factory: pytest.TempPathFactory, model: Path
) -> AsyncIterator[Service]:
    """Started only when there is a browser to look at it."""
    home = tmp_path_factory.mktemp("browser") / "home"
    bot = {"telegram_token": telegram.token, "telegram_base_url": telegram.base_url}
    async with Service(home, model, allowed_origins=centre_site.origin, **bot) as service:
        await service.start()
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, service: Service, centre_site: Site) -> AsyncIterator[BrowserContext]:
    """A phone of its own for each test, which must see neither a foreign request nor an error."""
    context = await browser.new_context(
        base_url=service.url, viewport=PHONE, has_touch=True, reduced_motion="reduce", locale="vi-VN"
    )
    asked: list[str] = []
    problems: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None)
    context.on("weberror", lambda raised: problems.append(str(raised.error)))
    context.problems = problems  # type: ignore[attr-defined]  # a test that breaks the line on purpose empties it
    yield context
    await context.close()
    ours = (service.url, centre_site.origin, centre_site.other_origin)
    assert [url for url in asked if not url.startswith(ours)] == []
    assert problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def household(context: BrowserContext) -> Household:
    """Somebody who has just opened the chat page."""
    household = Household(await context.new_page())
    await household.opens()
    return household
