"""`POST /api/chat` and the polling of news: the contract's JSON over the same intake as every channel."""

from __future__ import annotations

import sqlite3
import uuid
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.bodies import json_object, refuse
from bot.channels.web.conversations import CHANNEL, NAME, new_conversation, person_in
from bot.channels.web.limits import Gate
from bot.clock import Clock
from bot.documents import rendered
from bot.eligibility.citation import Citation
from bot.errors import StoreError
from bot.messages import buttons
from bot.messages.fetching import Fetched, Mailbox
from bot.messages.incoming import IncomingMessage, Kind
from bot.messages.reception import LONGEST_TEXT
from bot.messages.turns import Turns
from bot.people import People
from bot.programmes.assess_lines import citation_json
from bot.programmes.loader import load_law
from bot.replies.citation import format_citation
from bot.replies.money import day
from bot.replies.reply import Attachment
from bot.replies.smalltalk import stale_button
from bot.store import Store

log = structlog.get_logger(__name__)

SHORTEST_ID = 16
"""Letters of a document's id; a shorter one would be found in any message."""
_HIGHEST_ID = 2**53


class ChatApi:
    """The chat page's server side."""

    def __init__(self, store: Store, clock: Clock, people: People, turns: Turns, *, rate_limit: bool) -> None:
        self._store = store
        self._people = people
        self._turns = turns
        self._mailbox = Mailbox(store, clock, CHANNEL)
        self._gate = Gate(clock, on=rate_limit)

    def routes(self) -> list[Route]:
        """What the server mounts."""
        return [
            Route("/api/chat", self.chat, methods=["POST"]),
            Route("/api/chat/news", self.news, methods=["POST"]),
            Route("/api/chat/document/{document}", self.document, methods=["GET"]),
        ]

    async def chat(self, request: Request) -> Response:
        """One message in, its replies out."""
        body = await json_object(request)
        if isinstance(body, Response):
            return body
        message = self._incoming(body)
        if isinstance(message, Response):
            return message
        if (refusal := self._gate.refusal(request, message.chat)) is not None:
            return refusal
        try:
            await self._turns.ask(message)
            # News that came in meanwhile goes along, in order, so that no id is passed over.
            waiting = list(map(_as_json, await run_in_threadpool(self._mailbox.waiting, message.chat)))
        except (StoreError, sqlite3.Error) as error:
            # What was stored is answered later; the page asks for it as for any news.
            log.error("chat_not_stored", error=type(error).__name__)
            return refuse(503, "Đang bận một chút, anh/chị nhắn lại sau vài giây giúp.", retry_after=2)
        return JSONResponse({"conversation": message.chat, "messages": waiting})

    async def news(self, request: Request) -> Response:
        """Messages with an id above `after` that did not come as an answer: who took the case, and so on."""
        body = await json_object(request)
        if isinstance(body, Response):
            return body
        conversation, after = body.get("conversation"), body.get("after", 0)
        if not isinstance(conversation, str) or type(after) is not int or abs(after) > _HIGHEST_ID:
            return refuse(400, "Yêu cầu chưa đúng dạng.")
        if person_in(self._people, conversation) is None:
            return refuse(404, "Không còn cuộc trò chuyện này. Anh/chị bắt đầu lại giúp.")
        if (refusal := self._gate.refusal(request, f"news {conversation}")) is not None:
            return refusal
        newer = map(_as_json, await run_in_threadpool(self._mailbox.after, conversation, after))
        return JSONResponse({"conversation": conversation, "messages": list(newer)})

    async def document(self, request: Request) -> Response:
        """A document that was offered in this conversation, made now."""
        document_id, conversation = request.path_params["document"], request.query_params.get("conversation", "")
        found = None
        if len(document_id) >= SHORTEST_ID and person_in(self._people, conversation) is not None:
            if (refusal := self._gate.refusal(request, conversation)) is not None:
                return refusal
            found = self._mailbox.document(conversation, document_id)
        if found is None:
            return refuse(404, "Không còn tệp này. Anh/chị nhắn “bản nháp đề nghị” để lấy lại.")
        return Response(
            await run_in_threadpool(rendered, found),
            media_type=found.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{found.filename}"',
                "Cache-Control": "private, no-store",
            },
        )

    def _incoming(self, body: dict[str, Any]) -> IncomingMessage | Response:  # noqa: PLR0911  # one line per fault
        conversation, text, payload = body.get("conversation"), body.get("text"), body.get("payload")
        if set(body) - {"conversation", "text", "payload", "message_id"}:
            return refuse(400, "Yêu cầu có phần không hiểu được.")
        if (text is None) == (payload is None):
            return refuse(400, "Cần có một trong hai: text hoặc payload.")
        if conversation is None:
            if payload is not None:
                return refuse(400, "Nút bấm cần đi kèm cuộc trò chuyện của nó.")
            conversation = new_conversation()
        elif person_in(self._people, conversation) is None:
            return refuse(404, "Không còn cuộc trò chuyện này. Anh/chị bắt đầu lại giúp.")
        update_id = body.get("message_id") or uuid.uuid4().hex
        if not isinstance(update_id, str) or not NAME.fullmatch(update_id):
            return refuse(400, "message_id chưa đúng dạng.")
        if payload is not None:
            return self._pressed(conversation, update_id, payload)
        return _typed(conversation, update_id, text)

    def _pressed(self, conversation: str, update_id: str, payload: object) -> IncomingMessage | Response:
        if not isinstance(payload, str) or not NAME.fullmatch(payload):
            return refuse(400, "Nút bấm chưa đúng dạng.")
        if buttons.pressed(self._store.db, CHANNEL, conversation, payload) is None:
            return refuse(400, stale_button().text)
        return IncomingMessage(CHANNEL, conversation, update_id, Kind.BUTTON, button=payload)


def _typed(conversation: str, update_id: str, text: object) -> IncomingMessage | Response:
    if not isinstance(text, str):
        return refuse(400, "text phải là chữ.")
    if len(text) > LONGEST_TEXT:
        return refuse(413, "Tin này dài quá. Anh/chị tách ra, mỗi tin một ý giúp.")
    if not text.strip():
        return refuse(400, "Tin nhắn đang trống.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return refuse(400, "Tin nhắn có ký tự hỏng.")
    return IncomingMessage(CHANNEL, conversation, update_id, Kind.TEXT, text=text)


def _as_json(message: Fetched) -> dict[str, Any]:
    """A message as the contract shows it; `id` lets a page ask for what came after it, `sources` says the citations."""
    reply = message.reply
    return {
        "id": message.id,
        "text": reply.text,
        "buttons": [{"title": button.title, "payload": button.id} for button in message.buttons],
        "question": reply.question,
        "citations": [citation_json(citation) for citation in reply.citations],
        "sources": [_said(citation) for citation in reply.citations],
        **({"document": _document_json(reply.document)} if reply.document else {}),
        **({"quiet": True} if reply.quiet else {}),
        "assessment": None if reply.assessment is None else {"results": list(reply.assessment)},
    }


def _said(citation: Citation) -> str:
    """A citation in words, with the first day of the wording."""
    return f"{format_citation(citation, load_law())}, hiệu lực từ {day(citation.in_force_from)}"


def _document_json(document: Attachment) -> dict[str, str]:
    """Where a document is fetched; the page adds its own conversation, so that a link alone opens nothing."""
    url = f"/api/chat/document/{document.id}"
    return {"filename": document.filename, "media_type": document.media_type, "url": url}
