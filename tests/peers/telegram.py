"""A loopback Bot API server: run it inside a test, or as a process with `python -m tests.peers.telegram --port N`.

Inside a test:

    async with TelegramPeer() as peer:
        user = peer.user(42, "Hoa")
        ... a bot with base_url=peer.base_url + "/bot" and token=peer.token ...
        user.starts("ref_abc")
        [hello] = await user.hears()
        user.taps(hello.titles[0])
        peer.fault("sendMessage", code=429, retry_after=5)

From another process the same is done over HTTP under /sim/, see `telegram_sim`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import re
from typing import Any

import aiohttp
from aiohttp import web

from tests.peers import telegram_sim
from tests.peers.loopback import LoopbackPeer
from tests.peers.telegram_methods import METHODS, NOT_FOUND, remember_allowed_updates
from tests.peers.telegram_people import Group, User
from tests.peers.telegram_text import ApiError, Json
from tests.peers.telegram_world import Account, Call, Chat, Fault, PeerClock

DEFAULT_TOKEN = "700000001:AA-loopback-token-for-tests-only-xxxxx"
MAX_POLL_SECONDS = 50
_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class TelegramPeer(LoopbackPeer):
    """The server; the Bot API is below `/bot<token>/` of its address."""

    def __init__(self, tokens: tuple[str, ...] = (DEFAULT_TOKEN,), port: int = 0) -> None:
        super().__init__(port)
        self.clock = PeerClock()
        self.token = tokens[0]
        self.webhook_retry_seconds = 0.05
        self._accounts = {token: Account(token, self.clock, f"khuyencong_{n}_bot") for n, token in enumerate(tokens)}
        self._users: dict[tuple[str, int], User] = {}

    # --- life ----------------------------------------------------------------------------------------------------

    def application(self) -> web.Application:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._bot_api)
        telegram_sim.add_routes(app, self)
        app.router.add_route("*", "/{rest:.*}", self._nothing_here)
        return app

    # --- the test's hands ----------------------------------------------------------------------------------------

    def account(self, token: str | None = None) -> Account:
        """The bot behind *token* (the first one by default)."""
        return self._accounts[token or self.token]

    def user(self, user_id: int = 1001, name: str = "Hoa", token: str | None = None, language: str = "vi") -> User:
        """A person; the same id is the same person."""
        key = (token or self.token, user_id)
        if key not in self._users:
            chat = Chat(user_id, "private", {"first_name": name, "username": f"user{user_id}"})
            self.account(token).chats[user_id] = chat
            self._users[key] = User(self.account(token), chat, language)
        return self._users[key]

    def group(self, group_id: int = -1001, title: str = "Hội làng nghề", token: str | None = None) -> Group:
        """A group chat without the bot so far."""
        account = self.account(token)
        chat = account.chats.setdefault(group_id, Chat(group_id, "group", {"title": title}))
        return Group(account, chat)

    def fault(
        self,
        method: str,
        *,
        code: int | None = None,
        description: str = "",
        retry_after: int | None = None,
        chat: int | None = None,
        times: int = 1,
        raw: str | None = None,
        cut: str | None = None,
        hang: float | None = None,
        token: str | None = None,
    ) -> Fault:
        """Lets the next matching calls go wrong; see `Fault` for what each argument does."""
        parameters = {"retry_after": retry_after} if retry_after else None
        if retry_after and not description:
            description = f"Too Many Requests: retry after {retry_after}"
        fault = Fault(method, chat, times, code, description, parameters, raw, cut, hang)
        self.account(token).faults.append(fault)
        return fault

    def calls(self, method: str, token: str | None = None) -> list[Call]:
        """The bot's calls of one method, oldest first."""
        return [call for call in self.account(token).calls if call.method.lower() == method.lower()]

    # --- the Bot API ---------------------------------------------------------------------------------------------

    async def _bot_api(self, request: web.Request) -> web.StreamResponse:
        try:
            account = self._authorised(request.match_info["token"])
            method = request.match_info["method"]
            params = await _parameters(request)
            fault = next((fault for fault in account.faults if fault.matches(method, params)), None)
            if fault is None:
                return web.json_response({"ok": True, "result": await self._carry_out(account, method, params)})
            return await self._go_wrong(request, fault, account, method, params)
        except ApiError as error:
            return web.json_response(error.body(), status=error.code)

    def _authorised(self, token: str) -> Account:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise NOT_FOUND
        if token not in self._accounts:
            raise ApiError(401, "Unauthorized")
        return self._accounts[token]

    async def _carry_out(self, account: Account, method: str, params: Json) -> Any:
        name = method.lower()
        call = Call(method, params, self.clock.now(), stored=False)
        account.calls.append(call)
        if name == "getupdates":
            result: Any = await self._get_updates(account, params)
        elif name in METHODS:
            result = METHODS[name](account, params)
        else:
            raise NOT_FOUND
        call.stored = True
        return result

    async def _go_wrong(
        self, request: web.Request, fault: Fault, account: Account, method: str, params: Json
    ) -> web.StreamResponse:
        fault.times -= 1
        result: Any = None
        carried_out = fault.cut == "after" or (fault.hang is not None and fault.cut is None and fault.code is None)
        if carried_out:
            result = await self._carry_out(account, method, params)
        else:
            account.calls.append(Call(method, params, self.clock.now(), stored=False))
        if fault.hang:
            await asyncio.sleep(fault.hang)
        if fault.cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.raw is not None:
            return web.Response(text=fault.raw, status=fault.code or 200, content_type="text/html")
        if fault.code is not None:
            description = fault.description or _DESCRIPTIONS.get(fault.code, "Error")
            raise ApiError(fault.code, description, fault.parameters)
        return web.json_response({"ok": True, "result": result})

    async def _get_updates(self, account: Account, params: Json) -> list[Json]:
        if account.webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        if account.poll is not None:
            account.poll.cancel("another poller")
        remember_allowed_updates(account, params)
        offset, limit = int(params.get("offset") or 0), min(100, max(1, int(params.get("limit") or 100)))
        if offset > 0:
            account.confirm_before(offset)
        elif offset < 0:
            account.keep_last(-offset)
        wait = min(MAX_POLL_SECONDS, float(params.get("timeout") or 0))
        poll = account.poll = asyncio.create_task(_wait_for_updates(account, wait))
        try:
            await asyncio.shield(poll)
        except asyncio.CancelledError:
            if not poll.cancelled():  # the server is shutting down or the bot hung up
                poll.cancel()
                raise
            raise ApiError(409, _DESCRIPTIONS[409]) from None
        finally:
            if account.poll is poll:
                account.poll = None
        return account.pending()[:limit]

    async def _push(self) -> None:
        await asyncio.gather(*(self._push_to(account) for account in self._accounts.values()))

    async def _push_to(self, account: Account) -> None:
        """Delivers updates to the webhook in order; each again until it is taken with a 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            while True:
                hook, pending = account.webhook, account.pending()
                if hook is None or not pending:
                    account.something_new.clear()
                    await account.something_new.wait()
                    continue
                headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
                try:
                    async with session.post(hook.url, json=pending[0], headers=headers) as answer:
                        problem = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
                except (aiohttp.ClientError, TimeoutError) as error:
                    problem = f"Connection failed: {type(error).__name__}"
                if problem:
                    hook.last_error, hook.last_error_date = problem, int(self.clock.now())
                    await asyncio.sleep(self.webhook_retry_seconds)
                else:
                    account.delivered(pending[0])

    async def _nothing_here(self, _request: web.Request) -> web.Response:
        return web.json_response(NOT_FOUND.body(), status=404)


async def _wait_for_updates(account: Account, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not account.pending():
                account.something_new.clear()
                await account.something_new.wait()


async def _parameters(request: web.Request) -> Json:
    """Parameters from the address, a form, a multipart body or JSON, as the real server takes them."""
    params: Json = dict(request.query)
    if request.content_type == "application/json" and await request.read():
        try:
            params |= await request.json()
        except (ValueError, TypeError):
            raise ApiError(400, "Bad Request: can't parse JSON object") from None
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            params[name] = value.filename if isinstance(value, web.FileField) else value
    return params


async def _serve(port: int, tokens: tuple[str, ...]) -> None:
    async with TelegramPeer(tokens, port) as peer:
        print(peer.base_url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Runs until it is ended; prints its address as the first line."""
    parser = argparse.ArgumentParser(description="Loopback Telegram Bot API server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", action="append", default=[])
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port, tuple(arguments.token) or (DEFAULT_TOKEN,)))


if __name__ == "__main__":
    main()
