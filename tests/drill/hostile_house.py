"""The service behind all its doors on a free port, with a script instead of Rasa, and the honest people who use it."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette

from bot.channels.capabilities import NUMBERED
from bot.channels.installed import ChannelSettings, open_channels
from bot.channels.telegram import TelegramSettings
from bot.channels.web.api import ChatApi
from bot.channels.zalo_bot import ZaloBotSettings
from bot.clock import SystemClock
from bot.messages.turns import Turns
from tests.channels.zalo_oa.conftest import account_settings
from tests.drill.hostile_doors import SECRET, Door
from tests.messages.office import Intake
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import ZaloOaPeer

PATIENCE = 30.0
"""Seconds that an honest person waits for an answer."""
_STILL = random.Random(0)
"""An honest person's updates differ in nothing but their text and number."""


class House:
    """The service's inner half behind all its doors, on a free port."""

    def __init__(self, inner: Intake, http: httpx.AsyncClient) -> None:
        self.inner = inner
        self.http = http

    async def says(self, door: Door, chat: str, number: int) -> bool:
        """An honest message; whether it was taken and answered within `PATIENCE`."""
        update = door.honest(_STILL, chat, f"người thật {number}", number)
        body = json.dumps(update).encode()
        answer = await self.http.post(door.path, content=body, headers=dict(door.proof(body)))
        if answer.status_code != 200:
            return False
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.answers(door.name, chat, door.named(update)) == 1:
                return True
            await asyncio.sleep(0.005)
        return False

    def answers(self, channel: str, chat: str, update_id: str) -> int | None:
        """How many replies the one row of an update has; None when it has no row or is not answered yet."""
        found = self.inner.rows(
            "SELECT id FROM inbox WHERE channel = ? AND chat = ? AND update_id = ? AND state = 'done'",
            channel, chat, update_id,
        )  # fmt: skip
        if not found:
            return None
        [(count,)] = self.inner.rows("SELECT count(*) FROM outbox WHERE dedupe_key GLOB ?", f"inbox:{found[0][0]}:*")
        return int(count)

    async def conversation(self) -> str:
        """A new conversation on the web page."""
        begun: str = (await self.http.post("/api/chat", json={"text": "xin chào"})).json()["conversation"]
        return begun


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """All doors open, on a database in *folder*."""
    inner = Intake(folder / "hostile.sqlite", SystemClock())
    turns = Turns(inner.store, inner.clock, inner.people, inner.dialogue, inner.desk, numbered=NUMBERED)
    async with TelegramPeer() as telegram, ZaloBotPeer() as zalo_bot, ZaloOaPeer() as zalo_oa:
        with socket.socket(proto=socket.IPPROTO_TCP) as listener:
            listener.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            chosen = ChannelSettings(
                TelegramSettings(telegram.token, telegram.base_url, f"{address}/telegram", SECRET),
                ZaloBotSettings(zalo_bot.token, zalo_bot.base_url, f"{address}/zalo-bot", SECRET),
                account_settings(zalo_oa),
            )
            channels = open_channels(chosen, turns, store=inner.store, clock=inner.clock, people=inner.people)
            web = ChatApi(inner.store, inner.clock, inner.people, turns, rate_limit=False)
            app = Starlette(routes=[*web.routes(), *(route for channel in channels for route in channel.routes())])
            server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
            serving = asyncio.create_task(server.serve([listener]))
            for channel in channels:
                await channel.start()
            try:
                async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as http:
                    yield House(inner, http)
            finally:
                for channel in channels:
                    await channel.stop()
                server.should_exit = True
                await serving
                turns.close()
                inner.close()
