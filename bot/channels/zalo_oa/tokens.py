"""The account's tokens: each refresh token can be used once, so the pair is in the database before it is used.

One refresher at a time: a lock within the process and a claim in the row between processes.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.channels.zalo_oa.client import OaError, TokenPair, ZaloOaClient
from bot.channels.zalo_oa.codes import APPLICATION
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.clock import Clock
from bot.errors import RetryLater
from bot.store import Store, as_text, from_text

log = structlog.get_logger(__name__)

EARLY = timedelta(hours=6)
"""A token is exchanged so long before it ends, but not before three quarters of its life."""
CLAIM = timedelta(seconds=45)
"""After so long a refresher that said nothing is taken for dead."""
BRAND_NEW = timedelta(minutes=10)
"""A token of this age that is refused lacks a permission; refreshing again would only use up refresh tokens."""
CONSENT_PAUSE_SECONDS = 300.0
PERMISSION_PAUSE_SECONDS = 900.0
WAIT_SECONDS = 1.0

REFUSED, APPLICATION_REFUSED = "refused", "application refused"
"""How `TokenState.trouble` begins when the platform refused a refresh token, or the application that brought it."""


@dataclass(frozen=True, slots=True)
class TokenState:
    """How things stand, for metrics and alarms."""

    access_seconds_left: float
    refresh_seconds_left: float
    trouble: str | None
    """Why the last refresh failed; None when it did not."""

    @property
    def refused(self) -> bool:
        """Whether the platform refused the last refresh, so that only a person can help."""
        return self.trouble is not None and self.trouble.startswith((REFUSED, APPLICATION_REFUSED))


@dataclass(frozen=True, slots=True)
class _Row:
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    refreshed_at: datetime
    refreshing_until: datetime | None
    trouble: str | None

    def fresh(self, now: datetime) -> bool:
        early = min(EARLY, (self.expires_at - self.refreshed_at) / 4)
        return now < self.expires_at - early


class Tokens:
    """Gives an access token that can be used now."""

    def __init__(self, settings: ZaloOaSettings, client: ZaloOaClient, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._client = client
        self._store = store
        self._clock = clock
        self._one_refresher = asyncio.Lock()
        self._refreshing: asyncio.Task[str] | None = None
        self._refused_until: datetime | None = None

    async def access(self, *, refused: str | None = None) -> str:
        """A valid access token, another one than *refused*; RetryLater when there is none now."""
        async with self._one_refresher:
            row = await asyncio.to_thread(self._current)
            now = self._clock.now()
            if row.access != refused and row.fresh(now):
                return row.access
            if row.access and row.access == refused and now - row.refreshed_at < BRAND_NEW:
                raise RetryLater(PERMISSION_PAUSE_SECONDS, "Zalo OA refuses a brand-new token")
            try:
                # A refresh that was begun is finished, whoever stops waiting for it: its answer cannot be had twice.
                self._refreshing = asyncio.create_task(self._refresh(row))
                return await asyncio.shield(self._refreshing)
            except RetryLater:
                still_good = row.access and row.access != refused and now < row.expires_at
                if not still_good:
                    raise
                return row.access

    async def settle(self) -> None:
        """Waits for a refresh that is under way."""
        if self._refreshing is not None:
            await asyncio.gather(self._refreshing, return_exceptions=True)

    async def _refresh(self, row: _Row) -> str:
        if self._refused_until is not None and self._clock.now() < self._refused_until:
            raise RetryLater(CONSENT_PAUSE_SECONDS, "Zalo OA needs consent again")
        if not await asyncio.to_thread(self._claim, row):
            raise RetryLater(WAIT_SECONDS, "another process refreshes the token")
        try:
            pair = await self._client.refresh(row.refresh)
        except OaError as error:
            # Only a person can help; asking at every message does not.
            self._refused_until = self._clock.now() + timedelta(seconds=CONSENT_PAUSE_SECONDS)
            await asyncio.to_thread(self._note_trouble, _told(error.code))
            raise RetryLater(CONSENT_PAUSE_SECONDS, "Zalo OA needs consent again") from None
        except RetryLater as error:
            await asyncio.to_thread(self._note_trouble, error.reason)
            raise
        await self._keep_surely(pair)
        log.info("zalo_oa_token_refreshed", lives_seconds=pair.seconds)
        return pair.access

    async def _keep_surely(self, pair: TokenPair) -> None:
        """Stores *pair*, as often as it takes: it exists nowhere else."""
        while True:
            try:
                return await asyncio.to_thread(self._keep, pair)
            except sqlite3.Error:
                log.exception("zalo_oa_token_not_stored")
                await asyncio.sleep(WAIT_SECONDS)

    # --- the row -------------------------------------------------------------------------------------------------

    def _current(self) -> _Row:
        """The tokens as they are, begun anew from the setting when that was changed."""
        seed = hashlib.sha256(self._settings.refresh_token.encode()).hexdigest()
        app_id = self._settings.app_id
        found = self._store.db.conn.execute("SELECT seed FROM zalo_tokens WHERE app_id = ?", (app_id,)).fetchone()
        if found is None or found[0] != seed:
            now = as_text(self._clock.now())
            with self._store.transaction() as db:
                db.conn.execute(
                    "INSERT OR REPLACE INTO zalo_tokens"
                    " (app_id, seed, access_token, refresh_token, expires_at, refreshed_at) VALUES (?, ?, '', ?, ?, ?)",
                    (app_id, seed, self._settings.refresh_token, now, now),
                )
        return _load(self._store, app_id)

    def _claim(self, row: _Row) -> bool:
        """Takes the right to refresh *row*; False when another has it or has already done it."""
        now = self._clock.now()
        with self._store.transaction() as db:
            claimed = db.conn.execute(
                "UPDATE zalo_tokens SET refreshing_until = ? WHERE app_id = ? AND refresh_token = ?"
                " AND (refreshing_until IS NULL OR refreshing_until < ?)",
                (as_text(now + CLAIM), self._settings.app_id, row.refresh, as_text(now)),
            )
            return claimed.rowcount == 1

    def _keep(self, pair: TokenPair) -> None:
        now = self._clock.now()
        with self._store.transaction() as db:
            db.conn.execute(
                "UPDATE zalo_tokens SET access_token = ?, refresh_token = ?, expires_at = ?, refreshed_at = ?,"
                " refreshing_until = NULL, trouble = NULL WHERE app_id = ?",
                (
                    pair.access,
                    pair.refresh,
                    as_text(now + timedelta(seconds=pair.seconds)),
                    as_text(now),
                    self._settings.app_id,
                ),
            )

    def _note_trouble(self, trouble: str) -> None:
        with self._store.transaction() as db:
            db.conn.execute(
                "UPDATE zalo_tokens SET refreshing_until = NULL, trouble = ? WHERE app_id = ?",
                (trouble, self._settings.app_id),
            )


def _told(code: int) -> str:
    """Tells the log what a person must do about a refusal, and gives the refusal in short."""
    if code in APPLICATION:
        settings = "KHUYENCONG_ZALO_OA_APP_ID, KHUYENCONG_ZALO_OA_APP_SECRET"
        log.error("zalo_oa_application_refused", code=code, help=f"docs/how-to/connect-zalo.md: xem lại {settings}")
        return f"{APPLICATION_REFUSED} ({code})"
    # Most likely the chain is broken.
    log.error("zalo_oa_consent_needed", code=code, help="docs/how-to/connect-zalo.md: xin lại refresh token")
    return f"{REFUSED} ({code})"


def _load(store: Store, app_id: str) -> _Row:
    row: Any = store.db.conn.execute(
        "SELECT access_token, refresh_token, expires_at, refreshed_at, refreshing_until, trouble"
        " FROM zalo_tokens WHERE app_id = ?",
        (app_id,),
    ).fetchone()
    until = from_text(row[4]) if row[4] else None
    return _Row(row[0], row[1], from_text(row[2]), from_text(row[3]), until, row[5])


def token_state(store: Store, settings: ZaloOaSettings, now: datetime) -> TokenState | None:
    """How the tokens stand; None before the first use."""
    if not store.db.conn.execute("SELECT 1 FROM zalo_tokens WHERE app_id = ?", (settings.app_id,)).fetchone():
        return None
    row = _load(store, settings.app_id)
    lapses = row.refreshed_at + timedelta(days=settings.refresh_days)
    return TokenState((row.expires_at - now).total_seconds(), (lapses - now).total_seconds(), row.trouble)
