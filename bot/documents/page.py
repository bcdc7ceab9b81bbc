"""A printed page measured in millimetres from its upper left corner: text that fits its room, frames and QR codes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

FONT = "DejaVu Sans"
"""Has every Vietnamese letter and comes with matplotlib."""
GREEN, INK, GREY = "#1f6f5c", "#1d2b28", "#5b6b67"
_MM = 1 / 25.4
_POINT = 0.3528
"""Millimetres."""
_LEADING = 1.45
_WIDTH, _BOLD_WIDTH = 0.58, 0.66
"""Of a usual letter, as a part of its height."""
_TOGETHER = re.compile(r"(?<=\d) (?=\w)| (?=đồng\b)")
"""Spaces at which no row ends: "300 triệu đồng" stays whole."""
_QUIET = 2
"""Modules of white around a code, besides the frame that it stands in."""


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Wrapped text of one size."""

    rows: tuple[tuple[str, ...], ...]
    size: float
    """In points."""
    gap: float
    """Millimetres between two paragraphs."""

    @property
    def height(self) -> float:
        """Millimetres."""
        return sum(map(len, self.rows)) * row_height(self.size) + self.gap * (len(self.rows) - 1)


def row_height(size: float) -> float:
    """Millimetres that a row of letters of *size* points takes."""
    return size * _POINT * _LEADING


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """*text* in rows of at most *width* millimetres: one sentence a row where that costs no row, else all about as long."""
    text = _TOGETHER.sub("\u00a0", text)
    letters = max(8, int(width / (size * _POINT * (_BOLD_WIDTH if bold else _WIDTH))))
    rows = textwrap.wrap(text, letters)
    sentences = re.split(r"(?<=[?!.;]) ", text)
    if len(sentences) == len(rows) and all(len(one) <= letters for one in sentences):
        return tuple(sentences)
    for narrower in range(letters - 1, letters // 2, -1):
        tried = textwrap.wrap(text, narrower)
        if len(tried) > len(rows):
            break
        rows = tried
    return tuple(rows)


def fitted(texts: Sequence[str], width: float, height: float, sizes: Sequence[float], gap: float) -> Paragraphs:
    """*texts* in the largest of *sizes* in which they fit; in the smallest, as many of them as fit, the first always."""
    for size in sizes:
        found = Paragraphs(tuple(wrapped(text, width, size) for text in texts), size, gap)
        if found.height <= height:
            return found
    while len(found.rows) > 1 and found.height > height:
        found = Paragraphs(found.rows[:-1], found.size, gap)
    return found


class Page:
    """A figure to draw on."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width * _MM, height * _MM), facecolor="white")
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.axis("off")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self._axes.add_patch(Rectangle((x, y), width, height, color=colour, linewidth=0))

    def frame(self, x: float, y: float, size: float) -> None:
        """A soft square frame with round corners."""
        style = "round,pad=0,rounding_size=2.5"
        self._axes.add_patch(FancyBboxPatch((x, y), size, size, boxstyle=style, fc="white", ec=GREEN, lw=1.2))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
        width: float | None = None,
    ) -> None:
        """One row, the top of its capitals at *y*; smaller letters where it would be wider than *width*."""
        if width is not None:
            size = min(size, width / (len(text) * _POINT * (_BOLD_WIDTH if bold else _WIDTH)))
        weight = "bold" if bold else "normal"
        # A dollar sign would begin a formula. The baseline keeps rows even, whatever marks stand on their letters.
        said, y = text.replace("$", r"\$"), y + size * _POINT * 0.75
        self._axes.text(x, y, said, fontsize=size, color=colour, weight=weight, ha=align, va="baseline", family=FONT)

    def paragraphs(self, x: float, y: float, text: Paragraphs, *, colour: str = INK, bold: bool = False) -> float:
        """Wrapped text; gives where it ends."""
        for rows in text.rows:
            for row in rows:
                self.text(x, y, row, text.size, colour=colour, bold=bold)
                y += row_height(text.size)
            y += text.gap
        return y - text.gap

    def code(self, x: float, y: float, size: float, address: str) -> None:
        """A QR code with a quiet zone, as squares: sharp at every size."""
        matrix = [list(row) for row in segno.make(address, error="m").matrix_iter(border=_QUIET)]
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
