"""A campaign's poster on A4 and its small card: a headline, the codes to scan, and what to do; PDF and PNG."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure

from bot.documents.page import GREEN, GREY, Page, Paragraphs, fitted, row_height, wrapped
from bot.errors import BotError

MOST_CODES = 3
_PNG_DPI = 200
_SCAN = "Mở máy ảnh điện thoại, quét mã để hỏi"


class PosterError(BotError):
    """A poster cannot be drawn from what was given."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code to scan."""

    label: str
    """Where it leads, e.g. `Telegram`."""
    address: str
    shown: str
    """The same to type or to search for, e.g. `@khuyencong_bot`."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a poster."""

    headline: str
    lines: tuple[str, ...]
    """Two or three short sentences."""
    codes: tuple[Code, ...]
    typed: str
    """What to type where nothing can be scanned, e.g. `c_hoi-cho_xa-phu-giao`."""
    place: str | None
    issuer: str = "Khuyến công"
    footer: str = "Kết quả trả lời là sơ bộ; người quyết định là cơ quan có thẩm quyền."


@dataclass(frozen=True, slots=True)
class _Row:
    """Where the frames of the codes stand; millimetres."""

    left: float
    top: float
    frame: float
    gap: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size, and how large its parts are in it; lengths in millimetres, letters in points."""

    width: float
    height: float
    margin: float
    top: float
    headline: float
    text: tuple[float, ...]
    """From what reads best to what can still be read."""
    small: float
    frame: float
    """Around one code, at most."""
    pad: float
    """Between a frame and its code: with the code's own border, the white that a camera needs."""

    @property
    def inner(self) -> float:
        """Between the margins."""
        return self.width - 2 * self.margin


A4 = Sheet(210, 297, 16, 16, 34, (22, 20, 18, 16, 14), 11.5, 66, 3)
CARD = Sheet(148, 105, 8, 6, 15.5, (10.5, 9.8, 9, 8.2, 7.5), 6.8, 44, 2.5)
"""A6 across: fits a hand and a counter."""


def poster_png(poster: Poster, sheet: Sheet = A4) -> bytes:
    """The sheet as a picture for chats and screens."""
    canvas: Any = FigureCanvasAgg(draw(poster, sheet))
    file = io.BytesIO()
    canvas.figure.set_dpi(_PNG_DPI)
    canvas.print_png(file)
    return file.getvalue()


def poster_pdf(poster: Poster, sheet: Sheet = A4) -> bytes:
    """The sheet for printing; the codes are vectors and the letters can be searched."""
    canvas: Any = FigureCanvasPdf(draw(poster, sheet))
    file = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}):
        canvas.print_pdf(file, metadata={"Title": poster.headline, "CreationDate": None})
    return file.getvalue()


def draw(poster: Poster, sheet: Sheet) -> Figure:
    """The sheet as a figure; PosterError when there is nothing, or too much, to scan."""
    if not 1 <= len(poster.codes) <= MOST_CODES:
        raise PosterError(f"a poster bears one to {MOST_CODES} codes, not {len(poster.codes)}")
    page = Page(sheet.width, sheet.height)
    band = _head(page, poster, sheet)
    if sheet is A4:
        _tall(page, poster, sheet, band)
    elif len(poster.codes) == 1:
        _card_of_one(page, poster, sheet, band)
    else:
        _card(page, poster, sheet, band)
    return page.figure


def _head(page: Page, poster: Poster, sheet: Sheet) -> float:
    """The coloured band with who speaks and the headline; gives where it ends."""
    rows = wrapped(poster.headline, sheet.inner, sheet.headline, bold=True)
    headline = Paragraphs((rows,), sheet.headline, 0)
    band = sheet.top * 2.4 + headline.height
    page.box(0, 0, sheet.width, band, GREEN)
    issuer = sheet.small * 1.3
    page.text(sheet.margin, sheet.top, poster.issuer.upper(), issuer, colour="white", bold=True)
    if poster.place:
        right = sheet.width - sheet.margin
        page.text(right, sheet.top, poster.place, issuer, colour="white", align="right", width=sheet.inner * 0.6)
    page.paragraphs(sheet.margin, sheet.top * 2.1, headline, colour="white", bold=True)
    return band


def _tall(page: Page, poster: Poster, sheet: Sheet, band: float) -> None:
    frame = _frame(sheet, len(poster.codes), 8)
    block, foot = 14 + frame + 15, sheet.height - 38
    text = fitted(poster.lines, sheet.inner, foot - band - 14 - block - 10, sheet.text, gap=5)
    bottom = page.paragraphs(sheet.margin, band + 14, text)
    top = bottom + (foot - bottom - block) / 2
    page.text(sheet.margin, top, _SCAN, 18, bold=True, colour=GREEN)
    _codes(page, poster.codes, sheet, _Row(sheet.margin, top + 14, frame, 8))
    page.text(sheet.margin, foot, "Không quét được? Tìm tên kênh ở trên, rồi nhắn dòng chữ:", sheet.small, colour=GREY)
    page.text(sheet.margin, foot + 7, poster.typed, sheet.small * 1.2, bold=True, width=sheet.inner)
    page.text(sheet.margin, sheet.height - 15, poster.footer, sheet.small * 0.9, colour=GREY)


def _card(page: Page, poster: Poster, sheet: Sheet, band: float) -> None:
    """Two or three codes in a row below the text."""
    frame = min(31.0, _frame(sheet, len(poster.codes), 6))
    top = sheet.height - 13 - 9 - frame
    text = fitted(poster.lines, sheet.inner, top - band - 6, sheet.text, gap=1.2)
    page.paragraphs(sheet.margin, band + 4, text)
    gap = (sheet.inner - frame * len(poster.codes)) / (len(poster.codes) + 1)
    _codes(page, poster.codes, sheet, _Row(sheet.margin + gap, top, frame, gap))
    _foot_of_card(page, poster, sheet)


def _card_of_one(page: Page, poster: Poster, sheet: Sheet, band: float) -> None:
    """The text on the left, the code on the right."""
    left = sheet.width - sheet.margin - sheet.frame
    text = fitted(poster.lines, left - sheet.margin - 6, sheet.height - 16 - band - 10, sheet.text, gap=2.4)
    page.paragraphs(sheet.margin, band + 8, text)
    _codes(page, poster.codes, sheet, _Row(left, band + 6, sheet.frame, 0))
    _foot_of_card(page, poster, sheet)


def _foot_of_card(page: Page, poster: Poster, sheet: Sheet) -> None:
    y = sheet.height - 10.5
    page.text(sheet.margin, y, "Không quét được? Tìm tên kênh, rồi nhắn:", sheet.small, colour=GREY)
    page.text(sheet.margin + 56, y, poster.typed, sheet.small, bold=True, width=sheet.inner - 56)
    page.text(sheet.margin, y + 4.5, poster.footer, sheet.small * 0.9, colour=GREY)


def _frame(sheet: Sheet, count: int, gap: float) -> float:
    return min(sheet.frame, (sheet.inner - gap * (count - 1)) / count)


def _codes(page: Page, codes: Sequence[Code], sheet: Sheet, row: _Row) -> None:
    """The codes in their frames, each with where it leads below."""
    for number, code in enumerate(codes):
        x = row.left + number * (row.frame + row.gap)
        page.frame(x, row.top, row.frame)
        page.code(x + sheet.pad, row.top + sheet.pad, row.frame - 2 * sheet.pad, code.address)
        middle, below = x + row.frame / 2, row.top + row.frame + sheet.small * 0.22
        page.text(middle, below, code.label, sheet.small, align="center", bold=True)
        below += row_height(sheet.small)
        width = row.frame + row.gap * 0.7
        page.text(middle, below, code.shown, sheet.small * 0.9, align="center", colour=GREY, width=width)
