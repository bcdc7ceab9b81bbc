"""The page of collaborators and the Centre who have no account on a channel: their cards, their buttons.

On loopback it is open, so that a fresh machine shows the whole way of a lead. From elsewhere it asks for the staff
token of the settings, and without one it does not answer at all.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.assembly import App
from bot.leads import CENTRE_CHAT, STAFF_CHANNEL, Role
from bot.messages import buttons
from bot.messages.buttons import Button
from bot.messages.fetching import Fetched, Mailbox

COOKIE = "staff"
_CARDS_SHOWN = 40
LARGEST_FORM = 4096
"""Bytes; a button or a token is far smaller."""


@dataclass(frozen=True, slots=True)
class Card:
    """One message on the page, newest state of it."""

    paragraphs: tuple[tuple[tuple[str, bool], ...], ...]
    """Lines of (text, bold)."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A collaborator or the Centre, and what waits for it."""

    name: str
    chat: str
    waiting: int


class DeskPage:
    """`/ctv`: who there is, and the cards of one of them."""

    def __init__(self, running: App) -> None:
        self._running = running
        self._mailbox = Mailbox(running.store, running.clock, STAFF_CHANNEL)
        self._pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)

    def routes(self) -> list[Route]:
        """What the server mounts."""
        return [
            Route("/ctv", self.people, methods=["GET"]),
            Route("/ctv/vao", self.enter, methods=["POST"]),
            Route("/ctv/{chat}", self.cards, methods=["GET"]),
            Route("/ctv/{chat}/bam", self.press, methods=["POST"]),
        ]

    async def people(self, request: Request) -> Response:
        """Everybody who reads cards here."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        everyone = self._running.leads.collaborators.all()
        found = [
            Person(one.name, one.chat, self._waiting(one.chat)) for one in everyone if one.channel == STAFF_CHANNEL
        ]
        # Cards for the Centre go to those known there by name; only where there is nobody, to the Centre as such.
        named = any(one.role is Role.CENTRE and one.active for one in everyone)
        centre = [] if named else [Person("Trung tâm", CENTRE_CHAT, self._waiting(CENTRE_CHAT))]
        everybody = sorted([*centre, *found], key=lambda person: -person.waiting)
        return self._page("people.html", people=everybody)

    async def cards(self, request: Request) -> Response:
        """The cards of one person, newest first."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        chat = request.path_params["chat"]
        shown = [_card(message) for message in reversed(self._mailbox.standing(chat)[-_CARDS_SHOWN:])]
        return self._page(
            "cards.html", name=self._name(chat), chat=chat, cards=shown, said=request.query_params.get("n")
        )

    async def press(self, request: Request) -> Response:
        """One of our buttons."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        if not _same_origin(request):
            return PlainTextResponse("cross-site", status_code=403)
        chat = request.path_params["chat"]
        form = await _form(request)
        choice = buttons.pressed(self._running.store.db, STAFF_CHANNEL, chat, form.get("button", ""))
        if choice is None or not self._running.desk.answers(choice):
            return RedirectResponse(f"/ctv/{chat}", status_code=303)
        replies = self._running.desk.press(STAFF_CHANNEL, chat, choice)
        self._running.sender.wake()
        said = [_card(message) for message in self._mailbox.show(chat, replies)]
        return self._page("cards.html", name=self._name(chat), chat=chat, cards=said, after=True)

    async def enter(self, request: Request) -> Response:
        """The staff token, kept in a cookie."""
        form = await _form(request)
        given, token = form.get("token", ""), self._running.settings.staff_token
        if token is None or not hmac.compare_digest(given.encode(), token.encode()):
            return HTMLResponse(self._pages.get_template("enter.html").render(wrong=True), status_code=403)
        answer = RedirectResponse("/ctv", status_code=303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer

    # --------------------------------------------------------------------------------------------------------------

    def _refuse(self, request: Request) -> Response | None:
        token = self._running.settings.staff_token
        if token is None:
            # Behind a proxy every request comes from loopback: there the token is not optional.
            forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
            if _is_loopback(request) and not forwarded and _local_host(request):
                return None
            return PlainTextResponse("Trang này chưa mở ra ngoài (KHUYENCONG_STAFF_TOKEN).", status_code=403)
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), token.encode()):
            return None
        return HTMLResponse(self._pages.get_template("enter.html").render(wrong=False), status_code=401)

    def _page(self, template: str, **values: object) -> HTMLResponse:
        return HTMLResponse(self._pages.get_template(template).render(**values), headers={"Cache-Control": "no-store"})

    def _waiting(self, chat: str) -> int:
        one = self._running.leads.collaborators.of_chat(STAFF_CHANNEL, chat)
        if one is None:
            return len(self._running.leads.escalated())
        own = len(self._running.leads.offered_to(one.id)) + len(self._running.leads.work_of(one.id))
        return own + len(self._running.leads.escalated()) if one.role is Role.CENTRE else own

    def _name(self, chat: str) -> str:
        one = self._running.leads.collaborators.of_chat(STAFF_CHANNEL, chat)
        return one.name if one else "Trung tâm"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; none when it is anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return {}
    try:
        return dict(parse_qsl(body.decode("ascii"), errors="strict", max_num_fields=4))
    except ValueError:
        return {}


def _card(message: Fetched) -> Card:
    lines = tuple(
        tuple((part, place % 2 == 1) for place, part in enumerate(line.split("**")) if part)
        for line in message.reply.text.split("\n")
    )
    return Card(lines, message.buttons)


def _is_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _local_host(request: Request) -> bool:
    """Whether the page was asked for by a local name: a foreign name that resolves here is not."""
    return request.url.hostname in {"127.0.0.1", "localhost", "::1"}


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.url.netloc
