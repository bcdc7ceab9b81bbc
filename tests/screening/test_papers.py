"""Papers say what was told, promise nothing, and come as files that open."""

from __future__ import annotations

import io
import re
import threading
import unicodedata
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any

import docx
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import findfont

from bot.documents import Paper, Row, Wish, attachment_for, describe, rendered
from bot.documents.render import DRAFT_REQUEST, SUMMARY, UnknownPaper
from bot.documents.summary import HEIGHT, WIDTH, summary_figure
from bot.documents.template import TEMPLATE, make
from bot.outbox import plain, typed
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.replies.reply import Reply
from bot.screening.draft import Draft
from bot.screening.interview import Interview
from bot.screening.persona import Persona
from tests.screening.simulation import TODAY, an_interview, personas


@cache
def interview() -> Interview:
    return an_interview()


@cache
def households() -> tuple[Persona, ...]:
    return tuple(personas())


def paper_of(persona: Persona, **contact: str) -> Paper:
    law = load_law()
    results = interview().results(Draft("p", persona.facts), TODAY)
    return describe(persona.facts, results, load_programmes(law), law, TODAY, **contact)


def text_of(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def pottery() -> Paper:
    return paper_of(
        next(one for one in households() if one.id == "lo-gom-phuoc-hoa"), name="Trần <Hoa> & con", phone="0901 234 567"
    )


def test_the_draft_request_says_what_it_is_and_what_was_told(pottery: Paper) -> None:
    text = text_of(rendered(attachment_for(DRAFT_REQUEST, pottery)))

    assert "BẢN NHÁP ĐỀ NGHỊ" in text
    assert "chưa biết có mẫu chính thức nào" in text
    for told in ("Trần <Hoa> & con", "0901 234 567", "gốm", "Xã Phước Hòa", "8 người", "400 triệu đồng", "máy mới"):
        assert told in text
    assert "{" not in text


@pytest.mark.parametrize("persona", households(), ids=lambda persona: persona.id)
def test_papers_promise_nothing(persona: Persona) -> None:
    text = str(plain(paper_of(persona)))

    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"được duyệt|chắc chắn được", text)


@cache
def the_longest_and_the_shortest() -> list[Persona]:
    """Drawing takes a while: what has most to say and what has least stand for the others."""
    by_length = sorted(households(), key=lambda persona: len(str(plain(paper_of(persona)))))
    return [by_length[0], by_length[-2], by_length[-1]]


@pytest.mark.parametrize("persona", the_longest_and_the_shortest(), ids=lambda persona: persona.id)
def test_papers_open(persona: Persona) -> None:
    paper = paper_of(persona)
    file = rendered(attachment_for(DRAFT_REQUEST, paper))

    assert zipfile.ZipFile(io.BytesIO(file)).testzip() is None
    assert "BẢN NHÁP ĐỀ NGHỊ" in text_of(file)
    assert rendered(attachment_for(SUMMARY, paper)).startswith(b"%PDF-")


@pytest.mark.parametrize("persona", the_longest_and_the_shortest(), ids=lambda persona: persona.id)
def test_the_summary_is_one_page_with_everything_on_it(persona: Persona) -> None:
    figure = summary_figure(paper_of(persona))
    boxes = [text.get_window_extent() for text in figure.texts]

    assert min(box.y0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= WIDTH * figure.dpi
    assert max(box.y1 for box in boxes) <= HEIGHT * figure.dpi


def test_the_letters_of_the_summary_exist_in_its_font() -> None:
    letters = {letter for persona in households() for letter in str(plain(paper_of(persona)))}
    vietnamese = set("ăâđêôơưĂÂĐÊÔƠƯ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
    held = set(TTFont(findfont("DejaVu Sans")).getBestCmap())

    assert sorted(letter for letter in letters | vietnamese if ord(letter) not in held) == []


def test_the_template_is_what_its_script_makes() -> None:
    made = io.BytesIO()
    make().save(made)

    def body(file: Any) -> bytes:
        return zipfile.ZipFile(file).read("word/document.xml")

    assert body(made) == body(TEMPLATE)


def test_a_document_survives_the_outbox(pottery: Paper) -> None:
    reply = Reply("Đây", document=attachment_for(SUMMARY, pottery))

    assert reply == typed(Reply, plain(reply))


def test_a_paper_that_there_is_not_is_refused(pottery: Paper) -> None:
    with pytest.raises(UnknownPaper):
        attachment_for("deed", pottery)


def test_two_summaries_are_never_drawn_at_the_same_time(pottery: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    both, together = threading.Barrier(2), []

    def draws(_: Paper) -> bytes:
        with suppress(threading.BrokenBarrierError):
            together.append(both.wait(0.1))
        return b"%PDF-"

    monkeypatch.setattr("bot.documents.summary.summary_pdf", draws)
    attachment = attachment_for(SUMMARY, pottery)
    with ThreadPoolExecutor(2) as threads:
        drawn = list(threads.map(rendered, (attachment, attachment)))

    assert (drawn, together) == ([b"%PDF-"] * 2, [])


@settings(max_examples=8, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_whatever_was_typed_stays_text(words: str) -> None:
    paper = Paper("23/11/2026", words, words, (Row("Sản phẩm chính", words),), (Wish("Máy", (), (words,)),), (words,))

    text = text_of(rendered(attachment_for(DRAFT_REQUEST, paper)))
    assert rendered(attachment_for(SUMMARY, paper)).startswith(b"%PDF-")
    assert "BẢN NHÁP" in text
