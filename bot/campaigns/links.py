"""The links of a campaign, one a place, and reading them when somebody comes by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.campaigns.campaign import KEY, LONGEST_KEY
from bot.errors import BotError
from bot.language import fold

LONGEST_PAYLOAD = 64
"""What Telegram takes behind `?start=`: letters, digits, `_` and `-`."""
_LINK = re.compile(rf"c_(?P<key>{KEY.pattern})(?:_(?P<place>[a-z0-9-]+))?")
_TYPED = re.compile(r"(?:/?start[ =])?(?P<payload>c_\S+)")
_PLACE_LETTERS = LONGEST_PAYLOAD - len("c__") - LONGEST_KEY


class NoAddress(BotError):
    """A link was asked for on a channel whose address is not set."""


@dataclass(frozen=True, slots=True)
class Link:
    """Which campaign somebody comes by, and where the poster hung."""

    key: str
    place: str | None = None
    """The place as it stands in the link, e.g. `xa-phu-giao`."""

    @property
    def payload(self) -> str:
        """What stands in the address."""
        return f"c_{self.key}_{self.place}" if self.place else f"c_{self.key}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the Centre's channels are found; None for one that it does not have."""

    telegram: str | None = None
    """The bot's name, e.g. `khuyencong_bot`."""
    web: str | None = None
    """The chat page, e.g. `https://khuyencong.example.vn/`."""
    zalo: str | None = None
    """The address of the Official Account, e.g. `https://zalo.me/123`."""


def link_for(key: str, place: str | None = None) -> Link:
    """The link of a campaign for a place, by the place's name; a long name keeps a mark of what was cut off."""
    if place is None:
        return Link(key)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(place)).strip("-")
    if len(slug) > _PLACE_LETTERS:
        mark = hashlib.sha256(slug.encode()).hexdigest()[:4]
        slug = f"{slug[: _PLACE_LETTERS - 5].strip('-')}-{mark}"
    return Link(key, slug)


def place_of(slug: str | None, places: Iterable[str]) -> str | None:
    """The name of the place that a link's slug stands for, among *places*; the slug itself when it is none of them."""
    return next((place for place in places if link_for("x", place).place == slug), slug)


def read_link(text: str) -> Link | None:
    """The link in what came behind `?start=`, or in what somebody typed from a poster; None when there is none."""
    typed = _TYPED.fullmatch(text.strip().lower())
    found = _LINK.fullmatch(typed["payload"]) if typed else None
    return Link(found["key"], found["place"]) if found else None


def shown_address(addresses: Addresses, channel: str) -> str:
    """The address of a channel as people write and search it: `@khuyencong_bot`, `khuyencong.example.vn`."""
    if channel == "telegram":
        return f"@{addresses.telegram}"
    return re.sub(r"^https?://(?:www\.)?|/$", "", str(getattr(addresses, channel)))


def address(link: Link, addresses: Addresses, channel: str) -> str:
    """The address on a poster for a channel (`telegram`, `web`, `zalo`); NoAddress when it is not set."""
    if channel == "telegram" and addresses.telegram:
        return f"https://t.me/{addresses.telegram}?start={link.payload}"
    if channel == "web" and addresses.web:
        return f"{addresses.web.rstrip('/')}/?start={link.payload}"
    if channel == "zalo" and addresses.zalo:
        return addresses.zalo
    raise NoAddress(f"the address of {channel} is not set")
