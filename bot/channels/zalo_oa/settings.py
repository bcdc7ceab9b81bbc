"""What a Zalo Official Account needs to run, and the platform's rules that change over time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from bot.channels.webhook_settings import check_base
from bot.clock import VIETNAM
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings

_NAME = "ZALO_OA_"
_DIGITS = re.compile(r"\d{5,30}")
_NIGHT = re.compile(r"([01]?\d|2[0-3])-([01]?\d|2[0-3])")
_TEMPLATE = re.compile(r"([a-z_]{3,40})=(\d{1,20})")


@dataclass(frozen=True, slots=True)
class Night:
    """The hours of the day in Vietnam in which templates may not be sent."""

    begins: time = time(22)
    ends: time = time(6)

    def over_at(self, now: datetime) -> datetime | None:
        """When the night that *now* falls in is over; None by day."""
        local = now.astimezone(VIETNAM)
        clock = local.time()
        across = self.begins > self.ends
        if not (clock >= self.begins or clock < self.ends if across else self.begins <= clock < self.ends):
            return None
        day = local.date() + timedelta(days=1) if across and clock >= self.begins else local.date()
        return datetime.combine(day, self.ends, VIETNAM)

    def next_end(self, now: datetime) -> datetime:
        """The next morning, whether it is night or not."""
        local = now.astimezone(VIETNAM)
        today = datetime.combine(local.date(), self.ends, VIETNAM)
        return today if local < today else today + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ZaloOaSettings:
    """One Official Account. No secret of it is ever shown or logged."""

    app_id: str
    app_secret: str = field(repr=False)
    """The application's own secret, for OAuth."""
    refresh_token: str = field(repr=False)
    """The first one; later ones are kept in the database. Another one here means that consent was given anew."""
    oa_secret: str | None = field(default=None, repr=False)
    """The "OA Secret Key" that signs webhooks; without it the webhook says 200 and takes nothing."""
    oa_id: str | None = None
    webhook_path: str = "/zalo-oa"
    base_url: str = "https://openapi.zalo.me"
    oauth_url: str = "https://oauth.zaloapp.com"
    zns_url: str = "https://business.openapi.zalo.me"
    free_messages: int = 8
    """Messages after one of the person's that cost nothing."""
    free_window: timedelta = timedelta(hours=48)
    reply_window: timedelta = timedelta(days=7)
    paid_replies: bool = False
    """Whether messages beyond the free ones, within `reply_window`, may be sent at the account's cost."""
    night: Night = Night()
    templates: Mapping[str, str] = field(default_factory=dict)
    """Ids of approved templates by the kind of news."""
    form_image: str | None = None
    """Address of the picture over the form that asks for a phone number."""
    refresh_days: int = 90
    """How long a refresh token lives."""


def zalo_oa_settings(settings: Settings) -> ZaloOaSettings | None:
    """The account's settings, None when no app id is set; raises SettingsError with one clear line."""
    given = {name.removeprefix(_NAME): text for name, text in settings.given.items() if name.startswith(_NAME)}
    if "APP_ID" not in given:
        return None
    for name in ("APP_ID", "OA_ID"):
        if name in given and not _DIGITS.fullmatch(given[name]):
            raise _wrong(name, "is a number of 5 to 30 digits")
    for name in ("APP_SECRET", "REFRESH_TOKEN"):
        if name not in given:
            raise _wrong(name, "is needed beside ZALO_OA_APP_ID; docs/how-to/connect-zalo.md says where to find it")
    path = given.get("WEBHOOK_PATH", "/zalo-oa")
    if not re.fullmatch(r"(/[A-Za-z0-9_.-]+)+", path):
        raise _wrong("WEBHOOK_PATH", "must be a path like /zalo-oa")
    image = given.get("FORM_IMAGE")
    if image is not None and urlsplit(image).scheme != "https":
        raise _wrong("FORM_IMAGE", "must be an https address of a picture")
    plain = ZaloOaSettings("", "", "")
    return ZaloOaSettings(
        app_id=given["APP_ID"],
        app_secret=given["APP_SECRET"],
        refresh_token=given["REFRESH_TOKEN"],
        oa_secret=given.get("SECRET"),
        oa_id=given.get("OA_ID"),
        webhook_path=path,
        base_url=check_base(f"{_NAME}BASE_URL", given.get("BASE_URL", plain.base_url)),
        oauth_url=check_base(f"{_NAME}OAUTH_URL", given.get("OAUTH_URL", plain.oauth_url)),
        zns_url=check_base(f"{_NAME}ZNS_URL", given.get("ZNS_URL", plain.zns_url)),
        free_messages=_count(given, "FREE_MESSAGES", plain.free_messages, 1000),
        free_window=timedelta(hours=_count(given, "FREE_HOURS", 48, 24 * 60)),
        reply_window=timedelta(days=_count(given, "REPLY_DAYS", 7, 60)),
        paid_replies=_switch(given, "PAID_REPLIES"),
        night=_night(given.get("NIGHT", "22-6")),
        templates=_templates(given.get("TEMPLATES", "")),
        form_image=image,
        refresh_days=_count(given, "REFRESH_DAYS", plain.refresh_days, 3650),
    )


def _wrong(name: str, what: str) -> SettingsError:
    return SettingsError(f"{PREFIX}{_NAME}{name}: {what}")


def _count(given: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = given.get(name, str(default))
    if not text.isdecimal() or int(text) > highest:
        raise _wrong(name, f"must be a whole number from 0 to {highest}")
    return int(text)


def _switch(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "off").lower()
    if text not in {"on", "off"}:
        raise _wrong(name, "is neither on nor off")
    return text == "on"


def _night(text: str) -> Night:
    hours = _NIGHT.fullmatch(text)
    if hours is None:
        raise _wrong("NIGHT", "must be two hours like 22-6")
    return Night(time(int(hours[1])), time(int(hours[2])))


def _templates(text: str) -> Mapping[str, str]:
    found = {}
    for part in filter(None, re.split(r"[\s,;]+", text)):
        template = _TEMPLATE.fullmatch(part)
        if template is None:
            raise _wrong("TEMPLATES", f"{part!r} is not of the form lead_taken=12345")
        found[template[1]] = template[2]
    return found
