"""Tables as a spreadsheet file or as CSV; whatever a household wrote stays text and is never run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime

from bot.replies.sheet import Cell, Sheet

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula when it opens a CSV file; also their wide forms."""
_WIDEST = 48
_HEADING = "DCE9E2"


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as one workbook: headings stand, columns are as wide as what they hold, filters are on."""
    # A quarter of a second, which a CSV file need not wait for.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    mark = PatternFill("solid", fgColor=_HEADING)
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for number, cells in enumerate((sheet.columns, *sheet.rows), 1):
            for place, value in enumerate(cells, 1):
                cell = page.cell(number, place)
                cell.value = _clean(value)
                if isinstance(value, str):
                    cell.data_type = "s"  # never "f", whatever it begins with
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
                if isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
                if number == 1:
                    cell.font, cell.fill = Font(bold=True), mark
        for place in range(1, len(sheet.columns) + 1):
            widest = max(len(_shown(cells[place - 1])) for cells in (sheet.columns, *sheet.rows))
            page.column_dimensions[get_column_letter(place)].width = min(_WIDEST, widest + 2)
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_text(sheet: Sheet) -> str:
    """One sheet as CSV that spreadsheets open as it is: UTF-8 with its mark, text that cannot become a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(sheet.columns)
    for cells in sheet.rows:
        writer.writerow([_harmless(value) for value in cells])
    return "\ufeff" + file.getvalue()


def _clean(value: Cell) -> Cell:
    return _CONTROL.sub("", value) if isinstance(value, str) else value


def _harmless(value: Cell) -> str:
    text = _shown(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_STARTS_FORMULA) else text


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y %H:%M") if isinstance(value, datetime) else str(_clean(value))
