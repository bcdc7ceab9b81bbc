"""What the channels' platforms say: tokens, webhooks, and the right time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from bot.channels.http import trusted
from bot.channels.installed import ChannelSettings
from bot.channels.standing import Contact, Standing
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.channels.zalo_oa.channel import ALARM_DAYS
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.tokens import APPLICATION_REFUSED, REFUSED, TokenState
from bot.clock import Clock
from bot.doctor.machine import zone_is_sane
from bot.replies.doctor_lines import Observation

DRIFT_SECONDS = 20.0
"""More than a slow answer explains; the half hours of offers and the windows of Zalo are counted by this clock."""
_DATE_SECONDS = 8.0


async def clock(settings: ChannelSettings, here: Clock) -> Observation:
    """The zone data of this machine, and its time beside that of the first channel host that answers."""
    if not zone_is_sane():
        return Observation("zone_wrong")
    async with httpx.AsyncClient(timeout=_DATE_SECONDS, verify=trusted()) as http:
        for address in _hosts(settings):
            there = await _time_at(http, address)
            if there is not None:
                seconds = (here.now() - there).total_seconds()
                values = {"seconds": f"{seconds:+.0f}", "host": urlsplit(address).hostname or ""}
                return Observation("clock_wrong" if abs(seconds) > DRIFT_SECONDS else "clock_good", values)
    return Observation("clock_alone")


def _hosts(settings: ChannelSettings) -> Iterator[str]:
    if settings.telegram:
        yield settings.telegram.base_url
    if settings.zalo_bot:
        yield settings.zalo_bot.base_url
    if settings.zalo_oa:
        yield settings.zalo_oa.base_url


async def _time_at(http: httpx.AsyncClient, address: str) -> datetime | None:
    """The time that a server writes over each of its answers, whatever it answers."""
    try:
        answer = await http.head(address)
        return parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return None


def telegram(settings: TelegramSettings, standing: Standing, given_name: str | None) -> Iterator[Observation]:
    """Token, name and way in of the Telegram bot."""
    if standing.contact is not Contact.TALKS:
        yield _no_contact("telegram", standing, settings.base_url)
        return
    named = (given_name or "").lstrip("@")
    if named and named.lower() != standing.name.lower():
        yield Observation("telegram_name", {"given": named, "name": standing.name})
    else:
        yield Observation("telegram_good", {"name": standing.name})
    wanted = settings.webhook_url or ""
    yield _hook_fault("Telegram", wanted, standing) or Observation(
        "telegram_hooked" if wanted else "telegram_polls", {"waiting": str(standing.waiting)}
    )


def zalo_bot(settings: ZaloBotSettings, standing: Standing) -> Iterator[Observation]:
    """Token and way in of the Zalo bot."""
    if standing.contact is not Contact.TALKS:
        yield _no_contact("zalo_bot", standing, settings.base_url)
        return
    yield Observation("zalo_bot_good", {"name": standing.name})
    wanted = settings.webhook_url or ""
    yield _hook_fault("Zalo Bot", wanted, standing) or Observation("zalo_bot_hooked" if wanted else "zalo_bot_polls")


def zalo_oa(settings: ZaloOaSettings, tokens: TokenState | None) -> Iterator[Observation]:
    """Tokens and signature of the Official Account; Zalo is not asked, because each refresh token works once."""
    yield _tokens(tokens)
    if settings.oa_secret is None:
        yield Observation("zalo_oa_unsigned")
    else:
        yield Observation("zalo_oa_signed", {"path": settings.webhook_path})


def _tokens(tokens: TokenState | None) -> Observation:
    if tokens is None:
        return Observation("zalo_oa_fresh")
    days = int(tokens.refresh_seconds_left // 86400)
    if tokens.trouble is not None and tokens.trouble.startswith(REFUSED):
        return Observation("zalo_oa_refused")
    if tokens.trouble is not None and tokens.trouble.startswith(APPLICATION_REFUSED):
        return Observation("zalo_oa_application")
    if days < ALARM_DAYS:
        return Observation("zalo_oa_lapsing", {"days": str(days)})
    if tokens.trouble is not None:
        return Observation("zalo_oa_trouble", {"why": tokens.trouble})
    return Observation("zalo_oa_good", {"days": str(days)})


def _no_contact(channel: str, standing: Standing, address: str) -> Observation:
    if standing.contact is Contact.REFUSED:
        return Observation(f"{channel}_refused")
    return Observation(f"{channel}_silent", {"host": urlsplit(address).hostname or address})


def _hook_fault(channel: str, wanted: str, standing: Standing) -> Observation | None:
    if not wanted and standing.webhook:
        return Observation("hook_foreign", {"channel": channel, "url": standing.webhook})
    if standing.webhook != wanted:
        return Observation("hook_lost", {"channel": channel})
    if wanted and standing.trouble:
        return Observation("hook_trouble", {"channel": channel, "why": standing.trouble, "url": wanted})
    return None
