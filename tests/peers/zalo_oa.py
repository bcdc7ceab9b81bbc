"""A loopback Zalo Official Account: OAuth, Open API, templates, signed webhooks, and people on the other side.

Inside a test:

    async with ZaloOaPeer() as peer:
        peer.webhook = "http://127.0.0.1:…/zalo-oa"
        hoa = peer.user("186729651760683225")
        hoa.sends("xin chào")
        [hello] = await hoa.hears()
        hoa.taps(hello.titles[0])

It answers HTTP 200 with an `error` code, as the real one does, and keeps the same clocks: access tokens of 25 hours,
refresh tokens that work once, eight free messages in 48 hours, nothing after seven days, no templates at night.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.clock import VIETNAM
from tests.peers.loopback import LoopbackPeer
from tests.peers.telegram_world import Fault, PeerClock
from tests.peers.zalo_oa_people import OA_ID, OaUser, Seen

Json = dict[str, Any]

APP_ID, APP_SECRET, OA_SECRET = "2553000000000000001", "app-secret", "oa-secret-key"
TOKEN_SECONDS = 90_000
FREE_MESSAGES, FREE_SECONDS, REPLY_SECONDS = 8, 48 * 3600, 7 * 86400
LONGEST_TEXT, LONGEST_TITLE, MOST_BUTTONS = 2000, 100, 5
DEADLINE_SECONDS = 2.0


_NO_SUCH_CALL = {"error": 404, "message": "You are accessing an empty or invalid API"}


class OaFailure(Exception):
    """An answer with an error code."""

    def __init__(self, code: int, says: str = "as the platform says it") -> None:
        super().__init__(says)
        self.code = code

    def body(self) -> Json:
        return {"error": self.code, "message": str(self)}


class OauthFailure(OaFailure):
    """An error of OAuth, which has a shape of its own."""

    def body(self) -> Json:
        return {"error": self.code, "error_name": str(self), "error_description": "", "error_reason": "", "ref_doc": ""}


class ZaloOaPeer(LoopbackPeer):
    """The server; an async context manager that listens on 127.0.0.1."""

    def __init__(self, *, signs_with: str = "body", echoes: bool = False) -> None:
        super().__init__()
        self.clock = PeerClock()
        self.signs_with = signs_with
        """`body` or `header`: which timestamp is in the signature; `wrong` signs with another secret."""
        self.echoes = echoes
        self.webhook: str | None = None
        self.webhook_answers: list[int] = []
        self.webhook_seconds: list[float] = []
        self.webhook_retry_seconds = 0.05
        self.repeats = 1
        """How often each event is delivered although it was taken."""
        self.refresh_token = "refresh-0"
        self.access_token = ""
        self.access_until = 0.0
        self.refreshes = 0
        self.expired_code = -216
        """What a call with an expired token is told: -216 with words of its own, as was seen, or -220, as in lists."""
        self.templates: dict[str, set[str]] = {}
        """Approved templates: id and the names of the blanks."""
        self.money = True
        self.forms = True
        """Whether the account may use the form for a phone number."""
        self.faults: list[Fault] = []
        self.calls: list[tuple[str, Json]] = []
        self.something_sent = asyncio.Event()
        self._uploads: dict[str, str] = {}
        self._users: dict[str, OaUser] = {}
        self._waiting: list[bytes] = []
        self._something_new = asyncio.Event()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=8 * 2**20)
        app.router.add_post("/v4/oa/access_token", self._answering(self._oauth))
        app.router.add_post("/v3.0/oa/message/cs", self._answering(self._consult))
        app.router.add_post("/v2.0/oa/upload/file", self._answering(self._upload))
        app.router.add_post("/message/template", self._answering(self._template))
        app.router.add_route("*", "/{rest:.*}", self._nothing_here)
        return app

    # --- the test's hands ----------------------------------------------------------------------------------------

    def user(self, user_id: str = "186729651760683225", phone: str = "84903123456") -> OaUser:
        """A person; the same id is the same person."""
        return self._users.setdefault(user_id, OaUser(self, user_id, phone))

    def happens(self, event: Json) -> None:
        """Puts any event before the webhook."""
        whole = {"app_id": APP_ID, "timestamp": str(int(self.clock.now() * 1000)), **event}
        self._waiting.append(json.dumps(whole, ensure_ascii=False).encode())
        self._something_new.set()

    async def saves(self, address: str) -> bool:
        """Enters *address* in the console: it is kept when an unsigned, empty event gets a 200 there."""
        async with aiohttp.ClientSession() as session, session.post(address, json={}) as answer:
            if answer.status == 200:
                self.webhook = address
            return answer.status == 200

    def fault(self, path: str, **how: Any) -> Fault:
        """Lets the next calls whose path ends so go wrong; `code` is the error code of the body."""
        fault = Fault(path, **how)
        self.faults.append(fault)
        return fault

    def called(self, path: str) -> list[Json]:
        return [content for called, content in self.calls if called.endswith(path)]

    def signature(self, body: bytes, timestamp: str) -> str:
        secret = "another" if self.signs_with == "wrong" else OA_SECRET
        return "mac=" + hashlib.sha256(APP_ID.encode() + body + timestamp.encode() + secret.encode()).hexdigest()

    # --- the API -------------------------------------------------------------------------------------------------

    def _answering(self, act: Any) -> Any:
        async def answer(request: web.Request) -> web.StreamResponse:
            fault = next(
                (fault for fault in self.faults if fault.times > 0 and request.path.endswith(fault.method)), None
            )
            try:
                if fault is None:
                    return web.json_response(await act(request))
                fault.times -= 1
                if fault.hang:
                    await asyncio.sleep(fault.hang)
                if fault.cut == "after":
                    await act(request)
                if fault.cut:
                    assert request.transport is not None
                    request.transport.abort()
                    return web.Response()
                if fault.raw is not None:
                    return web.Response(text=fault.raw, status=502, content_type="text/html")
                raise OaFailure(fault.code or -1)
            except OaFailure as failure:
                return web.json_response(failure.body())

        return answer

    async def _nothing_here(self, _: web.Request) -> web.Response:
        return web.json_response(_NO_SUCH_CALL)

    async def _oauth(self, request: web.Request) -> Json:
        form = await request.post()
        self.calls.append((request.path, dict(form)))
        if form.get("app_id") != APP_ID:
            raise OauthFailure(-14002, "Invalid appId")
        if request.headers.get("secret_key") != APP_SECRET:
            raise OauthFailure(-14004, "Invalid secret key")
        if form.get("grant_type") != "refresh_token":
            raise OauthFailure(-14018, "Invalid grant type")
        if form.get("refresh_token") != self.refresh_token:
            raise OauthFailure(-14014, "Invalid refresh token.")
        self.refreshes += 1
        self.refresh_token = f"refresh-{self.refreshes}-{secrets.token_hex(4)}"
        self.access_token = f"access-{self.refreshes}-{secrets.token_hex(4)}"
        self.access_until = self.clock.now() + TOKEN_SECONDS
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_in": str(TOKEN_SECONDS),
        }

    def _authorised(self, request: web.Request) -> None:
        given = request.headers.get("access_token")
        if given != self.access_token or not given:
            raise OaFailure(-216, "Access token is invalid")
        if self.clock.now() >= self.access_until:
            raise OaFailure(self.expired_code, "Access token has expired")

    async def _consult(self, request: web.Request) -> Json:
        body = await request.json()
        self.calls.append((request.path, body))
        self._authorised(request)
        user = self._users.get(str(body["recipient"]["user_id"]))
        if user is None or not user.following:
            raise OaFailure(-213)
        seen = self._shown(body["message"])
        age = REPLY_SECONDS + 1 if user.last_act is None else self.clock.now() - user.last_act
        if age > REPLY_SECONDS:
            raise OaFailure(-230)
        if age > FREE_SECONDS or user.sent_since >= FREE_MESSAGES:
            raise OaFailure(-211)
        user.sent_since += 1
        user.inbox.append(seen)
        self.something_sent.set()
        if self.echoes:
            self.happens(
                {
                    "event_name": "oa_send_text",
                    "sender": {"id": OA_ID},
                    "recipient": {"id": user.id},
                    "message": {"text": seen.text, "msg_id": secrets.token_hex(10)},
                }
            )
        return {"data": {"message_id": secrets.token_hex(10), "user_id": user.id}, "error": 0, "message": "Success"}

    def _shown(self, message: Json) -> Seen:
        text = str(message.get("text", ""))
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            raise OaFailure(-210)
        attachment = message.get("attachment") or {}
        payload = attachment.get("payload") or {}
        if attachment.get("type") == "file":
            if payload.get("token") not in self._uploads:
                raise OaFailure(-201)
            return Seen("", file=self._uploads[payload["token"]])
        if payload.get("template_type") == "request_user_info":
            if not self.forms:
                raise OaFailure(-201)
            return Seen(payload["elements"][0]["title"], form=True)
        if not text.strip():
            raise OaFailure(-201)
        buttons = payload.get("buttons", [])
        wrong = [b for b in buttons if not 0 < len(b["title"]) <= LONGEST_TITLE or b["type"] != "oa.query.hide"]
        if wrong or len(buttons) > MOST_BUTTONS:
            raise OaFailure(-201)
        return Seen(text, {button["title"]: button["payload"] for button in buttons})

    async def _upload(self, request: web.Request) -> Json:
        form = await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField)
        self.calls.append((request.path, {"file": file.filename}))
        self._authorised(request)
        if not file.filename.endswith((".pdf", ".doc", ".docx")):
            raise OaFailure(-201)
        token = secrets.token_hex(8)
        self._uploads[token] = file.filename
        return {"data": {"token": token}, "error": 0, "message": "Success"}

    async def _template(self, request: web.Request) -> Json:
        body = await request.json()
        self.calls.append((request.path, body))
        if request.headers.get("access_token") != self.access_token or self.clock.now() >= self.access_until:
            raise OaFailure(-124)
        hour = datetime.fromtimestamp(self.clock.now(), UTC).astimezone(VIETNAM).hour
        if hour >= 22 or hour < 6:
            raise OaFailure(-133)
        if not str(body["phone"]).startswith("84"):
            raise OaFailure(-108)
        if body["template_id"] not in self.templates:
            raise OaFailure(-109)
        if set(body["template_data"]) != self.templates[body["template_id"]]:
            raise OaFailure(-112)
        if not self.money:
            raise OaFailure(-115)
        user = next((user for user in self._users.values() if user.phone == body["phone"]), None)
        if user is None:
            raise OaFailure(-118)
        user.inbox.append(Seen("", template=body["template_id"], values=body["template_data"]))
        self.something_sent.set()
        return {"error": 0, "message": "Success", "data": {"msg_id": secrets.token_hex(8), "sent_time": "0"}}

    # --- the webhook ---------------------------------------------------------------------------------------------

    async def _push(self) -> None:
        """Delivers events in order; each again, with `num_retry`, until it is taken within two seconds."""
        async with aiohttp.ClientSession() as session:
            while True:
                if self.webhook is None or not self._waiting:
                    self._something_new.clear()
                    await self._something_new.wait()
                    continue
                body, tries = self._waiting.pop(0), 0
                while not await self._deliver(session, body, tries) and tries < 50:
                    tries += 1
                    await asyncio.sleep(self.webhook_retry_seconds)
                for _ in range(self.repeats - 1):
                    await self._deliver(session, body, 0)

    async def _deliver(self, session: aiohttp.ClientSession, body: bytes, tries: int) -> bool:
        header_time = str(int(self.clock.now() * 1000) + 7)
        signing = header_time if self.signs_with == "header" else json.loads(body)["timestamp"]
        headers = {
            "Content-Type": "application/json",
            "X-ZEvent-Signature": self.signature(body, signing),
            "X-ZEvent-Timestamp": header_time,
            **({"num_retry": str(tries)} if tries else {}),
        }
        begun = asyncio.get_running_loop().time()
        assert self.webhook is not None
        try:
            timeout = aiohttp.ClientTimeout(total=DEADLINE_SECONDS)
            async with session.post(self.webhook, data=body, headers=headers, timeout=timeout) as answer:
                self.webhook_answers.append(answer.status)
                self.webhook_seconds.append(asyncio.get_running_loop().time() - begun)
                return answer.ok
        except (aiohttp.ClientError, TimeoutError):
            return False
