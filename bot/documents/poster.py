"""A campaign's poster on A4 and its small card: a headline, the codes to scan, and what to do; PDF and PNG."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from bot.errors import BotError

FONT = "DejaVu Sans"
"""Has every Vietnamese letter and comes with matplotlib."""
_GREEN, _INK, _SOFT, _GREY = "#1f6f5c", "#1d2b28", "#e8f3ef", "#5b6b67"
_MM = 1 / 25.4
_POINT = 0.3528
"""Millimetres."""
_LEADING = 1.45
_PNG_DPI = 200
MOST_CODES = 3


class PosterError(BotError):
    """A poster cannot be drawn from what was given."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code to scan."""

    label: str
    """Where it leads, e.g. `Telegram`."""
    address: str


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
class Sheet:
    """A size, and how large its parts are in it; lengths in millimetres, letters in points."""

    width: float
    height: float
    margin: float
    headline: float
    text: float
    small: float
    code: float
    headline_letters: int
    text_letters: int


A4 = Sheet(210, 297, 16, 32, 18, 11.5, 84, 24, 50)
CARD = Sheet(148, 105, 8, 15.5, 9.8, 6.8, 38, 36, 42)
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
    page = _Page(sheet)
    if sheet is A4:
        _tall(page, poster)
    else:
        _wide(page, poster)
    return page.figure


def balanced(text: str, letters: int) -> list[str]:
    """*text* in as few lines of at most *letters* as possible, all about as long: no word stands alone."""
    lines = textwrap.wrap(text, letters)
    for width in range(letters - 1, letters // 2, -1):
        narrower = textwrap.wrap(text, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _head(page: _Page, poster: Poster, top: float, issuer: float) -> float:
    """The coloured band with who speaks and the headline; gives where it ends."""
    sheet = page.sheet
    lines = balanced(poster.headline, sheet.headline_letters)
    band = top * 2.1 + len(lines) * sheet.headline * _POINT * _LEADING + top * 0.45
    page.box(0, 0, sheet.width, band, _GREEN)
    page.text(sheet.margin, top, poster.issuer.upper(), issuer, colour="white", weight="bold")
    if poster.place:
        page.text(sheet.width - sheet.margin, top, poster.place, issuer, colour="white", align="right")
    page.paragraph(
        sheet.margin,
        top * 2.1,
        (poster.headline,),
        sheet.headline,
        sheet.headline_letters,
        colour="white",
        weight="bold",
    )
    return band


def _tall(page: _Page, poster: Poster) -> None:
    sheet = page.sheet
    band = _head(page, poster, 16, sheet.text * 0.85)
    bottom = page.paragraph(sheet.margin, band + 14, poster.lines, sheet.text, sheet.text_letters, gap=4)
    room = (sheet.width - 2 * sheet.margin - 10 * (len(poster.codes) - 1)) / len(poster.codes) - 6
    size = min(sheet.code, room)
    foot = sheet.height - 36
    top = bottom + 6 + max(0.0, (foot - bottom - size - 44) / 2)
    page.text(sheet.margin, top, "Mở máy ảnh điện thoại, đưa vào mã để hỏi", sheet.text, weight="bold", colour=_GREEN)
    _codes(page, poster.codes, sheet.margin + 3, top + 14, size)
    page.text(sheet.margin, foot, "Không quét được? Nhắn cho kênh Khuyến công dòng chữ:", sheet.small, colour=_GREY)
    page.text(sheet.margin, foot + 7, poster.typed, sheet.small * 1.15, weight="bold")
    page.text(sheet.margin, sheet.height - 15, poster.footer, sheet.small * 0.9, colour=_GREY)


def _wide(page: _Page, poster: Poster) -> None:
    sheet = page.sheet
    band = _head(page, poster, 6.5, sheet.small)
    page.paragraph(sheet.margin, band + 8, poster.lines, sheet.text, sheet.text_letters, gap=2.4)
    _codes(page, poster.codes[:1], sheet.width - sheet.margin - sheet.code - 3, band + 9, sheet.code)
    page.text(sheet.margin, sheet.height - 17, "Không quét được? Nhắn:", sheet.small, colour=_GREY)
    page.text(sheet.margin, sheet.height - 13, poster.typed, sheet.small, weight="bold")
    page.text(sheet.margin, sheet.height - 7.5, poster.footer, sheet.small * 0.9, colour=_GREY)


def _codes(page: _Page, codes: Sequence[Code], left: float, top: float, size: float) -> None:
    for number, code in enumerate(codes):
        x = left + number * (size + 10)
        page.frame(x - 3, top - 3, size + 6, size + 6)
        page.code(x, top, size, code.address)
        page.text(x + size / 2, top + size + 5.5, code.label, page.sheet.small, align="center", weight="bold")


class _Page:
    """A figure measured in millimetres from its upper left corner."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.figure = Figure(figsize=(sheet.width * _MM, sheet.height * _MM), facecolor="white")
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, sheet.width)
        self._axes.set_ylim(sheet.height, 0)
        self._axes.axis("off")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self._axes.add_patch(Rectangle((x, y), width, height, color=colour, linewidth=0))

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A soft frame with round corners."""
        style = "round,pad=0,rounding_size=2.5"
        self._axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, fc="white", ec=_GREEN, lw=1.2))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = _INK,
        weight: str = "normal",
        align: str = "left",
    ) -> None:
        """One line, the top of its capitals at *y*."""
        # A dollar sign would begin a formula. The baseline keeps lines even, whatever marks stand on their letters.
        said, y = text.replace("$", r"\$"), y + size * _POINT * 0.75
        self._axes.text(x, y, said, fontsize=size, color=colour, weight=weight, ha=align, va="baseline", family=FONT)

    def paragraph(
        self,
        x: float,
        y: float,
        paragraphs: Sequence[str],
        size: float,
        letters: int,
        *,
        colour: str = _INK,
        weight: str = "normal",
        gap: float = 0,
    ) -> float:
        """Wrapped text; gives where it ends."""
        height = size * _POINT * _LEADING
        for paragraph in paragraphs:
            for line in balanced(paragraph, letters):
                self.text(x, y, line, size, colour=colour, weight=weight)
                y += height
            y += gap
        return y

    def code(self, x: float, y: float, size: float, address: str) -> None:
        """A QR code with its quiet zone, as squares: sharp at every size."""
        matrix = [list(row) for row in segno.make(address, error="m").matrix_iter(border=2)]
        step = size / len(matrix)
        cells = [
            [
                (x + a * step, y + d * step)
                for a, d in ((across, down), (across + 1, down), (across + 1, down + 1), (across, down + 1))
            ]
            for down, row in enumerate(matrix)
            for across, dark in enumerate(row)
            if dark
        ]
        # One shape without seams: thin white lines between the cells would trouble a camera.
        self._axes.add_collection(PolyCollection(cells, facecolors="black", edgecolors="black", linewidths=0.1))
