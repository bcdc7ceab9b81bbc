"""A loopback Zalo Bot Platform: long poll, webhook, people who write, and everything that goes wrong.

Inside a test:

    async with ZaloBotPeer() as peer:
        hoa = peer.user("hoa", "Chị Hoa")
        ... a bot with base_url=peer.base_url and token=peer.token ...
        hoa.sends("xin chào")
        [hello] = await hoa.hears()
        peer.fault("sendMessage", code=429, retry_after=5)

What it does is what clients of the platform were seen to do or to expect; where two of them disagree it has both ways:
`replays` (consumed updates are given again at every poll) and `wrapped` (webhook bodies inside `{"ok","result"}`, as the
platform's pages are quoted, or bare). An error has its code as the HTTP status too, as clients measured for 404 and 408.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import time
from typing import Any

import aiohttp
from aiohttp import web

from tests.peers.loopback import LoopbackPeer
from tests.peers.telegram_world import Call, Fault
from tests.peers.zalo_bot_people import ZaloUser

Json = dict[str, Any]

DEFAULT_TOKEN = "1234567890123456789:loopback-token-for-tests-only"
LONGEST_TEXT = 2000
LONGEST_POLL, POLL_BY_DEFAULT = 60.0, 30.0
SECRET_HEADER = "X-Bot-Api-Secret-Token"


class ApiError(Exception):
    """An answer with ok false."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if retry_after is not None:
            self.body["parameters"] = {"retry_after": retry_after}


class ZaloBotPeer(LoopbackPeer):
    """The server; an async context manager that listens on 127.0.0.1."""

    def __init__(
        self, token: str = DEFAULT_TOKEN, *, replays: bool = False, wrapped: bool = True, echoes: bool = False
    ) -> None:
        super().__init__()
        self.token = token
        self.replays = replays
        self.wrapped = wrapped
        self.echoes = echoes
        """Whether the bot's own messages come back to it as updates."""
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.webhook: tuple[str, str] | None = None
        self._webhook_changed = 0
        self.webhook_answers: list[int] = []
        self.webhook_retry_seconds = 0.05
        self.something_sent = asyncio.Event()
        self._users: dict[str, ZaloUser] = {}
        self._waiting: list[Json] = []
        self._consumed: list[Json] = []
        self._replayed = 0
        self._something_new = asyncio.Event()

    # --- life ----------------------------------------------------------------------------------------------------

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._api)
        return app

    # --- the test's hands ----------------------------------------------------------------------------------------

    def user(self, user_id: str = "6ede9afa66b88fe6d6a9", name: str = "Chị Hoa") -> ZaloUser:
        """A person; the same id is the same person."""
        return self._users.setdefault(user_id, ZaloUser(self, user_id, name))

    def happens(self, update: Json) -> None:
        """Puts any update, also an odd one, before the bot."""
        self._waiting.append(update)
        self._something_new.set()

    @property
    def pending(self) -> int:
        """Updates that the bot was not given yet."""
        return len(self._waiting)

    def fault(
        self,
        method: str,
        *,
        code: int | None = None,
        retry_after: int | None = None,
        chat: str | None = None,
        times: int = 1,
        raw: str | None = None,
        cut: str | None = None,
        hang: float | None = None,
    ) -> Fault:
        """Lets the next matching calls go wrong; see `Fault` for what each argument does."""
        parameters = {"retry_after": retry_after} if retry_after else None
        fault = Fault(method, chat, times, code, "", parameters, raw, cut, hang)  # type: ignore[arg-type]
        self.faults.append(fault)
        return fault

    def called(self, method: str) -> list[Call]:
        """The bot's calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    # --- the API -------------------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != self.token:
                raise ApiError(401, "Unauthorized")
            params = await _parameters(request)
            fault = next((fault for fault in self.faults if fault.matches(method, params)), None)
            if fault is not None:
                return await self._go_wrong(request, fault, method, params)
            result = await self._carry_out(method, params)
            return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})
        except ApiError as error:
            return web.json_response(error.body, status=error.code)

    async def _go_wrong(self, request: web.Request, fault: Fault, method: str, params: Json) -> web.StreamResponse:
        fault.times -= 1
        if fault.hang:
            await asyncio.sleep(fault.hang)
        if fault.cut == "after":
            await self._carry_out(method, params)
        if fault.cut:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        self.calls.append(Call(method, params, time.time(), stored=False))
        if fault.raw is not None:
            return web.Response(text=fault.raw, status=fault.code or 200, content_type="text/html")
        parameters = fault.parameters or {}
        raise ApiError(fault.code or 500, "as the test wants", parameters.get("retry_after"))

    async def _carry_out(self, method: str, params: Json) -> Any:
        call = Call(method, params, time.time(), stored=False)
        self.calls.append(call)
        act = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
            "sendChatAction": self._send_action,
        }.get(method)
        if act is None:
            raise ApiError(404, "Not Found")
        result = await act(params)
        call.stored = True
        return result

    async def _get_me(self, _: Json) -> Json:
        return {"id": "bot-1", "account_name": "khuyencong", "account_type": "BASIC", "can_join_groups": False}

    async def _get_updates(self, params: Json) -> Json:
        """One update a call; a poll in which nothing happens ends with 408."""
        if self.webhook is not None:
            raise ApiError(400, "webhook is set")
        if self.replays and not self._waiting and self._consumed:
            self._replayed += 1
            return self._consumed[self._replayed % len(self._consumed)]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(LONGEST_POLL, float(params.get("timeout", POLL_BY_DEFAULT)))):
                while not self._waiting:
                    self._something_new.clear()
                    await self._something_new.wait()
        if not self._waiting:
            raise ApiError(408, "Request timeout")
        update = self._waiting.pop(0)
        self._consumed.append(update)
        return update

    async def _set_webhook(self, params: Json) -> Json:
        secret = str(params.get("secret_token", ""))
        if not re.match(r"https://|http://127\.0\.0\.1[:/]", str(params.get("url"))) or not 8 <= len(secret) <= 256:
            raise ApiError(400, "Bad Request")
        self.webhook = (str(params["url"]), secret)
        self._webhook_changed = int(time.time() * 1000)
        self._something_new.set()
        return {"url": self.webhook[0], "updated_at": self._webhook_changed}

    async def _delete_webhook(self, _: Json) -> Json:
        if self.webhook is None:
            raise ApiError(404, "Not Found")
        self.webhook = None
        return {"url": "", "updated_at": int(time.time() * 1000)}

    async def _webhook_info(self, _: Json) -> Json:
        if self.webhook is None:
            raise ApiError(404, "Not Found")
        return {"url": self.webhook[0], "updated_at": self._webhook_changed}

    async def _send_message(self, params: Json) -> Json:
        text = str(params.get("text", ""))
        user = self._reached(params)
        if not text.strip() or len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            raise ApiError(400, "Bad Request")
        user.inbox.append(text)
        self.something_sent.set()
        message_id = secrets.token_hex(8)
        if self.echoes:
            message = {
                "from": {"id": "bot-1", "display_name": "Khuyến công", "is_bot": True},
                "chat": {"id": user.id, "chat_type": "PRIVATE"},
                "text": text,
                "message_id": message_id,
                "date": int(time.time() * 1000),
            }
            self.happens({"event_name": "message.text.received", "message": message})
        return {"message_id": message_id, "date": int(time.time() * 1000)}

    async def _send_action(self, params: Json) -> None:
        """Answers without a result: this method has none."""
        self._reached(params).actions.append(str(params.get("action")))

    def _reached(self, params: Json) -> ZaloUser:
        user = self._users.get(str(params.get("chat_id")))
        if user is None or not user.started:
            raise ApiError(404, "chat not found")
        return user

    async def _push(self) -> None:
        """Delivers updates to the webhook in order, each again until it is taken with a 2xx."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            while True:
                if self.webhook is None or not self._waiting:
                    self._something_new.clear()
                    await self._something_new.wait()
                    continue
                url, secret = self.webhook
                update = self._waiting[0]
                body = {"ok": True, "result": update} if self.wrapped else update
                try:
                    async with session.post(url, json=body, headers={SECRET_HEADER: secret}) as answer:
                        self.webhook_answers.append(answer.status)
                        taken = answer.ok
                except (aiohttp.ClientError, TimeoutError):
                    taken = False
                if taken:
                    self._consumed.append(self._waiting.pop(0))
                else:
                    await asyncio.sleep(self.webhook_retry_seconds)


async def _parameters(request: web.Request) -> Json:
    """Parameters from JSON or a form: clients of the platform send either."""
    if request.content_type == "application/json" and await request.read():
        body = await request.json()
        return body if isinstance(body, dict) else {}
    return dict(await request.post())
