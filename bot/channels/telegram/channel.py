"""Takes updates from Telegram and hands them on; an update is confirmed only after it was stored.

The library's own polling loop confirms what it fetched while it is still in memory, so a crash would lose it.
That is why `Bot.get_updates` is called here and `Application` is not used.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, BotCommand, CallbackQuery, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channels.carrier import Intake, State
from bot.channels.http import GrowingPause, limited_body, silence_library_logs
from bot.channels.telegram.carrier import TelegramCarrier, as_delivery_error
from bot.channels.telegram.requests import QuietRequest, UpdatesRequest, has_id, readable
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.updates import ALLOWED_UPDATES, MENU, group_to_decline, to_incoming
from bot.errors import RetryLater, StoreError

log = structlog.get_logger(__name__)

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
GOODBYE_SECONDS = 2.0


class TelegramChannel:
    """One bot: by polling, or by a webhook when the settings name its address."""

    def __init__(self, settings: TelegramSettings, intake: Intake) -> None:
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
        self.state = State.STOPPED
        self.settled = asyncio.Event()
        """Set once Telegram has accepted or rejected the bot."""
        self._runner: asyncio.Task[None] | None = None
        self._side_jobs: set[asyncio.Task[None]] = set()
        self._declined: set[int] = set()
        self._offset = 0

    # --- life ----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begins in the background, so that a Telegram that cannot be reached does not hold up the rest."""
        silence_library_logs()
        self.state = State.CONNECTING
        self._runner = asyncio.create_task(self._run(), name="telegram")

    async def stop(self) -> None:
        """Ends cleanly: what was stored is confirmed, and what was not comes again at the next start."""
        if self._runner is not None:
            self._runner.cancel()
            await asyncio.gather(self._runner, return_exceptions=True)
        if self._side_jobs:
            await asyncio.wait(self._side_jobs, timeout=GOODBYE_SECONDS)
        if self._offset and self.state is State.RUNNING:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(GOODBYE_SECONDS):
                    await self._bot.get_updates(offset=self._offset, timeout=0, limit=1)
        await self._bot.shutdown()
        self.state = State.STOPPED

    def figures(self) -> dict[str, float]:
        """Whether it runs."""
        return {"running": float(self.state is State.RUNNING)}

    def routes(self) -> list[Route]:
        """The webhook for the public server; nothing when polling."""
        if self._settings.webhook_url is None:
            return []
        return [Route(urlsplit(self._settings.webhook_url).path, self._webhook, methods=["POST"])]

    def entrance(self, payload: str = "") -> str | None:
        """The bot's own address, once Telegram has told its name."""
        if self.state is not State.RUNNING:
            return None
        return f"{self._bot.link}?start={payload}" if payload else self._bot.link

    async def _run(self) -> None:
        try:
            await self._introduce()
            self.state = State.RUNNING
            self.settled.set()
            log.info("telegram_running", by="polling" if self._settings.webhook_url is None else "webhook")
            if self._settings.webhook_url is None:
                await self._poll()
        except InvalidToken:
            # The library's message repeats the token, so only the fact is logged.
            self.state = State.REJECTED
            self.settled.set()
            log.error("telegram_token_rejected", help="Telegram không nhận token này; lấy lại ở @BotFather")

    async def _introduce(self) -> None:
        """Makes ourselves known, as often as it takes."""
        pause = GrowingPause("telegram")
        while True:
            try:
                await self._bot.initialize()
                await self._choose_way_in()
                break
            except InvalidToken:
                raise
            except TelegramError as error:
                await pause.after(error, _asked_to_wait(error))
        commands = [BotCommand(command.name, command.description) for command in MENU]
        try:
            await self._bot.set_my_commands(commands)
            await self._bot.set_my_commands(commands, language_code="vi")
        except TelegramError as error:
            log.warning("telegram_menu_not_set", error=type(error).__name__)

    async def _choose_way_in(self) -> None:
        if self._settings.webhook_url is None:
            await self._bot.delete_webhook()
        else:
            await self._bot.set_webhook(
                self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=ALLOWED_UPDATES,
            )

    # --- polling -------------------------------------------------------------------------------------------------

    async def _poll(self) -> None:
        pause = GrowingPause("telegram")
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=self._offset or None, timeout=self._settings.poll_seconds, allowed_updates=ALLOWED_UPDATES
                )
                for update in updates:
                    await self._take(update)
                    self._offset = update.update_id + 1
                pause.over()
            except InvalidToken:
                raise
            except Exception as error:
                # Whatever it is, this loop is the only way in, so it goes on.
                await pause.after(error, _asked_to_wait(error))

    # --- webhook -------------------------------------------------------------------------------------------------

    async def _webhook(self, request: Request) -> Response:
        given = request.headers.get(PROOF_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._settings.webhook_secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        update = _read_update(body)
        if update is None:
            return PlainTextResponse("not an update", status_code=400)
        try:
            await self._take(update)
        except StoreError:
            # Telegram sends it again, which is what we want while the database cannot take it.
            return PlainTextResponse("try again", status_code=503)
        return PlainTextResponse("ok")

    # --- both ----------------------------------------------------------------------------------------------------

    async def _take(self, update: Update) -> None:
        """Stores one update; raises StoreError when it must come again."""
        if update.callback_query is not None:
            self._aside(self._stop_spinner(update.callback_query))
        try:
            group = group_to_decline(update)
            message = to_incoming(update)
            if message is not None:
                await self._intake.accept(message)
        except StoreError:
            raise
        except Exception as error:
            # One update that nobody can read must not keep everyone else's from arriving.
            log.error("telegram_update_unreadable", error=type(error).__name__)
            return
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
            await self._bot.send_message(
                group,
                "Khuyến công chỉ trò chuyện riêng với từng người, để thông tin của cơ sở không lộ ra nhóm."
                f" Mời anh/chị nhắn riêng: {self._bot.link}",
            )
        with suppress(TelegramError):
            await self._bot.leave_chat(group)


def _asked_to_wait(error: Exception) -> float:
    """Seconds that Telegram itself names; none for any other failure."""
    means = as_delivery_error(error) if isinstance(error, RetryAfter) else None
    return means.seconds if isinstance(means, RetryLater) else 0.0


def _read_update(body: bytes) -> Update | None:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    # One that has an id but cannot be read is taken as empty: refused, it would come again for a day.
    return Update.de_json(readable(data), None) if has_id(data) else None
