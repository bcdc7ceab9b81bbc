"""Papers as files: what a channel sends is made at that moment, so that no bytes wait in the database."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path

from bot.documents.paper import Paper
from bot.errors import BotError
from bot.outbox import plain, typed
from bot.replies.campaign import CAMPAIGN_FILE
from bot.replies.reply import Attachment

DRAFT_REQUEST, SUMMARY = "draft_request", "summary"
_drawing = threading.Lock()
"""Papers are made in whatever thread sends them, and matplotlib's settings belong to the whole process."""
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
        from bot.documents.draft_request import draft_request_docx  # noqa: PLC0415  a second, only to make a file

        return draft_request_docx(paper)
    if attachment.kind == SUMMARY:
        from bot.documents.summary import summary_pdf  # noqa: PLC0415  as above

        with _drawing:
            return summary_pdf(paper)
    raise UnknownPaper(f"there is no document called {attachment.kind!r}")


def _campaign_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownPaper(f"the file of a campaign cannot be read ({error.strerror})") from error
