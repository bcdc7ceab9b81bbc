"""The one-page summary as a PDF that can be shown or printed; drawn with DejaVu Sans, which has every Vietnamese letter."""

from __future__ import annotations

import io
import textwrap
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure

from bot.documents.paper import Paper
from bot.replies.assessment import PRELIMINARY

WIDTH, HEIGHT = 8.27, 11.69
"""A4 upright, in inches."""
_MARGIN = 0.07
_LETTERS_AT_10 = 92
"""Letters of DejaVu Sans at 10 points that fit between the margins."""
_LINE_AT_10 = 0.0175
"""Height of a line at 10 points, as a share of the page."""
_SMALLEST = 5.5
TITLE = "TÓM TẮT NHU CẦU KHUYẾN CÔNG"
NOTICE = "Do máy lập từ những gì cơ sở cho biết ngày {}. Kết quả sơ bộ; người quyết định là cơ quan có thẩm quyền."


def summary_pdf(paper: Paper) -> bytes:
    """One page; the letters shrink until everything fits."""
    canvas: Any = FigureCanvasPdf(summary_figure(paper))
    file = io.BytesIO()
    # Type 42 keeps the letters as text, so that the page can be searched and copied.
    with rc_context({"pdf.fonttype": 42}):
        canvas.print_pdf(file, metadata={"Title": "Tóm tắt nhu cầu khuyến công", "CreationDate": None})
    return file.getvalue()


def summary_figure(paper: Paper) -> Figure:
    """The page as a figure, for the PDF and for looking at."""
    lines = _lines(paper)
    size = 10.0
    while size > _SMALLEST and len(_wrapped(lines, size)) * _LINE_AT_10 * size / 10 > 1 - 2 * _MARGIN:
        size -= 0.5
    figure = Figure(figsize=(WIDTH, HEIGHT))
    top = 1 - _MARGIN
    for text, weight in _wrapped(lines, size):
        figure.text(_MARGIN, top, text, fontsize=size, weight=weight, va="top", family="DejaVu Sans")
        top -= _LINE_AT_10 * size / 10
    return figure


def _lines(paper: Paper) -> list[tuple[str, str]]:
    lines = [(TITLE, "bold"), (NOTICE.format(paper.day), "normal"), ("", "normal")]
    lines += [(f"Người liên hệ: {paper.name}    Điện thoại: {paper.phone}", "normal")]
    lines += [(f"{row.label}: {row.value}", "normal") for row in paper.rows]
    for wish in paper.wishes:
        lines += [("", "normal"), (wish.name, "bold")]
        lines += [(" · ".join(f"{row.label}: {row.value}" for row in wish.rows), "normal")] if wish.rows else []
        verdict, *conditions = wish.result
        lines += [(f"Kết quả: {verdict.removeprefix(f'{wish.name}: ')}", "bold")]
        lines += [(sentence, "normal") for sentence in conditions if sentence != PRELIMINARY]
    lines += [("", "normal"), ("Giấy tờ nên chuẩn bị", "bold")]
    return [*lines, *((f"[  ] {document}", "normal") for document in paper.documents)]


def _wrapped(lines: list[tuple[str, str]], size: float) -> list[tuple[str, str]]:
    letters = int(_LETTERS_AT_10 * 10 / size)
    return [
        # A dollar sign would begin a formula.
        (part.replace("$", r"\$"), weight)
        for text, weight in lines
        for part in (textwrap.wrap(text, letters, subsequent_indent="    ") or [""])
    ]
