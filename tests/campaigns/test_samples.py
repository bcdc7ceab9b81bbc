"""The campaigns that ship as drafts: complete but for what only the Centre can know, short, and with a way to stop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.campaigns.book import SAMPLES
from bot.campaigns.campaign import Button, Campaign
from bot.campaigns.loader import load_campaign
from bot.campaigns.message import message_for
from bot.campaigns.ready import NotReady
from bot.documents.campaign_poster import addresses_of, poster_for
from bot.language import fold
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.replies.campaign import poster_text, render
from bot.settings import read_settings
from tests.campaigns.centre import Centre

DAY = date(2026, 11, 23)
FILES = sorted(SAMPLES.glob("*.yml"))
ONLY_THE_CENTRE_KNOWS = {
    "hoi-cho": ("ngay_mo", "noi_mo", "han_dang_ky"),
    "may-moc": (),
    "dang-ky-ho-kinh-doanh": (),
    "nhan-hieu": (),
    "san-pham-tieu-bieu": ("han_nop",),
}


def read(path: Path) -> Campaign:
    law = load_law()
    return load_campaign(path, law, load_programmes(law), DAY)[0]


def test_there_is_one_for_each_of_the_five_occasions() -> None:
    assert {campaign.key: campaign.blanks for campaign in map(read, FILES)} == ONLY_THE_CENTRE_KNOWS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_is_short_and_can_be_stopped_and_ends_in_one_thing_to_do(path: Path) -> None:
    campaign = read(path)
    said = render(message_for(campaign, DAY, name="Hoa", place="Xã Phú Giáo"))

    assert said.text.startswith("Anh/chị Hoa ơi, ")
    assert len(said.text.splitlines()) <= 3
    assert len(said.text) <= 420
    assert (campaign.buttons[0], campaign.buttons[-1]) == (Button.CHECK, Button.STOP)
    assert len(said.choices) <= 4
    assert [word for word in ("duoc duyet", "chac chan duoc", "em ") if word in fold(said.text)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_poster_has_words_of_its_own(path: Path) -> None:
    campaign = read(path)
    headline, lines = poster_text(campaign, DAY)

    assert campaign.poster is not None
    assert (bool(headline), len(lines)) == (True, 3)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_with_a_gap_it_is_shown_and_tried_but_neither_sent_nor_printed(path: Path, centre: Centre) -> None:
    kept = centre.book.draft(path)
    key, addresses = kept.campaign.key, addresses_of(read_settings({"KHUYENCONG_TELEGRAM_NAME": "kc_bot"}))
    assert centre.book.preview(key).count == 0

    if kept.campaign.blanks:
        assert f"[chưa điền {kept.campaign.blanks[0]}]" in render(message_for(kept.campaign, DAY)).text
        with pytest.raises(NotReady):
            centre.book.schedule(key)
        with pytest.raises(NotReady):
            poster_for(centre.book, key, None, addresses)
    else:
        assert poster_for(centre.book, key, None, addresses).codes
        assert centre.book.schedule(key).state == "scheduled"
