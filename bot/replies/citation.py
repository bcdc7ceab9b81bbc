"""How a citation is said in a sentence, with its doubt when there is one."""

from __future__ import annotations

from bot.eligibility.citation import Citation, Status
from bot.programmes.loader import Law

TO_CONFIRM = "cần cán bộ xác nhận"


def format_citation(citation: Citation, law: Law) -> str:
    """Say *citation* as a reader expects it: `khoản 4 Điều 8 Thông tư 28/2018/TT-BTC (sửa đổi bởi …)`.

    "cần cán bộ xác nhận" is added when the wording, or the text that amended it, was not seen in Vietnamese in full.
    """
    place = " ".join(part for part in (citation.article, _named(citation.document, law)) if part)
    remarks: list[str] = []
    unsure = citation.status is not Status.VERIFIED
    if citation.amended_by:
        remarks.append(f"sửa đổi bởi {_named(citation.amended_by, law)}")
        amending = law.instruments.get(citation.amended_by)
        unsure = unsure or amending is None or amending.status is not Status.VERIFIED
    if unsure:
        remarks.append(TO_CONFIRM)
    return f"{place} ({', '.join(remarks)})" if remarks else place


def format_citations(citations: tuple[Citation, ...], law: Law) -> str:
    """Say several citations in one line, each once."""
    return "; ".join(dict.fromkeys(format_citation(citation, law) for citation in citations))


def _named(document: str, law: Law) -> str:
    """An instrument with its kind in front; the title of a report in the press stands alone."""
    instrument = law.instruments.get(document)
    return instrument.name if instrument else document
