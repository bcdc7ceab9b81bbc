"""Takes updates from Telegram and hands them on; an update is confirmed only after it was stored.

The library's own polling loop confirms what it fetched while it is still in memory, so a crash would lose it.
That is why `Bot.get_updates` is called here and `Application` is not used.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot, BotCommand, CallbackQuery, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.bot_channel import BotChannel
from bot.channels.carrier import Intake, State
from bot.channels.telegram.carrier import TelegramCarrier, as_delivery_error
from bot.channels.telegram.requests import QuietRequest, UpdatesRequest, has_id, readable
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.updates import ALLOWED_UPDATES, CHANNEL, MENU, group_to_decline, to_incoming
from bot.errors import RetryLater
from bot.replies.channel_lines import not_in_groups

log = structlog.get_logger(__name__)

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
GOODBYE_SECONDS = 2.0


class TelegramChannel(BotChannel[Update]):
    """One bot: by polling, or by a webhook when the settings name its address."""

    proof_header = PROOF_HEADER
    token_refused = InvalidToken
    trouble = TelegramError
    where_tokens_are = "Telegram không nhận token này; lấy lại ở @BotFather"

    def __init__(self, settings: TelegramSettings, intake: Intake) -> None:
        super().__init__(CHANNEL, settings)
        self._settings = settings
        self._intake = intake
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.base_url}/bot",
            base_file_url=f"{settings.base_url}/file/bot",
            request=QuietRequest(read_timeout=10.0, pool_timeout=10.0),
            get_updates_request=UpdatesRequest(connection_pool_size=2),
        )
        self.carrier = TelegramCarrier(self._bot)
        self._side_jobs: set[asyncio.Task[None]] = set()
        self._declined: set[int] = set()
        self._offset = 0

    async def stop(self) -> None:
        """Ends cleanly: what was stored is confirmed, and what was not comes again at the next start."""
        await self._halt()
        if self._side_jobs:
            await asyncio.wait(self._side_jobs, timeout=GOODBYE_SECONDS)
        if self._offset and self.state is State.RUNNING:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await self._bot.get_updates(offset=self._offset, timeout=0, limit=1)
        await self._bot.shutdown()
        self.state = State.STOPPED

    def entrance(self, payload: str = "") -> str | None:
        """The bot's own address, once Telegram has told its name."""
        if self.state is not State.RUNNING:
            return None
        return f"{self._bot.link}?start={payload}" if payload else self._bot.link

    # --- the way in ----------------------------------------------------------------------------------------------

    async def _introduce(self) -> None:
        await super()._introduce()
        commands = [BotCommand(command.name, command.description) for command in MENU]
        try:
            await self._bot.set_my_commands(commands)
            await self._bot.set_my_commands(commands, language_code="vi")
        except TelegramError as error:
            log.warning("telegram_menu_not_set", error=type(error).__name__)

    async def _present(self) -> None:
        await self._bot.initialize()
        if self._settings.webhook_url is None:
            await self._bot.delete_webhook()
        else:
            await self._bot.set_webhook(
                self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
            )

    async def _fetch(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset or None, timeout=self._settings.poll_seconds, allowed_updates=ALLOWED_UPDATES
        )
        for update in updates:
            await self._take(update)
            self._offset = update.update_id + 1

    def _read(self, body: bytes) -> Sequence[Update]:
        data = json.loads(body)
        # One that has an id but cannot be read is taken as empty: refused, it would come again for a day.
        update = Update.de_json(readable(data), None) if has_id(data) else None
        if update is None:
            raise ValueError("no update")
        return (update,)

    def _asked_to_wait(self, error: Exception) -> float:
        means = as_delivery_error(error) if isinstance(error, RetryAfter) else None
        return means.seconds if isinstance(means, RetryLater) else 0.0

    # --- updates -------------------------------------------------------------------------------------------------

    async def _hand_on(self, update: Update) -> None:
        if update.callback_query is not None:
            self._aside(self._stop_spinner(update.callback_query))
        message = to_incoming(update)
        if message is not None:
            await self._intake.accept(message)
        group = group_to_decline(update)
        if group is not None and group not in self._declined:
            self._declined.add(group)
            self._aside(self._decline(group))

    def _aside(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._side_jobs.add(task)
        task.add_done_callback(self._side_jobs.discard)

    async def _stop_spinner(self, query: CallbackQuery) -> None:
        """Answers a press at once; an old one that Telegram no longer waits for is none the worse."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(query.id)

    async def _decline(self, group: int) -> None:
        with suppress(TelegramError):
            await self._bot.send_message(group, not_in_groups(self._bot.link))
        with suppress(TelegramError):
            await self._bot.leave_chat(group)
