"""What stands in the place of a campaign's variables: a name, a place, a day, a count."""

from __future__ import annotations

from datetime import date

from bot.campaigns.campaign import Value
from bot.language import nfc
from bot.replies import money

_HONORIFIC = "anh/chị"
_ADDRESSED = ("anh ", "chị ", "cô ", "chú ", "bác ", "ông ", "bà ", "dì ", "cậu ", "thím ")
_OF_A_FIRM = (
    "cơ sở",
    "công ty",
    "cty",
    "htx",
    "hợp tác xã",
    "xưởng",
    "doanh nghiệp",
    "dntn",
    "hộ kinh doanh",
    "tổ hợp",
    "lò ",
)
_LONGEST_NAME = 40


def value_text(value: Value | None, name: str) -> str:
    """One of a campaign's own values: `12/03/2027`, `1.200`, or words as they are; a gap where nothing is filled in."""
    if value is None:
        return f"[chưa điền {name}]"
    if isinstance(value, date):
        return money.day(value)
    return money.number(value) if isinstance(value, int) else value


def called(name: str | None) -> str:
    """`anh/chị Hoa`, and `Chị Hoa` for who gave the name so; one that is long, of a firm or with marks of ours is left out."""
    plain = " ".join(nfc(name or "").split())
    lower = plain.lower()
    if not plain or len(plain) > _LONGEST_NAME or set("*{}") & set(plain) or lower.startswith(_OF_A_FIRM):
        return _HONORIFIC
    return plain if lower.startswith(_ADDRESSED) else f"{_HONORIFIC} {plain}"


def place_text(place: str | None) -> str:
    """A place inside a sentence: `xã Phú Giáo`."""
    return f"{place[:1].lower()}{place[1:]}" if place else "địa phương"
