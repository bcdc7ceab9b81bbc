"""Makes the template of the draft request: `python -m bot.documents.template`; run it again after a change here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

TEMPLATE = Path(__file__).parent / "draft_request.docx"
FONT = "Times New Roman"
_WIDTHS = Cm(5.5), Cm(11)
TITLE = "BẢN NHÁP ĐỀ NGHỊ"
NOTICE = (
    "Hiện chưa biết có mẫu chính thức nào. Bản nháp này do máy điền từ những gì cơ sở đã cho biết ngày {{ paper.day }}; "
    "cán bộ khuyến công xem, sửa trước khi nộp. Bản nháp không phải quyết định hỗ trợ."
)


def make() -> Any:
    """The template as a python-docx document; loops and fields are in the words of docxtpl."""
    document = Document()
    _page(document)
    _line(document, TITLE, size=16, bold=True, centred=True)
    _line(document, "Hỗ trợ từ kinh phí khuyến công", bold=True, centred=True)
    _line(document, NOTICE, size=11, italic=True)
    _line(document, "Kính gửi: cơ quan khuyến công nơi đặt xưởng (ghi tên theo hướng dẫn của cán bộ)")
    _heading(document, "1. Cơ sở đề nghị")
    _table(
        document,
        (("Tên cơ sở", "…………………………"), ("Người liên hệ", "{{ paper.name }}"), ("Điện thoại", "{{ paper.phone }}")),
        "paper.rows",
    )
    _heading(document, "2. Nội dung đề nghị")
    _line(document, "{%p for wish in paper.wishes %}")
    _line(document, "{{ wish.name }}", bold=True)
    _line(document, "{%p for row in wish.rows %}")
    _line(document, "{{ row.label }}: {{ row.value }}", indent=True)
    _line(document, "{%p endfor %}")
    _line(document, "Tên máy, hạng mục, nơi bán hoặc nơi làm: …………………………", indent=True)
    _line(document, "{%p endfor %}")
    _heading(document, "3. Cơ sở xác nhận")
    _line(document, "Các thông tin ở mục 1 và mục 2 đúng với thực tế. Cơ sở sẽ bổ sung giấy tờ khi cán bộ yêu cầu.")
    _line(document, "Ngày …… tháng …… năm ………")
    _line(document, "Người đại diện ký, ghi họ tên: …………………………")
    _heading(document, "4. Giấy tờ kèm theo (đánh dấu khi đã có)")
    _line(document, "{%p for paper_to_bring in paper.documents %}")
    _line(document, "☐ {{ paper_to_bring }}", indent=True)
    _line(document, "{%p endfor %}")
    _heading(document, "5. Kết quả tự kiểm tra sơ bộ (để cán bộ tham khảo)")
    _line(document, "{%p for wish in paper.wishes %}")
    _line(document, "{%p for sentence in wish.result %}")
    _line(document, "{{ sentence }}", size=10.5)
    _line(document, "{%p endfor %}")
    _line(document, "{%p endfor %}")
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.paragraph_format.space_after = Pt(4)
    document.core_properties.title = "Bản nháp đề nghị"
    document.core_properties.author = "Khuyến công"


def _heading(document: Any, text: str) -> None:
    paragraph = _line(document, text, bold=True)
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.keep_with_next = True


def _line(
    document: Any,
    text: str,
    *,
    size: float = 12,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    indent: bool = False,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size, run.font.name = bold, italic, Pt(size), FONT
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.left_indent = Cm(0.8)
    return paragraph


def _table(document: Any, fixed: tuple[tuple[str, str], ...], rows: str) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    table.columns[0].width, table.columns[1].width = _WIDTHS
    for label, value in fixed:
        _row(table, label, value)
    _row(table, f"{{%tr for row in {rows} %}}", "")
    _row(table, "{{ row.label }}", "{{ row.value }}")
    _row(table, "{%tr endfor %}", "")


def _row(table: Any, label: str, value: str) -> None:
    cells = table.add_row().cells
    cells[0].width, cells[1].width = _WIDTHS
    cells[0].text, cells[1].text = label, value


if __name__ == "__main__":
    make().save(TEMPLATE)
