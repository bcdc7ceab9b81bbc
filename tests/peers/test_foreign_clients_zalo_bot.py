"""The Zalo Bot peer, judged by python-zalo-bot, and by zalo-bot-mcp, whose authors measured the real platform."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from tests.peers.foreign import ForeignClient
from tests.peers.zalo_bot import ZaloBotPeer

pytestmark = pytest.mark.clients

SECRET = "mot-bi-mat-dai"


@pytest.fixture(params=["python_zalo_bot", "zalo_bot_mcp"])
def either(request: pytest.FixtureRequest) -> ForeignClient:
    """One client after the other."""
    client: ForeignClient = request.getfixturevalue(request.param)
    return client


async def test_either_client_knows_the_bot_and_a_wrong_token(either, zalo_bot) -> None:
    me = await either.at(zalo_bot.base_url, zalo_bot.token).gives("get_me")
    refused = await either.at(zalo_bot.base_url, "1:wrong")("get_me")

    assert (me["id"], me["account_name"]) == ("bot-1", "khuyencong")
    assert (refused.error in {"InvalidToken", "ZaloClientError"}, "Unauthorized" in refused.says) == (True, True)


async def test_python_zalo_bot_gets_one_update_a_poll_and_an_error_when_nothing_comes(
    python_zalo_bot, zalo_bot
) -> None:
    client, hoa = python_zalo_bot.at(zalo_bot.base_url, zalo_bot.token), zalo_bot.user("hoa", "Chị Hoa")
    hoa.sends("xin chào")
    hoa.sends_photo()
    hoa.sends_sticker()
    hoa.sends_voice()
    hoa.sends_something_else()
    got = [await client.gives("get_update", timeout=1) for _ in range(5)]
    idle = await client("get_update", timeout=1)

    assert (got[0]["text"], got[0]["chat"], got[0]["name"], got[0]["chat_type"]) == (
        "xin chào",
        "hoa",
        "Chị Hoa",
        "PRIVATE",
    )
    assert got[0]["year"] >= 2026, "dates are in milliseconds"
    assert (got[1]["photo"], got[2]["sticker"]) == ("https://photo.example/1.jpg", "bfe458bf64fa8da4d4eb")
    assert (idle.error, idle.says) == ("NetworkError", "Request timeout (408)")


async def test_zalo_bot_mcp_takes_an_idle_poll_and_no_webhook_for_what_they_are(zalo_bot_mcp, zalo_bot) -> None:
    client = zalo_bot_mcp.at(zalo_bot.base_url, zalo_bot.token)
    idle = await client("get_updates", timeout=0)
    poll = asyncio.create_task(client.gives("get_updates", timeout=20))
    await asyncio.sleep(0.2)
    sent = zalo_bot.user("hoa").sends("đây")
    update = await asyncio.wait_for(poll, 3)

    assert (idle.error, idle.result) == (None, None)
    assert (update["message_id"], update["chat_type"], update["is_bot"]) == (sent, "PRIVATE", False)
    assert await client.gives("get_webhook_info") is None


async def test_zalo_bot_mcp_is_given_consumed_updates_again_as_its_authors_measured(zalo_bot_mcp) -> None:
    async with ZaloBotPeer(replays=True) as peer:
        client = zalo_bot_mcp.at(peer.base_url, peer.token)
        sent = peer.user("hoa").sends("một")
        given = [(await client.gives("get_updates", timeout=5))["message_id"] for _ in range(3)]

    assert given == [sent] * 3


async def test_either_client_writes_and_shows_that_it_types(either, zalo_bot) -> None:
    client, hoa = either.at(zalo_bot.base_url, zalo_bot.token), zalo_bot.user("hoa")
    hoa.sends("một")
    sent = await client.gives("send_message", chat_id="hoa", text="Chào chị 🙏")
    await client.gives("send_chat_action", chat_id="hoa", action="typing")

    assert (hoa.inbox, hoa.actions, len(sent["message_id"])) == (["Chào chị 🙏"], ["typing"], 16)


@pytest.mark.parametrize(
    ("fault", "errors"),
    [
        ({"code": 400}, ["BadRequest", "ZaloClientError"]),
        ({"code": 403}, ["Forbidden", "ZaloClientError"]),
        ({"code": 404}, ["InvalidToken", "ZaloClientError"]),
        ({"code": 429}, ["NetworkError", "ZaloTransientError"]),
        ({"code": 429, "retry_after": 7}, ["RetryAfter", "ZaloTransientError"]),
        ({"code": 500}, ["NetworkError", "ZaloTransientError"]),
        ({"code": 502, "raw": "<html>"}, ["ZaloError", "ZaloTransientError"]),
        ({"cut": "after"}, ["NetworkError", "ZaloTransientError"]),
    ],
)
async def test_the_clients_tell_errors_apart(
    python_zalo_bot, zalo_bot_mcp, zalo_bot, fault: dict[str, Any], errors: list[str]
) -> None:
    zalo_bot.user("hoa").sends("một")
    zalo_bot.fault("sendMessage", times=2, **fault)
    answers = [
        await client.at(zalo_bot.base_url, zalo_bot.token)("send_message", chat_id="hoa", text="a")
        for client in (python_zalo_bot, zalo_bot_mcp)
    ]

    assert [answer.error for answer in answers] == errors
    assert answers[0].retry_after == fault.get("retry_after")
    assert zalo_bot.user("hoa").inbox == (["a", "a"] if "cut" in fault else [])


async def test_python_zalo_bot_sets_looks_at_and_removes_a_webhook(python_zalo_bot, zalo_bot) -> None:
    client = python_zalo_bot.at(zalo_bot.base_url, zalo_bot.token)
    address = "https://khuyencong.example.vn/zalo-bot"
    never = await client("get_webhook_info")
    short = await client("set_webhook", url=address, secret_token="ngan")
    await client.gives("set_webhook", url=address, secret_token=SECRET)
    info = await client.gives("get_webhook_info")
    polled = await client("get_update", timeout=1)
    removed = await client.gives("delete_webhook")

    assert (never.says, short.error, polled.error, removed) == ("Not Found", "BadRequest", "BadRequest", True)
    assert info["url"] == address
    assert info["updated_at"] > 1_700_000_000_000


async def test_python_zalo_bot_reads_what_the_webhook_is_given(python_zalo_bot, zalo_bot) -> None:
    client, bodies = python_zalo_bot.at(zalo_bot.base_url, zalo_bot.token), []

    async def hook(request: web.Request) -> web.Response:
        bodies.append((request.headers["X-Bot-Api-Secret-Token"], await request.json()))
        return web.Response(status=500 if len(bodies) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await client.gives("set_webhook", url=address, secret_token=SECRET)
    sent = zalo_bot.user("hoa").sends("một")
    async with asyncio.timeout(5):
        while zalo_bot.pending:
            await asyncio.sleep(0.02)
    read = [await client.gives("read", body=body["result"]) for _, body in bodies]  # as the package's guide does it
    await runner.cleanup()

    assert {secret for secret, _ in bodies} == {SECRET}
    assert [update["id"] for update in read] == [sent, sent], "what was not taken comes again"


async def test_a_bot_made_with_python_zalo_bot_talks_in_its_own_polling_loop(python_zalo_bot, zalo_bot) -> None:
    hoa = zalo_bot.user("hoa", "Chị Hoa")
    hoa.sends("/start")
    await python_zalo_bot.at(zalo_bot.base_url, zalo_bot.token).gives("poll")
    hello = await hoa.hears()
    hoa.sends("nhà tôi đan tre")
    echo = await hoa.hears()

    assert (hello, echo, hoa.actions) == (["Chào Chị Hoa"], ["nhà tôi đan tre"], ["typing"])
