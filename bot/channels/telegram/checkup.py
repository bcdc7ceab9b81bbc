"""Asks Telegram how a bot stands, beside the running service."""

from __future__ import annotations

from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.http import silence_library_logs
from bot.channels.standing import Contact, Standing
from bot.channels.telegram.requests import QuietRequest
from bot.channels.telegram.settings import TelegramSettings

RECENT = timedelta(hours=1)
_SECONDS = 8.0


async def check_up(settings: TelegramSettings, now: datetime) -> Standing:
    """Whether the token is good and where updates go; never raises, and never fetches an update."""
    silence_library_logs()
    request, unused = (QuietRequest(read_timeout=_SECONDS, connect_timeout=_SECONDS) for _ in range(2))
    bot = Bot(settings.token, base_url=f"{settings.base_url}/bot", request=request, get_updates_request=unused)
    try:
        async with bot:
            hook = await bot.get_webhook_info()
            failed = hook.last_error_date
            recent = failed is not None and now - failed < RECENT
            return Standing(
                Contact.TALKS,
                bot.username,
                hook.url,
                hook.pending_update_count,
                (hook.last_error_message or "?") if recent else "",
            )
    except InvalidToken:
        return Standing(Contact.REFUSED)
    except TelegramError:
        return Standing(Contact.SILENT)
