"""Takes updates from the Zalo Bot Platform and hands them on, by long poll or webhook; each is stored before the next."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.channels.bot_channel import BotChannel
from bot.channels.carrier import Intake, State
from bot.channels.http import GrowingPause
from bot.channels.zalo_bot.carrier import ZaloBotCarrier
from bot.channels.zalo_bot.client import SlowDown, TokenRejected, ZaloBotClient
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.channels.zalo_bot.updates import CHANNEL, to_incoming, updates_in
from bot.errors import DeliveryError, StoreError

PROOF_HEADER = "X-Bot-Api-Secret-Token"
GOODBYE_SECONDS = 2.0

ZaloUpdate = Mapping[str, Any]


class ZaloBotChannel(BotChannel[ZaloUpdate]):
    """One bot: by polling, or by a webhook when the settings name its address."""

    proof_header = PROOF_HEADER
    token_refused = TokenRejected
    trouble = DeliveryError
    where_tokens_are = "Zalo không nhận token này; xem lại ở trang quản lý bot"

    def __init__(self, settings: ZaloBotSettings, intake: Intake) -> None:
        super().__init__(CHANNEL, settings)
        self._settings = settings
        self._intake = intake
        self._client = ZaloBotClient(settings.base_url, settings.token)
        self.carrier = ZaloBotCarrier(self._client)
        self._own_id: str | None = None
        self._storing: asyncio.Task[None] | None = None
        self._next_poll = 0.0

    async def stop(self) -> None:
        """Ends cleanly: an update that is being stored is stored first, because it would not come again."""
        await self._halt()
        if self._storing is not None:
            await asyncio.wait({self._storing}, timeout=GOODBYE_SECONDS)
            self._storing.cancel()
        await self._client.close()
        self.state = State.STOPPED

    def entrance(self, payload: str = "") -> None:
        """No address is known that opens a chat with a bot of this platform."""

    # --- the way in ----------------------------------------------------------------------------------------------

    async def _present(self) -> None:
        me = await self._client.call("getMe")
        self._own_id = str(me["id"]) if isinstance(me, dict) and "id" in me else None
        if self._settings.webhook_url is not None:
            await self._client.call(
                "setWebhook", url=self._settings.webhook_url, secret_token=self._settings.webhook_secret
            )
            return
        # A bot that never had a webhook answers with an error here, which is as good.
        with suppress(DeliveryError):
            await self._client.call("deleteWebhook")

    async def _fetch(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._next_poll - loop.time()))
        self._next_poll = loop.time() + self._settings.poll_interval
        for update in updates_in(await self._client.updates(self._settings.poll_seconds)):
            self._storing = asyncio.create_task(self._keep(update))
            await asyncio.shield(self._storing)

    async def _keep(self, update: ZaloUpdate) -> None:
        """Stores one update, as often as it takes: the platform counts it as read and may not give it again."""
        pause = GrowingPause(CHANNEL)
        while True:
            try:
                return await self._take(update)
            except StoreError as error:
                await pause.after(error)

    def _read(self, body: bytes) -> Sequence[ZaloUpdate]:
        return updates_in(json.loads(body))

    def _asked_to_wait(self, error: Exception) -> float:
        return error.seconds if isinstance(error, SlowDown) else 0.0

    # --- updates -------------------------------------------------------------------------------------------------

    async def _hand_on(self, update: ZaloUpdate) -> None:
        message = to_incoming(update, self._own_id)
        if message is not None:
            await self._intake.accept(message)
