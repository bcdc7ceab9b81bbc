"""A campaign's report as files: CSV, XLSX with a chart, and the list of those to call."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from openpyxl import load_workbook
from openpyxl.drawing.image import Image

from bot.campaigns.calls import ToCall
from bot.campaigns.report import Report
from bot.documents.workbook import csv_text, xlsx
from bot.replies.campaign_report import calls_sheet, report_sheets, way_rows, whole_sheet

FONT = "DejaVu Sans"
_BAR = "#1f6f5c"
_CHART_AT = "D2"


def report_csv(report: Report) -> bytes:
    """One line a place, a trade and a poster; with the mark by which Excel sees that it is UTF-8."""
    return csv_text(whole_sheet(report)).encode()


def calls_csv(calls: Iterable[ToCall]) -> bytes:
    """Whom to call, the places together."""
    return csv_text(calls_sheet(calls)).encode()


def report_xlsx(report: Report) -> bytes:
    """A sheet for the whole with the chart, and one for each way of counting."""
    book = load_workbook(io.BytesIO(xlsx(report_sheets(report))))
    book.worksheets[0].add_image(Image(io.BytesIO(report_chart(report))), _CHART_AT)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def report_chart(report: Report) -> bytes:
    """The way from the list to the decision as bars; PNG."""
    labels, counts = zip(*way_rows(report), strict=True)
    figure = Figure(figsize=(7.2, 3.8), dpi=100)
    axes = figure.add_subplot()
    bars = axes.barh(labels, counts, color=_BAR)
    axes.bar_label(bars, padding=4, family=FONT, fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*counts, 1]) * 1.12)
    # A dollar sign would begin a formula.
    axes.set_title(report.kept.campaign.title.replace("$", r"\$"), family=FONT, fontsize=11, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, labelsize=9, labelfontfamily=FONT)
    figure.tight_layout()
    file = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(file)
    return file.getvalue()
