"""Papers as files: what a channel sends is made at that moment, so that no bytes wait in the database."""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from bot.documents.paper import Paper
from bot.documents.summary import summary_pdf
from bot.documents.template import TEMPLATE
from bot.errors import BotError
from bot.outbox import plain, typed
from bot.replies.campaign import CAMPAIGN_FILE
from bot.replies.reply import Attachment

DRAFT_REQUEST, SUMMARY = "draft_request", "summary"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES = {
    DRAFT_REQUEST: ("ban-nhap-de-nghi.docx", _DOCX),
    SUMMARY: ("tom-tat-co-so.pdf", "application/pdf"),
}


class UnknownPaper(BotError):
    """A document of a kind that nobody can make."""


def attachment_for(kind: str, paper: Paper) -> Attachment:
    """*paper* as something to send with a message; `UnknownPaper` for a kind that there is not."""
    if kind not in _FILES:
        raise UnknownPaper(f"there is no document called {kind!r}")
    filename, media_type = _FILES[kind]
    # 16 random bytes: the id alone opens the file on the web page, together with the conversation it belongs to.
    return Attachment(secrets.token_urlsafe(16), kind, filename, media_type, plain(paper))


def rendered(attachment: Attachment) -> bytes:
    """The file's bytes; `UnknownPaper` for a kind that there is not, or a file that is gone."""
    if attachment.kind == CAMPAIGN_FILE:
        return _campaign_file(Path(attachment.data["path"]))
    paper: Paper = typed(Paper, attachment.data)
    if attachment.kind == DRAFT_REQUEST:
        return _draft_request(paper)
    if attachment.kind == SUMMARY:
        return summary_pdf(paper)
    raise UnknownPaper(f"there is no document called {attachment.kind!r}")


def _campaign_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownPaper(f"the file of a campaign cannot be read ({error.strerror})") from error


def _draft_request(paper: Paper) -> bytes:
    template: Any = DocxTemplate(TEMPLATE)
    # What people typed goes in as text, never as markup.
    template.render({"paper": paper}, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()
