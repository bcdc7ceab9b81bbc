"""Posters: what stands on them, and that a code leads where it should."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bot.campaigns.links import NoAddress, read_link
from bot.documents.campaign_poster import addresses_of, draw_all, poster_for
from bot.documents.poster import A4, CARD, Code, Poster, PosterError, Sheet, balanced, draw, poster_png
from bot.settings import read_settings
from tests.campaigns.centre import Centre

SETTINGS = {"KHUYENCONG_TELEGRAM_NAME": "@kc_bot", "KHUYENCONG_PUBLIC_URL": "https://kc.example.vn/"}


def poster(codes: int = 2) -> Poster:
    return Poster(
        "Có hàng đẹp? Đi hội chợ có hỗ trợ $1 ",
        ("Một dòng.",),
        tuple(Code("T", f"https://t.me/{n}") for n in range(codes)),
        "c_x",
        None,
    )


@pytest.mark.parametrize(("sheet", "size"), [(A4, (1653, 2338)), (CARD, (1165, 826))])
def test_a_picture_has_the_size_of_its_sheet(sheet: Sheet, size: tuple[int, int]) -> None:
    assert struct.unpack(">II", poster_png(poster(), sheet)[16:24]) == size


@pytest.mark.parametrize("codes", [1, 2, 3])
def test_no_letter_leaves_the_sheet(codes: int) -> None:
    for sheet in (A4, CARD):
        figure = draw(poster(codes), sheet)
        renderer = FigureCanvasAgg(figure).get_renderer()
        page = figure.bbox
        for text in figure.axes[0].texts:
            box = text.get_window_extent(renderer)
            assert page.x0 <= box.x0 < box.x1 <= page.x1
            assert page.y0 <= box.y0 < box.y1 <= page.y1


@pytest.mark.parametrize("codes", [0, 4])
def test_nothing_to_scan_or_too_much_is_refused(codes: int) -> None:
    with pytest.raises(PosterError):
        draw(poster(codes), A4)


def test_lines_are_about_as_long_as_each_other() -> None:
    assert balanced("Xưởng có hàng đẹp? Đi hội chợ có hỗ trợ", 36) == ["Xưởng có hàng đẹp?", "Đi hội chợ có hỗ trợ"]


def test_a_campaigns_poster_bears_a_code_for_each_channel_that_is_set(centre: Centre) -> None:
    centre.draft("poster: {headline: Đi hội chợ, lines: ['Mở ngày {opens}.']}\n")

    made = poster_for(centre.book, "fair", "Xã Phú Giáo", addresses_of(read_settings(SETTINGS)))

    assert made.lines == ("Mở ngày 12/03/2027.",)
    assert [code.label for code in made.codes] == ["Telegram", "Trang web"]
    assert {read_link(code.address.partition("?start=")[2]) for code in made.codes} == {read_link(made.typed)}


def test_without_an_address_nothing_is_drawn(centre: Centre, tmp_path: Path) -> None:
    centre.draft()

    with pytest.raises(NoAddress, match="KHUYENCONG_TELEGRAM_NAME"):
        draw_all(centre.book, "fair", None, read_settings({}), tmp_path / "out")


def test_four_files_are_written(centre: Centre, tmp_path: Path) -> None:
    centre.draft()
    written = draw_all(centre.book, "fair", "Xã Phú Giáo", read_settings(SETTINGS), tmp_path / "out")

    assert [path.name for path in written] == [
        "fair-xa-phu-giao-a4.pdf",
        "fair-xa-phu-giao-a4.png",
        "fair-xa-phu-giao-the.pdf",
        "fair-xa-phu-giao-the.png",
    ]
    assert written[0].read_bytes().startswith(b"%PDF")
