"""Posters: what stands on them, and that a code leads where it should."""

from __future__ import annotations

import struct
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Bbox

from bot.campaigns.campaign import LONGEST_KEY
from bot.campaigns.links import NoAddress, read_link
from bot.campaigns.loader import LONGEST_HEADLINE, LONGEST_LINE, MOST_LINES
from bot.documents.campaign_poster import addresses_of, draw_all, poster_for
from bot.documents.page import fitted, wrapped
from bot.documents.poster import A4, CARD, Code, Poster, PosterError, Sheet, draw, poster_png
from bot.settings import read_settings
from tests.campaigns.centre import Centre

SETTINGS = {"KHUYENCONG_TELEGRAM_NAME": "@kc_bot", "KHUYENCONG_PUBLIC_URL": "https://kc.example.vn/"}


def poster(codes: int = 2) -> Poster:
    return Poster(
        "Có hàng đẹp? Đi hội chợ có hỗ trợ $1 ",
        ("Một dòng.",),
        tuple(Code("T", f"https://t.me/{n}", f"@bot_{n}") for n in range(codes)),
        "c_x",
        None,
    )


@pytest.mark.parametrize(("sheet", "size"), [(A4, (1653, 2338)), (CARD, (1165, 826))])
def test_a_picture_has_the_size_of_its_sheet(sheet: Sheet, size: tuple[int, int]) -> None:
    assert struct.unpack(">II", poster_png(poster(), sheet)[16:24]) == size


def longest(codes: int) -> Poster:
    """Everything as long as a campaign may have it."""
    words = "Trả lời vài câu là biết xưởng mình có thuộc nhóm được hỗ trợ hay không, cần giấy tờ gì, hỏi ai, ở đâu nhỉ"
    shown = "hoidap.trungtamkhuyencong.binhduong.example.vn"
    return Poster(
        words[:LONGEST_HEADLINE].strip(),
        (words[:LONGEST_LINE],) * MOST_LINES,
        tuple(Code("Trang web", f"https://{shown}/?start=c_{'a' * 32}_{n}", shown) for n in range(codes)),
        f"c_{'a' * LONGEST_KEY}_{'b' * 28}",
        "Thị trấn Dầu Tiếng (cũ), gần chợ",
    )


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Where the rows of text and the codes' frames stand."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.axes[0]
    frames = [part for part in axes.patches if isinstance(part, FancyBboxPatch)]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in axes.texts] + [
        ("a frame", frame.get_window_extent(renderer)) for frame in frames
    ]


@pytest.mark.parametrize("sheet", [A4, CARD], ids=["a4", "card"])
@pytest.mark.parametrize("made", [poster, longest])
@pytest.mark.parametrize("codes", [1, 2, 3])
def test_nothing_leaves_the_sheet_or_stands_on_something_else(
    codes: int, made: Callable[[int], Poster], sheet: Sheet
) -> None:
    figure = draw(made(codes), sheet)
    found, page = boxes(figure), figure.bbox

    outside = [said for said, box in found if not (page.x0 <= box.x0 < box.x1 <= page.x1 and page.y0 <= box.y0)]
    on_another = [(one[0], other[0]) for one, other in combinations(found, 2) if Bbox.intersection(one[1], other[1])]
    assert (outside, [pair for pair in on_another if _by_more_than_marks(pair, found)]) == ([], [])


def _by_more_than_marks(pair: tuple[str, str], found: list[tuple[str, Bbox]]) -> bool:
    """Rows of one paragraph may touch by the marks above and below their letters."""
    first, second = (next(box for said, box in found if said == name) for name in pair)
    common = Bbox.intersection(first, second)
    return common is not None and common.height > 0.2 * min(first.height, second.height)


def test_a_long_text_is_set_smaller_and_what_does_not_fit_a_card_is_left_out() -> None:
    short = fitted(["Một dòng."], 100, 40, (12, 10, 8), gap=1)
    long = fitted(["Một câu dài vừa phải để chiếm hai dòng trên thẻ."] * 4, 100, 40, (12, 10, 8), gap=1)
    too_long = fitted(["Một câu dài vừa phải để chiếm hai dòng trên thẻ."] * 9, 100, 20, (12, 10, 8), gap=1)

    assert (short.size, long.size, too_long.size) == (12, 10, 8)
    assert (len(long.rows), 0 < len(too_long.rows) < 9) == (4, True)


@pytest.mark.parametrize("codes", [0, 4])
def test_nothing_to_scan_or_too_much_is_refused(codes: int) -> None:
    with pytest.raises(PosterError):
        draw(poster(codes), A4)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Sắp mua máy? Hỏi khuyến công trước", ("Sắp mua máy?", "Hỏi khuyến công trước")),
        ("Đăng ký nhãn hiệu để giữ tên giữ khách", ("Đăng ký nhãn hiệu để", "giữ tên giữ khách")),
        ("Mỗi cơ sở nhiều nhất 300 triệu đồng", ("Mỗi cơ sở nhiều", "nhất 300\u00a0triệu\u00a0đồng")),
    ],
)
def test_a_row_ends_where_one_would_breathe(text: str, rows: tuple[str, ...]) -> None:
    assert rows == wrapped(text, 125, 24)


def test_a_campaigns_poster_bears_a_code_for_each_channel_that_is_set(centre: Centre) -> None:
    centre.draft("poster: {headline: Đi hội chợ, lines: ['Mở ngày {opens}.']}\n")

    made = poster_for(centre.book, "fair", "Xã Phú Giáo", addresses_of(read_settings(SETTINGS)))

    assert made.lines == ("Mở ngày 12/03/2027.",)
    assert [(code.label, code.shown) for code in made.codes] == [
        ("Telegram", "@kc_bot"),
        ("Trang web", "kc.example.vn"),
    ]
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
