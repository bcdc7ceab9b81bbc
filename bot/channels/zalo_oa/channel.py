"""Takes the webhooks of a Zalo Official Account: proved, stored, answered with 200 within Zalo's two seconds."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from datetime import timedelta
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.carrier import Intake, State
from bot.channels.http import limited_body
from bot.channels.running import BackgroundChannel
from bot.channels.zalo_oa.carrier import ZaloOaCarrier
from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.codes import OPENED_BY_WRITING
from bot.channels.zalo_oa.rendering import CHANNEL
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.tokens import Tokens, token_state
from bot.channels.zalo_oa.updates import Receipt, signed, to_incoming, to_receipt
from bot.clock import Clock
from bot.errors import RetryLater, StoreError
from bot.messages.incoming import IncomingMessage, Kind
from bot.outbox import Outbox
from bot.outbox.outcomes import mark_delivered
from bot.people import People
from bot.store import Store

log = structlog.get_logger(__name__)

SIGNATURE_HEADER = "X-ZEvent-Signature"
TIMESTAMP_HEADER = "X-ZEvent-Timestamp"
ANSWER_SECONDS = 1.5
"""Zalo counts an answer after two seconds as none; what is not stored by then is to come again."""
WATCH_SECONDS = 60.0
ALARM_DAYS = 14.0
"""So long before the refresh token lapses the log says so, at every look."""
STILL_NEWS = timedelta(days=7)
"""What was held back is sent when the person writes, unless it is older than this."""


class ZaloOaChannel(BackgroundChannel):
    """One Official Account."""

    def __init__(self, settings: ZaloOaSettings, intake: Intake, *, store: Store, clock: Clock, people: People) -> None:
        super().__init__(CHANNEL)
        self._settings = settings
        self._intake = intake
        self._store = store
        self._clock = clock
        self._client = ZaloOaClient(settings)
        self._tokens = Tokens(settings, self._client, store, clock)
        self._outbox = Outbox(store, clock)
        self.carrier = ZaloOaCarrier(settings, self._client, self._tokens, store=store, clock=clock, people=people)
        self._storing: set[asyncio.Task[None]] = set()

    # --- life ----------------------------------------------------------------------------------------------------

    async def stop(self) -> None:
        """Ends cleanly: what is being stored is stored, and a token that is being exchanged is not lost."""
        await self._halt()
        await self._tokens.settle()
        if self._storing:
            await asyncio.wait(self._storing, timeout=ANSWER_SECONDS)
        await self._client.close()
        self.state = State.STOPPED

    def figures(self) -> dict[str, float]:
        """Whether it runs, and how long its tokens still live."""
        figures = super().figures()
        standing = token_state(self._store, self._settings, self._clock.now())
        if standing is not None:
            figures["access_token_seconds_left"] = standing.access_seconds_left
            figures["refresh_token_seconds_left"] = standing.refresh_seconds_left
            figures["token_trouble"] = float(standing.trouble is not None)
        return figures

    def routes(self) -> list[Route]:
        """The webhook for the public server; a GET shows that it is there."""
        path = self._settings.webhook_path
        return [Route(path, self._webhook, methods=["POST"]), Route(path, _here, methods=["GET"])]

    def entrance(self, payload: str = "") -> str | None:
        """The account's own address, which hands nothing over; None while its id is not set or it does not run."""
        running = self._settings.oa_id is not None and self.state is State.RUNNING
        return f"https://zalo.me/{self._settings.oa_id}" if running else None

    async def _run(self) -> None:
        """Refreshes tokens early, and says loudly what will otherwise fail silently one day."""
        if self._settings.oa_secret is None:
            log.warning("zalo_oa_webhook_takes_nothing", help="KHUYENCONG_ZALO_OA_SECRET chưa đặt")
        while True:
            try:
                await self._tokens.access()
                self.state = State.RUNNING
            except RetryLater as error:
                self.state = State.REJECTED if token_refused(self._store, self._settings, self._clock) else self.state
                log.warning("zalo_oa_no_token", reason=error.reason)
            except Exception:
                log.exception("zalo_oa_watch_failed")
            self.settled.set()
            await asyncio.to_thread(self._alarm)
            await asyncio.sleep(WATCH_SECONDS)

    def _alarm(self) -> None:
        standing = token_state(self._store, self._settings, self._clock.now())
        days = 0.0 if standing is None else standing.refresh_seconds_left / 86400
        if standing is not None and (days < ALARM_DAYS or standing.trouble is not None):
            log.error("zalo_oa_token_alarm", refresh_token_days_left=round(days, 1), trouble=standing.trouble)

    # --- webhook -------------------------------------------------------------------------------------------------

    async def _webhook(self, request: Request) -> Response:
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if self._settings.oa_secret is None:
            return PlainTextResponse("ok")  # the address is being entered at Zalo, before there is a secret
        event = _read(body)
        timestamps = (_timestamp(event), request.headers.get(TIMESTAMP_HEADER, ""))
        mac = request.headers.get(SIGNATURE_HEADER, "")
        if not mac and event == {}:
            return PlainTextResponse("ok")  # so Zalo asks, unsigned, whether an address is there before it is saved
        if not signed(body, timestamps, mac, app_id=self._settings.app_id, secret=self._settings.oa_secret):
            return PlainTextResponse("forbidden", status_code=403)
        if not isinstance(event, dict):
            return PlainTextResponse("not an event", status_code=400)
        return await self._heard(event, body)

    async def _heard(self, event: dict[str, Any], body: bytes) -> Response:
        receipt = to_receipt(event, self._settings.oa_id)
        if receipt is not None:
            await asyncio.to_thread(self._note, receipt)
            return PlainTextResponse("ok")
        message = self._understood(event, body)
        return PlainTextResponse("ok") if message is None else await self._stored(message)

    def _note(self, receipt: Receipt) -> None:
        try:
            with self._store.transaction() as db:
                mark_delivered(db, CHANNEL, receipt.chat, receipt.message_ids, self._clock.now())
        except (sqlite3.Error, StoreError) as error:
            # A figure in a report: not worth an event that Zalo sends again for an hour.
            log.warning("zalo_oa_receipt_lost", error=type(error).__name__)

    def _understood(self, event: dict[str, Any], body: bytes) -> IncomingMessage | None:
        try:
            return to_incoming(event, body, self._settings.oa_id)
        except Exception as error:
            # Zalo would send it again for an hour and then switch the webhook off.
            log.error("zalo_oa_event_unreadable", error=type(error).__name__)
            return None

    async def _stored(self, message: IncomingMessage) -> Response:
        task = asyncio.create_task(self._take(message))
        self._storing.add(task)
        task.add_done_callback(self._done)
        try:
            await asyncio.wait_for(asyncio.shield(task), ANSWER_SECONDS)
        except (StoreError, TimeoutError):
            return PlainTextResponse("try again", status_code=503)
        return PlainTextResponse("ok")

    async def _take(self, message: IncomingMessage) -> None:
        """Stores *message*, and lets go what waited for the person to write."""
        await self._intake.accept(message)
        if message.kind is not Kind.LEFT:
            since = self._clock.now() - STILL_NEWS
            await asyncio.to_thread(self._outbox.release, CHANNEL, message.chat, OPENED_BY_WRITING, since)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._storing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("zalo_oa_not_stored", error=type(error).__name__)


def token_refused(store: Store, settings: ZaloOaSettings, clock: Clock) -> bool:
    """Whether Zalo has refused the refresh token or the application, so that only a person can help."""
    standing = token_state(store, settings, clock.now())
    return standing is not None and standing.refused


async def _here(_: Request) -> Response:
    return PlainTextResponse("ok")


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _timestamp(event: Any) -> str:
    value = event.get("timestamp") if isinstance(event, dict) else None
    return str(value) if isinstance(value, str | int) else ""
