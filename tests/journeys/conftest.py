"""One running service, its loopback Telegram, and a web client, for all journeys together: a start costs seconds."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.journeys.people import Chatter, WebVisitor
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaPeer
from tests.service import Service


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def peer() -> AsyncIterator[TelegramPeer]:
    async with TelegramPeer() as peer:
        yield peer


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service(
    tmp_path_factory: pytest.TempPathFactory,
    model: Path,
    peer: TelegramPeer,
    zalo_bot: ZaloBotPeer,
    zalo_oa: ZaloOaPeer,
) -> AsyncIterator[Service]:
    home = tmp_path_factory.mktemp("journeys") / "home"
    async with Service(
        home,
        model,
        telegram_token=peer.token,
        telegram_base_url=peer.base_url,
        zalo_bot_token=zalo_bot.token,
        zalo_bot_base_url=zalo_bot.base_url,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=APP_SECRET,
        zalo_oa_secret=OA_SECRET,
        zalo_oa_refresh_token=zalo_oa.refresh_token,
        zalo_oa_base_url=zalo_oa.base_url,
        zalo_oa_oauth_url=zalo_oa.base_url,
        zalo_oa_zns_url=zalo_oa.base_url,
    ) as service:
        zalo_oa.webhook = f"{service.url}/zalo-oa"
        await service.start()
        yield service


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def zalo_bot() -> AsyncIterator[ZaloBotPeer]:
    async with ZaloBotPeer() as peer:
        yield peer


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def zalo_oa() -> AsyncIterator[ZaloOaPeer]:
    async with ZaloOaPeer() as peer:
        yield peer


@pytest_asyncio.fixture(loop_scope="session")
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=service.url, timeout=30) as http:
        yield http


@pytest.fixture
def visitor(web: httpx.AsyncClient) -> WebVisitor:
    return WebVisitor(web)


@pytest.fixture
def household(service: Service, peer: TelegramPeer, request: pytest.FixtureRequest) -> Callable[[int, str], Chatter]:
    """Somebody new on Telegram, by a number of their own and a name."""
    return lambda number, name: Chatter(service, peer, number, name)
