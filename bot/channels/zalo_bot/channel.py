"""Takes updates from the Zalo Bot Platform and hands them on, by long poll or webhook; each is stored before the next."""

from __future__ import annotations

import asyncio
import hmac
import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.carrier import Intake, State
from bot.channels.http import GrowingPause, limited_body, silence_library_logs
from bot.channels.zalo_bot.carrier import ZaloBotCarrier
from bot.channels.zalo_bot.client import SlowDown, TokenRejected, ZaloBotClient
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.channels.zalo_bot.updates import CHANNEL, to_incoming, updates_in
from bot.errors import DeliveryError, StoreError

log = structlog.get_logger(__name__)

PROOF_HEADER = "X-Bot-Api-Secret-Token"
GOODBYE_SECONDS = 2.0


class ZaloBotChannel:
    """One bot: by polling, or by a webhook when the settings name its address."""

    def __init__(self, settings: ZaloBotSettings, intake: Intake) -> None:
        self._settings = settings
        self._intake = intake
        self._client = ZaloBotClient(settings.base_url, settings.token)
        self.carrier = ZaloBotCarrier(self._client)
        self.state = State.STOPPED
        self.settled = asyncio.Event()
        """Set once the platform has accepted or rejected the bot."""
        self._own_id: str | None = None
        self._runner: asyncio.Task[None] | None = None
        self._storing: asyncio.Task[None] | None = None

    # --- life ----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begins in the background, so that a platform that cannot be reached does not hold up the rest."""
        silence_library_logs()
        self.state = State.CONNECTING
        self._runner = asyncio.create_task(self._run(), name=CHANNEL)

    async def stop(self) -> None:
        """Ends cleanly: an update that is being stored is stored first, because it would not come again."""
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
        if self._storing is not None:
            await asyncio.wait({self._storing}, timeout=GOODBYE_SECONDS)
            self._storing.cancel()
        await self._client.close()
        self.state = State.STOPPED

    def figures(self) -> dict[str, float]:
        """Whether it runs."""
        return {"running": float(self.state is State.RUNNING)}

    def routes(self) -> list[Route]:
        """The webhook for the public server; nothing when polling."""
        if self._settings.webhook_url is None:
            return []
        return [Route(urlsplit(self._settings.webhook_url).path, self._webhook, methods=["POST"])]

    def entrance(self, payload: str = "") -> None:
        """No address is known that opens a chat with a bot of this platform."""

    async def _run(self) -> None:
        try:
            await self._introduce()
            self.state = State.RUNNING
            self.settled.set()
            log.info("zalo_bot_running", by="polling" if self._settings.webhook_url is None else "webhook")
            if self._settings.webhook_url is None:
                await self._poll()
        except TokenRejected:
            self.state = State.REJECTED
            self.settled.set()
            log.error("zalo_bot_token_rejected", help="Zalo không nhận token này; xem lại ở trang quản lý bot")

    async def _introduce(self) -> None:
        pause = GrowingPause(CHANNEL)
        while True:
            try:
                me = await self._client.call("getMe")
                self._own_id = str(me["id"]) if isinstance(me, dict) and "id" in me else None
                await self._choose_way_in()
                return
            except TokenRejected:
                raise
            except DeliveryError as error:
                await pause.after(error, _asked(error))

    async def _choose_way_in(self) -> None:
        if self._settings.webhook_url is not None:
            await self._client.call(
                "setWebhook", url=self._settings.webhook_url, secret_token=self._settings.webhook_secret
            )
            return
        # A bot that never had a webhook answers with an error here, which is as good.
        with suppress(DeliveryError):
            await self._client.call("deleteWebhook")

    # --- polling -------------------------------------------------------------------------------------------------

    async def _poll(self) -> None:
        pause = GrowingPause(CHANNEL)
        loop = asyncio.get_running_loop()
        while True:
            next_poll = loop.time() + self._settings.poll_interval
            try:
                for update in updates_in(await self._client.updates(self._settings.poll_seconds)):
                    self._storing = asyncio.create_task(self._keep(update))
                    await asyncio.shield(self._storing)
                pause.over()
            except TokenRejected:
                raise
            except Exception as error:
                # Whatever it is, this loop is the only way in, so it goes on.
                await pause.after(error, _asked(error))
            await asyncio.sleep(max(0.0, next_poll - loop.time()))

    async def _keep(self, update: Any) -> None:
        """Stores one update, as often as it takes: the platform counts it as read and may not give it again."""
        pause = GrowingPause(CHANNEL)
        while True:
            try:
                return await self._take(update)
            except StoreError as error:
                await pause.after(error)

    # --- webhook -------------------------------------------------------------------------------------------------

    async def _webhook(self, request: Request) -> Response:
        given = request.headers.get(PROOF_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._settings.webhook_secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        try:
            updates = updates_in(json.loads(body))
        except (ValueError, RecursionError):
            return PlainTextResponse("not an update", status_code=400)
        try:
            for update in updates:
                await self._take(update)
        except StoreError:
            return PlainTextResponse("try again", status_code=503)
        return PlainTextResponse("ok")

    # --- both ----------------------------------------------------------------------------------------------------

    async def _take(self, update: Any) -> None:
        """Stores one update; raises StoreError when it must be tried again."""
        try:
            message = to_incoming(update, self._own_id)
            if message is not None:
                await self._intake.accept(message)
        except StoreError:
            raise
        except Exception as error:
            # One update that nobody can read must not keep everyone else's from arriving.
            log.error("zalo_bot_update_unreadable", error=type(error).__name__)


def _asked(error: Exception) -> float:
    """Seconds that the platform itself wants us to wait."""
    return error.seconds if isinstance(error, SlowDown) else 0.0
