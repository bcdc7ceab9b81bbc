"""The whole examination, in the order in which one would mend things."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from bot.channels.installed import ChannelSettings
from bot.channels.telegram import telegram_settings
from bot.channels.telegram.checkup import check_up as ask_telegram
from bot.channels.zalo_bot import zalo_bot_settings
from bot.channels.zalo_bot.checkup import check_up as ask_zalo_bot
from bot.channels.zalo_oa import TokenState, ZaloOaSettings, token_state, zalo_oa_settings
from bot.clock import Clock
from bot.doctor import machine, platforms
from bot.errors import SettingsError, StoreError
from bot.leads import read_policy
from bot.replies.doctor_lines import Observation
from bot.settings import Settings
from bot.store import Store

T = TypeVar("T")


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[Observation]:
    """Everything that was looked at, as it is found."""
    faults: list[Observation] = []
    chosen = ChannelSettings(
        telegram=_read(telegram_settings, settings, faults),
        zalo_bot=_read(zalo_bot_settings, settings, faults),
        zalo_oa=_read(zalo_oa_settings, settings, faults),
    )
    _read(lambda given: read_policy(given.given), settings, faults)
    for found in faults or [machine.settings_file(settings)]:
        yield found
    for found in await asyncio.to_thread(lambda: list(machine.files(settings))):
        yield found
    yield machine.disk(settings)
    yield await platforms.clock(chosen, clock)
    yield machine.model(settings)
    async for found in _channels(chosen, settings, clock):
        yield found
    yield machine.staff_page(settings)
    yield machine.backup(settings, clock.now())


def _read(read: Callable[[Settings], T | None], settings: Settings, faults: list[Observation]) -> T | None:
    """One part of the settings; what is wrong with it is told, and the others are looked at all the same."""
    try:
        return read(settings)
    except SettingsError as error:
        faults.append(Observation("settings_wrong", {"why": str(error)}))
        return None


async def _channels(chosen: ChannelSettings, settings: Settings, clock: Clock) -> AsyncIterator[Observation]:
    if chosen.telegram:
        standing = await ask_telegram(chosen.telegram, clock.now())
        for found in platforms.telegram(chosen.telegram, standing, settings.given.get("TELEGRAM_NAME")):
            yield found
    elif settings.telegram_token is None:
        yield Observation("telegram_absent")
    if chosen.zalo_bot:
        for found in platforms.zalo_bot(chosen.zalo_bot, await ask_zalo_bot(chosen.zalo_bot)):
            yield found
    elif "ZALO_BOT_TOKEN" not in settings.given:
        yield Observation("zalo_bot_absent")
    if chosen.zalo_oa:
        for found in platforms.zalo_oa(chosen.zalo_oa, _tokens(settings, chosen.zalo_oa, clock)):
            yield found
    elif "ZALO_OA_APP_ID" not in settings.given:
        yield Observation("zalo_oa_absent")


def _tokens(settings: Settings, account: ZaloOaSettings, clock: Clock) -> TokenState | None:
    """How the account's tokens stand in the database; None when there are none, or it cannot be read."""
    if not settings.database.exists():
        return None
    store = Store(settings.database)
    try:
        return token_state(store, account, clock.now())
    except (sqlite3.Error, StoreError):
        return None
    finally:
        store.close()
