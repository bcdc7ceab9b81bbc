"""The draft request as a Word file: the template, filled with what a person told."""

from __future__ import annotations

import io
from typing import Any

from docxtpl import DocxTemplate

from bot.documents.paper import Paper
from bot.documents.template import TEMPLATE


def draft_request_docx(paper: Paper) -> bytes:
    """The template with *paper* in it; what people typed goes in as text, never as markup."""
    template: Any = DocxTemplate(TEMPLATE)
    template.render({"paper": paper}, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()
