"""Draws the posters of a campaign: which codes stand on them comes from the installation's settings."""

from __future__ import annotations

from pathlib import Path

from bot.campaigns.book import CampaignBook
from bot.campaigns.links import Addresses, NoAddress, address, link_for, shown_address
from bot.campaigns.ready import check_ready
from bot.documents.poster import A4, CARD, Code, Poster, poster_pdf, poster_png
from bot.replies.campaign import poster_text
from bot.settings import Settings

_LABELS = {"telegram": "Telegram", "web": "Trang web", "zalo": "Zalo"}


def addresses_of(settings: Settings) -> Addresses:
    """Where this Centre's channels are found."""
    given = settings.given
    return Addresses(
        telegram=(given.get("TELEGRAM_NAME") or "").lstrip("@") or None,
        web=given.get("PUBLIC_URL") or None,
        zalo=given.get("ZALO_URL") or None,
    )


def poster_for(book: CampaignBook, key: str, place: str | None, addresses: Addresses) -> Poster:
    """What stands on the poster of a campaign in *place*.

    NoAddress when no channel has an address; NotReady when something is still to be filled in, or it is over.
    """
    campaign, link = book.get(key).campaign, link_for(key, place)
    check_ready(campaign, book.clock.now())
    codes = []
    for channel, label in _LABELS.items():
        try:
            codes.append(Code(label, address(link, addresses, channel), shown_address(addresses, channel)))
        except NoAddress:
            continue
    if not codes:
        raise NoAddress(
            "no channel has an address: set KHUYENCONG_TELEGRAM_NAME, KHUYENCONG_PUBLIC_URL or KHUYENCONG_ZALO_URL"
        )
    headline, lines = poster_text(campaign, book.clock.today())
    return Poster(headline, lines, tuple(codes), link.payload, place)


def draw_all(book: CampaignBook, key: str, place: str | None, settings: Settings, folder: Path) -> list[Path]:
    """The A4 poster and the card as PDF and PNG in *folder*; gives the files."""
    poster = poster_for(book, key, place, addresses_of(settings))
    stem = "-".join(part for part in (key, link_for(key, place).place) if part)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, sheet in (("a4", A4), ("the", CARD)):
        for suffix, draw in (("pdf", poster_pdf), ("png", poster_png)):
            path = folder / f"{stem}-{name}.{suffix}"
            path.write_bytes(draw(poster, sheet))
            written.append(path)
    return written
