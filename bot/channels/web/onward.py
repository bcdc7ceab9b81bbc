"""Going on with a conversation of the web page on another channel: which there are, and the one-time link to one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import asdict

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.carrier import Channel
from bot.channels.web.bodies import json_object, refuse
from bot.channels.web.conversations import CHANNEL, person_in
from bot.channels.web.limits import Gate
from bot.clock import Clock
from bot.errors import StoreError
from bot.messages import links
from bot.messages.links import Secrets
from bot.people import People
from bot.replies import linking as words
from bot.store import Store

log = structlog.get_logger(__name__)


class OnwardApi:
    """Offers those channels that are set up, run, and can be opened by an address."""

    def __init__(
        self, store: Store, clock: Clock, people: People, channels: Sequence[Channel], *, rate_limit: bool
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._channels = {channel.carrier.name: channel for channel in channels}
        self._gate = Gate(clock, on=rate_limit)

    def routes(self) -> list[Route]:
        """What the server mounts."""
        return [
            Route("/api/chat/onward", self.ways, methods=["GET"]),
            Route("/api/chat/onward", self.go, methods=["POST"]),
        ]

    async def ways(self, _: Request) -> Response:
        """The channels on which a conversation can go on now."""
        open_now = [name for name, channel in self._channels.items() if channel.entrance() is not None]
        return JSONResponse({"ways": [{"channel": name, "title": words.onward_title(name)} for name in open_now]})

    async def go(self, request: Request) -> Response:
        """A new link and code for this conversation, and how to use them; those before are void."""
        body = await json_object(request)
        if isinstance(body, Response):
            return body
        conversation, name = body.get("conversation"), body.get("channel")
        person = person_in(self._people, conversation)
        if person is None or not isinstance(conversation, str):
            return refuse(404, "Không còn cuộc trò chuyện này. Anh/chị bắt đầu lại giúp.")
        if (refusal := self._gate.refusal(request, conversation)) is not None:
            return refusal
        channel = self._channels.get(name) if isinstance(name, str) else None
        plain = None if channel is None else channel.entrance()
        if channel is None or plain is None:
            return refuse(400, "Kênh này hiện chưa mở được. Anh/chị nhắn tiếp ở đây giúp.")
        try:
            made = await run_in_threadpool(self._issue, person, conversation)
        except (StoreError, sqlite3.Error) as error:
            log.error("link_not_stored", error=type(error).__name__)
            return refuse(503, "Đang bận một chút, anh/chị thử lại sau vài giây giúp.", retry_after=2)
        address = channel.entrance(made.payload) or plain
        told = words.onward(channel.carrier.name, made.code, plain, carried=made.payload in address)
        return JSONResponse({**asdict(told), "url": address})

    def _issue(self, person: str, conversation: str) -> Secrets:
        with self._store.transaction() as db:
            return links.issue(db, person, (CHANNEL, conversation), self._clock.now())
