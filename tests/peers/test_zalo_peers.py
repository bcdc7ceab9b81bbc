"""The Zalo peers hold what clients of the real platforms rely on; asked by plain requests, not by our own clients."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaPeer


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def asked(http: aiohttp.ClientSession, peer: ZaloBotPeer, method: str, token: str = "", **params: Any) -> Any:
    async with http.post(f"{peer.base_url}/bot{token or peer.token}/{method}", json=params) as answer:
        return await answer.json()


async def test_the_bot_gives_one_update_a_call_and_408_when_nothing_comes(zalo_bot, http) -> None:
    hoa = zalo_bot.user()
    hoa.sends("một")
    hoa.sends("hai")
    given = [(await asked(http, zalo_bot, "getUpdates", timeout="0"))["result"]["message"]["text"] for _ in range(2)]
    idle = await asked(http, zalo_bot, "getUpdates", timeout="0")

    assert given == ["một", "hai"]
    assert (idle["ok"], idle["error_code"]) == (False, 408)


async def test_a_long_poll_ends_when_something_comes(zalo_bot, http) -> None:
    waiting = asyncio.create_task(asked(http, zalo_bot, "getUpdates", timeout="5"))
    await asyncio.sleep(0.05)
    zalo_bot.user().sends_sticker()

    assert (await waiting)["result"]["event_name"] == "message.sticker.received"


async def test_a_replaying_bot_gives_consumed_updates_at_once_for_ever(http) -> None:
    async with ZaloBotPeer(replays=True) as peer:
        sent = peer.user().sends("một")
        given = [(await asked(http, peer, "getUpdates", timeout="5"))["result"]["message"] for _ in range(4)]

    assert {message["message_id"] for message in given} == {sent}


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("sendMessage", {"chat_id": "hoa", "text": "x" * 2001}, 400),
        ("sendMessage", {"chat_id": "hoa", "text": " "}, 400),
        ("sendMessage", {"chat_id": "nobody", "text": "x"}, 404),
        ("setWebhook", {"url": "https://a.vn/z", "secret_token": "short"}, 400),
        ("deleteWebhook", {}, 404),
        ("getWebhookInfo", {}, 404),
        ("editMessageText", {}, 404),
    ],
)
async def test_what_the_bot_platform_refuses(zalo_bot, http, method: str, params: dict[str, str], code: int) -> None:
    zalo_bot.user("hoa").started = True
    answer = await asked(http, zalo_bot, method, **params)

    assert (answer["ok"], answer["error_code"]) == (False, code)


async def test_forms_are_taken_as_well_as_json_and_a_wrong_token_is_not(zalo_bot, http) -> None:
    zalo_bot.user("hoa").started = True
    form = {"chat_id": "hoa", "text": "chào"}
    async with http.post(f"{zalo_bot.base_url}/bot{zalo_bot.token}/sendMessage", data=form) as answer:
        taken = await answer.json()
    refused = await asked(http, zalo_bot, "getMe", token="1:wrong")

    assert (taken["ok"], zalo_bot.user("hoa").inbox) == (True, ["chào"])
    assert refused["error_code"] == 401


async def test_polling_is_refused_while_a_webhook_is_set(zalo_bot, http) -> None:
    await asked(http, zalo_bot, "setWebhook", url="http://127.0.0.1:9/z", secret_token="long-enough")

    assert (await asked(http, zalo_bot, "getUpdates"))["error_code"] == 400


async def refreshed(http: aiohttp.ClientSession, peer: ZaloOaPeer, token: str, secret: str = APP_SECRET) -> Any:
    form = {"grant_type": "refresh_token", "refresh_token": token, "app_id": APP_ID}
    async with http.post(f"{peer.base_url}/v4/oa/access_token", data=form, headers={"secret_key": secret}) as answer:
        return await answer.json()


async def consulted(http: aiohttp.ClientSession, peer: ZaloOaPeer, user: str, message: Any, token: str = "") -> int:
    body = {"recipient": {"user_id": user}, "message": message}
    headers = {"access_token": token or peer.access_token}
    async with http.post(f"{peer.base_url}/v3.0/oa/message/cs", json=body, headers=headers) as answer:
        assert answer.status == 200, "errors are in the body"
        return int((await answer.json())["error"])


async def test_a_refresh_token_works_once(zalo_oa, http) -> None:
    first = await refreshed(http, zalo_oa, "refresh-0")
    again = await refreshed(http, zalo_oa, "refresh-0")
    second = await refreshed(http, zalo_oa, first["refresh_token"])
    wrong = await refreshed(http, zalo_oa, second["refresh_token"], secret="wrong")

    assert (first["expires_in"], again["error"], wrong["error"]) == ("90000", -14014, -14004)
    assert first["access_token"] != second["access_token"]


async def test_windows_quotas_and_tokens_of_the_account(zalo_oa, http) -> None:
    await refreshed(http, zalo_oa, "refresh-0")
    hoa = zalo_oa.user("hoa")
    never = await consulted(http, zalo_oa, "hoa", {"text": "a"})
    hoa.sends("chào")
    eight = [await consulted(http, zalo_oa, "hoa", {"text": "a"}) for _ in range(9)]
    hoa.sends("nữa")
    zalo_oa.clock.turn(49 * 3600)
    expired = await consulted(http, zalo_oa, "hoa", {"text": "a"})
    zalo_oa.expired_code = -220
    expired_otherwise = await consulted(http, zalo_oa, "hoa", {"text": "a"})
    await refreshed(http, zalo_oa, zalo_oa.refresh_token)
    late = await consulted(http, zalo_oa, "hoa", {"text": "a"})
    hoa.unfollows()
    gone = await consulted(http, zalo_oa, "hoa", {"text": "a"})

    assert (never, eight, late, gone) == (-230, [0] * 8 + [-211], -211, -213)
    assert (expired, expired_otherwise) == (-216, -220)
    assert await consulted(http, zalo_oa, "hoa", {"text": "a"}, token="wrong") == -216


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"text": "x" * 2001}, -210),
        ({"text": ""}, -201),
        ({"attachment": {"type": "file", "payload": {"token": "none"}}}, -201),
        (
            {
                "text": "?",
                "attachment": {
                    "type": "template",
                    "payload": {"buttons": [{"title": "a", "type": "oa.query.hide", "payload": "a"}] * 6},
                },
            },
            -201,
        ),
    ],
)
async def test_messages_that_the_account_refuses(zalo_oa, http, message: Any, code: int) -> None:
    await refreshed(http, zalo_oa, "refresh-0")
    zalo_oa.user("hoa").sends("chào")

    assert await consulted(http, zalo_oa, "hoa", message) == code


def test_the_signature_of_the_account_is_made_as_told() -> None:
    body = b'{"timestamp":"1"}'

    assert ZaloOaPeer().signature(body, "1") == (
        "mac=" + hashlib.sha256(f"{APP_ID}{body.decode()}1{OA_SECRET}".encode()).hexdigest()
    )
