"""From the web page to another channel: what is offered, the one-time link, and that the screening comes along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.carrier import Channel
from bot.channels.telegram import TelegramChannel, TelegramSettings
from bot.channels.web.api import ChatApi
from bot.channels.web.onward import OnwardApi
from bot.channels.zalo_bot import ZaloBotChannel, ZaloBotSettings
from bot.channels.zalo_oa import ZaloOaChannel
from bot.clock import TurnedClock
from bot.replies.linking import RESUME
from bot.screening.draft import Draft, load_draft, save_draft
from tests.channels.served import served
from tests.channels.zalo_oa.conftest import account_settings
from tests.messages.conftest import empty_database, intake  # noqa: F401  the inner half, as the messages' own tests
from tests.messages.office import Intake
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import OA_ID, ZaloOaPeer


@asynccontextmanager
async def page(inner: Intake, channels: Sequence[Channel], *, rate_limit: bool = False) -> AsyncIterator[Page]:
    """The web page's server side beside *channels*."""
    chat = ChatApi(inner.store, inner.clock, inner.people, inner.turns, rate_limit=rate_limit)
    onward = OnwardApi(inner.store, inner.clock, inner.people, channels, rate_limit=rate_limit)
    transport = httpx.ASGITransport(Starlette(routes=[*chat.routes(), *onward.routes()]))
    async with httpx.AsyncClient(transport=transport, base_url="http://web") as http:
        yield Page(http)


class Page:
    """Somebody at the page who has said hello."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def begins(self) -> str:
        answer = await self.http.post("/api/chat", json={"text": "chào"})
        conversation: str = answer.json()["conversation"]
        return conversation

    async def ways(self) -> list[dict[str, str]]:
        ways: list[dict[str, str]] = (await self.http.get("/api/chat/onward")).json()["ways"]
        return ways

    async def goes(self, **body: Any) -> httpx.Response:
        return await self.http.post("/api/chat/onward", json=body)


@asynccontextmanager
async def telegram(inner: Intake, peer: TelegramPeer) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(TelegramSettings(peer.token, peer.base_url, poll_seconds=1), inner.turns)
    await channel.start()
    await asyncio.wait_for(channel.settled.wait(), 5)
    yield channel
    await channel.stop()


async def test_a_screening_begun_on_the_page_goes_on_where_the_link_leads(intake: Intake) -> None:  # noqa: F811
    async with TelegramPeer() as peer, telegram(intake, peer) as channel, page(intake, [channel]) as web:
        conversation = await web.begins()
        with intake.store.transaction() as db:
            save_draft(db, Draft(intake.people.known("web", conversation), {"employees": 8}), intake.clock.now())
        told = (await web.goes(conversation=conversation, channel="telegram")).json()
        address, _, payload = told["url"].partition("?start=")
        sender, hoa = intake.sender(channel.carrier), peer.user(42, "Hoa")
        hoa.starts(payload)
        await _until(lambda: intake.texts("42"))
        await sender.send_due()
        hoa.taps("Nối lại")
        await _until(lambda: len(intake.texts("42")) == 3)

    assert address == "https://t.me/khuyencong_0_bot"
    assert (intake.texts("42")[1].startswith("Đã nối"), intake.texts("42")[2]) == (True, f"nghe: {RESUME.intent}")
    assert load_draft(intake.store.db, intake.people.known("telegram", "42")).facts == {"employees": 8}
    assert "vừa được nối với Telegram" in intake.texts(conversation, "web")[-1]


async def test_the_code_may_be_typed_instead_and_the_link_is_then_used_up(intake: Intake) -> None:  # noqa: F811
    async with TelegramPeer() as peer, telegram(intake, peer) as channel, page(intake, [channel]) as web:
        told = (await web.goes(conversation=await web.begins(), channel="telegram")).json()
        [code] = [line.split("**")[1] for line in told["notes"] if "**" in line]
        peer.user(42, "Hoa").sends(code)
        await _until(lambda: intake.texts("42"))
        peer.user(43, "Mai").starts(told["url"].partition("?start=")[2])
        await _until(lambda: intake.texts("43"))

    assert "Nối hai nơi lại" in intake.texts("42")[0]
    assert "không đúng hoặc đã hết hạn" in intake.texts("43")[0]


async def test_only_what_is_set_up_runs_and_has_an_address_is_offered(intake: Intake) -> None:  # noqa: F811
    async with page(intake, []) as web:
        without = await web.ways()
    async with TelegramPeer() as peer, ZaloBotPeer() as bot_peer:
        still_off = TelegramChannel(TelegramSettings(peer.token, peer.base_url), intake.turns)
        zalo_bot = ZaloBotChannel(ZaloBotSettings(bot_peer.token, bot_peer.base_url, poll_interval=0), intake.turns)
        await zalo_bot.start()
        await asyncio.wait_for(zalo_bot.settled.wait(), 5)
        async with page(intake, [still_off, zalo_bot]) as web:
            not_yet = await web.ways()
        await zalo_bot.stop()
        async with telegram(intake, peer) as running, page(intake, [running]) as web:
            now = await web.ways()

    assert (without, not_yet) == ([], [])
    assert now == [{"channel": "telegram", "title": "Tiếp tục trên Telegram"}]


@asynccontextmanager
async def official_account(inner: Intake, peer: ZaloOaPeer, oa_id: str | None) -> AsyncIterator[ZaloOaChannel]:
    assert isinstance(inner.clock, TurnedClock)
    peer.clock.turn(inner.clock.now().timestamp() - peer.clock.now())

    def build(address: str) -> ZaloOaChannel:
        peer.webhook = f"{address}/zalo-oa"
        account = account_settings(peer, oa_id=oa_id)
        return ZaloOaChannel(account, inner.turns, store=inner.store, clock=inner.clock, people=inner.people)

    async with served(build) as channel:
        await asyncio.wait_for(channel.settled.wait(), 5)
        yield channel


async def test_an_official_account_is_opened_by_its_id_and_told_the_code(intake: Intake) -> None:  # noqa: F811
    async with (
        ZaloOaPeer() as peer,
        official_account(intake, peer, OA_ID) as channel,
        page(intake, [channel]) as web,
    ):
        ways = await web.ways()
        told = (await web.goes(conversation=await web.begins(), channel="zalo_oa")).json()
        [code] = [line.split("**")[1] for line in told["lines"] if "**mã" in line]
        peer.user("42").sends(code)
        await _until(lambda: intake.texts("42", "zalo_oa"))

    assert ways == [{"channel": "zalo_oa", "title": "Tiếp tục trên Zalo"}]
    assert told["url"] == f"https://zalo.me/{OA_ID}"
    assert "Nối hai nơi lại" in intake.texts("42", "zalo_oa")[0]


async def test_an_official_account_whose_id_is_not_known_is_not_offered(intake: Intake) -> None:  # noqa: F811
    async with ZaloOaPeer() as peer, official_account(intake, peer, None) as channel, page(intake, [channel]) as web:
        assert await web.ways() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"channel": "telegram"}, 404),
        ({"conversation": "không có", "channel": "telegram"}, 404),
        ({"conversation": ["KNOWN"], "channel": "telegram"}, 404),
        ({"conversation": "KNOWN"}, 400),
        ({"conversation": "KNOWN", "channel": "sms"}, 400),
        ({"conversation": "KNOWN", "channel": {"telegram": 1}}, 400),
    ],
)
async def test_what_cannot_be_is_refused_in_vietnamese_and_makes_no_link(
    intake: Intake,  # noqa: F811
    body: dict[str, Any],
    status: int,
) -> None:
    async with TelegramPeer() as peer, telegram(intake, peer) as channel, page(intake, [channel]) as web:
        conversation = await web.begins()
        answer = await web.goes(**{k: conversation if v == "KNOWN" else v for k, v in body.items()})

    assert (answer.status_code, "Anh/chị" in answer.json()["error"]) == (status, True)
    assert intake.rows("SELECT count(*) FROM links") == [(0,)]


async def test_a_database_that_cannot_take_the_link_says_so_kindly(intake: Intake) -> None:  # noqa: F811
    async with TelegramPeer() as peer, telegram(intake, peer) as channel, page(intake, [channel]) as web:
        conversation = await web.begins()
        intake.store.db.execute("ALTER TABLE links RENAME TO hidden")
        answer = await web.goes(conversation=conversation, channel="telegram")
        intake.store.db.execute("ALTER TABLE hidden RENAME TO links")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "anh/chị thử lại" in answer.json()["error"]


async def test_nobody_makes_links_by_the_hundred(intake: Intake) -> None:  # noqa: F811
    async with (
        TelegramPeer() as peer,
        telegram(intake, peer) as channel,
        page(intake, [channel], rate_limit=True) as web,
    ):
        conversation = await web.begins()
        answers = [await web.goes(conversation=conversation, channel="telegram") for _ in range(12)]

    assert {answer.status_code for answer in answers} == {200, 429}
    assert answers[-1].headers["Retry-After"] == "1"


async def _until(holds: Any) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)
