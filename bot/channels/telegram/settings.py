"""What Telegram needs to run, checked before anything is started."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.channels.webhook_settings import check_secret, check_url
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings

OFFICIAL_API = "https://api.telegram.org"
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
SHORTEST_SECRET = 16


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot. Neither the token nor the secret is ever shown or logged."""

    token: str = field(repr=False)
    base_url: str = OFFICIAL_API
    webhook_url: str | None = None
    """Public https address of our webhook; None means polling."""
    webhook_secret: str = field(default="", repr=False)
    poll_seconds: int = 30


def telegram_settings(settings: Settings) -> TelegramSettings | None:
    """The bot's settings, None when no token is set; raises SettingsError with one clear line."""
    if settings.telegram_token is None:
        return None
    check_token(settings.telegram_token)
    if settings.telegram_webhook_url is not None:
        check_url("TELEGRAM_WEBHOOK_URL", settings.telegram_webhook_url, "https://ten-mien.vn/telegram")
        check_secret("TELEGRAM_SECRET", settings.telegram_secret or "", SHORTEST_SECRET)
    return TelegramSettings(
        token=settings.telegram_token,
        base_url=(settings.telegram_base_url or OFFICIAL_API).rstrip("/"),
        webhook_url=settings.telegram_webhook_url,
        webhook_secret=settings.telegram_secret or "",
    )


def check_token(token: str) -> None:
    """Raises SettingsError when *token* cannot be one that BotFather gave; the token itself is not repeated."""
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            f"{PREFIX}TELEGRAM_TOKEN: không đúng dạng token của @BotFather (dãy số, dấu hai chấm, dãy chữ), hãy chép lại đủ cả dòng"
            " / not a BotFather token, copy the whole line again"
        )
