"""A campaign's report as files: CSV, XLSX with a chart, and the list of those to call."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from bot.campaigns.report import Funnel, Report, ToCall
from bot.replies.campaign_desk import NOT_TOLD, STEPS, funnel_rows, reason_text, trade_name
from bot.replies.lead_card import phone

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int
FONT = "DejaVu Sans"
_BAR = "#1f6f5c"


def plain_cell(value: Cell) -> Cell:
    """A value that no spreadsheet takes for a formula, whoever typed it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def report_csv(report: Report) -> bytes:
    """One line a place, a trade and a poster; with the mark by which Excel sees that it is UTF-8."""
    lines: list[Sequence[Cell]] = [("Theo", "Nhóm", *(label for _, label in STEPS))]
    for heading, groups in _groups(report):
        lines += [(heading, name, *_counts(funnel)) for name, funnel in groups.items()]
    return _csv(lines)


def calls_csv(calls: Iterable[ToCall]) -> bytes:
    """Whom to call, the places together."""
    rows = [
        (
            one.name or NOT_TOLD,
            phone(one.phone),
            one.place or NOT_TOLD,
            trade_name(one.trade),
            reason_text(one.reason or ""),
        )
        for one in calls
    ]
    return _csv([("Tên", "Điện thoại", "Nơi đặt xưởng", "Ngành", "Vì sao chưa nhắn được"), *rows])


def report_xlsx(report: Report) -> bytes:
    """A sheet for the whole with the chart, and one for each way of counting."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one sheet
    sheet.title = "Tổng hợp"
    _put(sheet, [("Đợt tin", report.kept.campaign.title), ("Mã", report.kept.campaign.key), ("Bước", "Số người")])
    _put(sheet, funnel_rows(report))
    _put(sheet, [("Vì sao không gửi, không tới", ""), *((reason_text(k), v) for k, v in report.failures.items())])
    sheet.add_image(Image(io.BytesIO(report_chart(report))), "D2")
    for heading, groups in _groups(report)[1:]:
        sheet = book.create_sheet(heading)
        _put(sheet, [("Nhóm", *(label for _, label in STEPS))])
        _put(sheet, [(name, *_counts(funnel)) for name, funnel in groups.items()])
    for sheet in book.worksheets:
        sheet.column_dimensions["A"].width = 34
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def report_chart(report: Report) -> bytes:
    """The way from the list to the decision as bars; PNG."""
    shown = [("recipients", "Trong danh sách"), ("sent", "Đã gửi"), *((n, t) for n, t in STEPS if n in _ON_THE_WAY)]
    figure = Figure(figsize=(7.2, 3.8), dpi=100)
    axes = figure.add_subplot()
    counts = [getattr(report.total, name) for name, _ in shown]
    bars = axes.barh([label for _, label in shown], counts, color=_BAR)
    axes.bar_label(bars, padding=4, family=FONT, fontsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*counts, 1]) * 1.12)
    axes.set_title(report.kept.campaign.title.replace("$", r"\$"), family=FONT, fontsize=11, loc="left")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0, labelsize=9, labelfontfamily=FONT)
    figure.tight_layout()
    file = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(file)
    return file.getvalue()


_ON_THE_WAY = frozenset({"came_by_link", "answered", "screened", "eligible", "leads", "taken", "decided"})


def _groups(report: Report) -> list[tuple[str, Mapping[str, Funnel]]]:
    return [
        ("Tất cả", {report.kept.campaign.key: report.total}),
        ("Nơi đặt xưởng", {name or NOT_TOLD: one for name, one in report.by_place.items()}),
        ("Ngành", {trade_name(name): one for name, one in report.by_trade.items()}),
        ("Nơi treo áp phích", {name or "không ghi nơi": one for name, one in report.by_poster.items()}),
    ]


def _counts(funnel: Funnel) -> tuple[int, ...]:
    return tuple(getattr(funnel, name) for name, _ in STEPS)


def _put(sheet: Any, rows: Iterable[Sequence[Cell]]) -> None:
    for row in rows:
        sheet.append([plain_cell(value) for value in row])


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([plain_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
