"""The codes on posters and cards, scanned from what is printed and from what is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.campaigns.links import read_link
from bot.documents.campaign_poster import draw_all
from bot.settings import read_settings
from tests.campaigns.centre import Centre
from tests.peers.conftest import running
from tests.peers.foreign import ForeignClient

pytestmark = pytest.mark.clients

SETTINGS = {
    "KHUYENCONG_TELEGRAM_NAME": "khuyencong_bot",
    "KHUYENCONG_PUBLIC_URL": "https://hoidap.khuyencong.example.vn",
    "KHUYENCONG_ZALO_URL": "https://zalo.me/1234567890123",
}
PLACE = "Phường Phú Lợi (Thủ Dầu Một cũ)"
HELD: dict[str, Any] = {"height": 1600, "turned": 0, "blurred": 0}
"""Straight before the sheet."""
FROM_AFAR = {"height": 1000, "turned": 11, "blurred": 0.8}
"""An A4 sheet on a wall, by a hand that shakes."""


@pytest.fixture(scope="session")
def qr_reader() -> Iterator[ForeignClient]:
    with running("qr_reader") as reader:
        yield reader


async def scanned(reader: ForeignClient, path: Path, how: dict[str, Any] = HELD) -> list[str]:
    outcome = await reader.order({"call": "read", "with": {"path": str(path), **how}})
    assert outcome.error is None, outcome.says
    codes: list[str] = outcome.result
    return codes


async def test_every_code_leads_where_it_should(qr_reader: ForeignClient, centre: Centre, tmp_path: Path) -> None:
    centre.draft(key="san-pham-tieu-bieu-2027")
    files = draw_all(centre.book, "san-pham-tieu-bieu-2027", PLACE, read_settings(SETTINGS), tmp_path)
    payload = "c_san-pham-tieu-bieu-2027_phuong-phu-loi-thu-dau-mot-cu"

    found = {path.name.removeprefix("san-pham-tieu-bieu-2027-"): await scanned(qr_reader, path) for path in files}

    assert [codes for codes in found.values() if codes != found["phuong-phu-loi-thu-dau-mot-cu-a4.pdf"]] == []
    assert found["phuong-phu-loi-thu-dau-mot-cu-the.png"] == [
        f"https://hoidap.khuyencong.example.vn/?start={payload}",
        f"https://t.me/khuyencong_bot?start={payload}",
        "https://zalo.me/1234567890123",
    ]
    assert read_link(payload) is not None


async def test_a_poster_on_a_wall_is_read_askew_and_out_of_focus(
    qr_reader: ForeignClient, centre: Centre, tmp_path: Path
) -> None:
    centre.draft()
    printed = draw_all(centre.book, "fair", PLACE, read_settings(SETTINGS), tmp_path)[0]

    assert len(await scanned(qr_reader, printed, FROM_AFAR)) == 3


async def test_a_poster_of_one_code_is_read(qr_reader: ForeignClient, centre: Centre, tmp_path: Path) -> None:
    centre.draft()
    files = draw_all(centre.book, "fair", None, read_settings({"KHUYENCONG_TELEGRAM_NAME": "@kc_bot"}), tmp_path)

    assert [await scanned(qr_reader, path) for path in files] == [["https://t.me/kc_bot?start=c_fair"]] * 4
