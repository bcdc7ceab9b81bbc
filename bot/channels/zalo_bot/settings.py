"""What a Zalo bot needs to run, checked before anything is started."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.channels.webhook_settings import check_base, check_secret, check_url
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings

API = "https://bot-api.zaloplatforms.com"
"""The newer of the two hosts seen in clients; the other is https://bot-api.zapps.me."""
SHORTEST_SECRET = 8
_TOKEN = re.compile(r"\d{3,30}:[A-Za-z0-9_-]{8,200}")


@dataclass(frozen=True, slots=True)
class ZaloBotSettings:
    """One bot. Neither the token nor the secret is ever shown or logged."""

    token: str = field(repr=False)
    base_url: str = API
    webhook_url: str | None = None
    """Public https address of our webhook; None means polling."""
    webhook_secret: str = field(default="", repr=False)
    poll_seconds: int = 30
    """How long the platform holds a poll open."""
    poll_interval: float = 1.0
    """Seconds between the beginnings of two polls at least: a bot was seen to answer every poll at once, for ever."""


def zalo_bot_settings(settings: Settings) -> ZaloBotSettings | None:
    """The bot's settings, None when no token is set; raises SettingsError with one clear line."""
    given = settings.given
    token = given.get("ZALO_BOT_TOKEN")
    if token is None:
        return None
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            f"{PREFIX}ZALO_BOT_TOKEN: không đúng dạng token của Zalo Bot (dãy số, dấu hai chấm, dãy chữ), hãy chép lại đủ cả dòng"
            " / not a Zalo Bot token, copy the whole line again"
        )
    url, secret = given.get("ZALO_BOT_WEBHOOK_URL"), given.get("ZALO_BOT_SECRET", "")
    if url is not None:
        check_url("ZALO_BOT_WEBHOOK_URL", url, "https://ten-mien.vn/zalo-bot")
        check_secret("ZALO_BOT_SECRET", secret, SHORTEST_SECRET)
    return ZaloBotSettings(
        token=token,
        base_url=check_base("ZALO_BOT_BASE_URL", given.get("ZALO_BOT_BASE_URL", API)),
        webhook_url=url,
        webhook_secret=secret,
    )
