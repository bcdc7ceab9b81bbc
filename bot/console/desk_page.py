"""The page of collaborators and the Centre who have no account on a channel: their cards, their buttons.

On loopback it is open, so that a fresh machine shows the whole way of a lead. From elsewhere it asks for the staff
token of the settings, and without one it does not answer at all.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.assembly import App
from bot.channels.web.limits import Limit
from bot.console.card import Card, card_of, line_of
from bot.leads import CENTRE_CHAT, STAFF_CHANNEL, WORKING, Collaborator, agenda
from bot.messages import buttons
from bot.messages.fetching import Mailbox
from bot.messages.reception import LONGEST_TEXT
from bot.replies import desk as desk_words
from bot.replies import lead_lists

COOKIE = "staff"
_CENTRE = "Trung tâm"
_CARDS_SHOWN = 40
LARGEST_FORM = 4096
"""Bytes; a button or a token is far smaller."""
LARGEST_WORDS = 64 * 1024
"""Bytes of a form with words; the longest message fits, each letter written with percent signs."""
_GUESSES = (0.2, 5)
"""Wrong tokens that one address may try: a second, and at once."""


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
        self._guesses = Limit(*_GUESSES)
        self._pages = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)

    def routes(self) -> list[Route]:
        """What the server mounts."""
        return [
            Route("/ctv", self.people, methods=["GET"]),
            Route("/ctv/vao", self.enter, methods=["POST"]),
            Route("/ctv/{chat}", self.cards, methods=["GET"]),
            Route("/ctv/{chat}/bam", self.press, methods=["POST"]),
            Route("/ctv/{chat}/nhan", self.say, methods=["POST"]),
            Route("/ctv/{chat}/ghi", self.write, methods=["POST"]),
        ]

    async def people(self, request: Request) -> Response:
        """Everybody who reads cards here."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        everyone = self._running.leads.collaborators.all()
        found = [Person(one.name, one.chat, self._waiting(one)) for one in everyone if one.channel == STAFF_CHANNEL]
        busy = sorted((one for one in found if one.waiting), key=lambda person: -person.waiting)
        return self._page("people.html", busy=busy, idle=[one for one in found if not one.waiting])

    async def cards(self, request: Request) -> Response:
        """What one person has on the desk, newest first."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        return self._desk_of(request.path_params["chat"])

    async def press(self, request: Request) -> Response:
        """One of our buttons: what it did, then everything as it is now."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        if not _from_our_page(request):
            return PlainTextResponse("Chỉ bấm được từ chính trang này.", status_code=403)
        chat = request.path_params["chat"]
        form = await _form(request)
        choice = buttons.pressed(self._running.store.db, STAFF_CHANNEL, chat, form.get("button", ""))
        desk, relay = self._running.desk, self._running.relay
        if choice is None or not (desk.answers(choice) or relay.answers(choice)):
            return self._desk_of(chat, said=[Card((line_of("Nút này không còn dùng được."),), ())])
        if relay.answers(choice):
            replies = list(relay.press(STAFF_CHANNEL, chat, choice).replies)
        else:
            replies = desk.press(STAFF_CHANNEL, chat, choice)
        self._running.sender.wake()
        return self._desk_of(chat, said=[card_of(message) for message in self._mailbox.show(chat, replies)])

    async def say(self, request: Request) -> Response:
        """Words for the household that is being talked to from here."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        if not _from_our_page(request):
            return PlainTextResponse("Chỉ gửi được từ chính trang này.", status_code=403)
        chat, form = request.path_params["chat"], await _form(request, LARGEST_WORDS)
        sent = self._running.relay.says(STAFF_CHANNEL, chat, form.get("text", "")[:LONGEST_TEXT])
        self._running.sender.wake()
        told = "Đã gửi cho cơ sở." if sent else "Cuộc trò chuyện với cơ sở đã kết thúc."
        return self._desk_of(chat, said=[Card((line_of(told),), ())])

    async def write(self, request: Request) -> Response:
        """What is typed on a channel: a note, a visit, an absence."""
        if (refusal := self._refuse(request)) is not None:
            return refusal
        if not _from_our_page(request):
            return PlainTextResponse("Chỉ ghi được từ chính trang này.", status_code=403)
        chat, form = request.path_params["chat"], await _form(request, LARGEST_WORDS)
        replies = self._running.desk.type(STAFF_CHANNEL, chat, form.get("text", "")[:LONGEST_TEXT])
        self._running.sender.wake()
        return self._desk_of(
            chat, said=[card_of(message) for message in self._mailbox.show(chat, replies or [desk_words.not_read()])]
        )

    async def enter(self, request: Request) -> Response:
        """The staff token; who gave it is known by a cookie."""
        if not _from_our_page(request):
            return PlainTextResponse("Chỉ vào được từ chính trang này.", status_code=403)
        wait = self._guesses.wait(request.client.host if request.client else "unknown", time.monotonic())
        if wait:
            return PlainTextResponse("Thử nhiều quá, chờ một chút.", 429, {"Retry-After": str(int(wait) + 1)})
        form = await _form(request)
        given, token = form.get("token", ""), self._running.settings.staff_token
        if token is None or not hmac.compare_digest(given.encode(), token.encode()):
            return HTMLResponse(self._pages.get_template("enter.html").render(wrong=True), status_code=403)
        answer = RedirectResponse("/ctv", status_code=303)
        answer.set_cookie(
            COOKIE, _cookie_of(token), httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
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
        if hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), _cookie_of(token).encode()):
            return None
        return HTMLResponse(self._pages.get_template("enter.html").render(wrong=False), status_code=401)

    def _page(self, template: str, **values: object) -> HTMLResponse:
        return HTMLResponse(self._pages.get_template(template).render(**values), headers={"Cache-Control": "no-store"})

    def _desk_of(self, chat: str, said: Iterable[Card] = ()) -> Response:
        one = self._running.leads.collaborators.of_chat(STAFF_CHANNEL, chat)
        if one is None and chat != CENTRE_CHAT:
            return PlainTextResponse("Không có ai như vậy ở đây.", status_code=404)
        standing = self._mailbox.standing(chat)[-_CARDS_SHOWN:]
        return self._page(
            "cards.html",
            name=one.name if one else _CENTRE,
            chat=chat,
            said=list(said),
            work=self._work_of(one) if one else None,
            talking=self._running.relay.open_at(STAFF_CHANNEL, chat),
            cards=[card_of(message) for message in reversed(standing)],
        )

    def _work_of(self, one: Collaborator) -> Card | None:
        """What this person has taken and not finished, what is due first, each with the way to its next steps."""
        taken = tuple(item for item in agenda(self._running.leads, one) if item.state in WORKING)
        if not taken:
            return None
        [listed] = self._mailbox.show(one.chat, [lead_lists.work(taken)])
        return card_of(listed)

    def _waiting(self, one: Collaborator) -> int:
        return len(agenda(self._running.leads, one))


def _cookie_of(token: str) -> str:
    """What the browser keeps instead of the token: any words make a token, a cookie takes few letters."""
    return hashlib.sha256(f"staff {token}".encode()).hexdigest()


async def _form(request: Request, largest: int = LARGEST_FORM) -> dict[str, str]:
    """The fields of a form of at most *largest* bytes; none when it is anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return {}
    try:
        return dict(parse_qsl(body.decode("ascii"), errors="strict", max_num_fields=4))
    except ValueError:
        return {}


def _is_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _local_host(request: Request) -> bool:
    """Whether the page was asked for by a local name: a foreign name that resolves here is not."""
    return request.url.hostname in {"127.0.0.1", "localhost", "::1"}


def _from_our_page(request: Request) -> bool:
    """Whether a form comes from a page of ours; a client that tells neither header is no browser."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    return origin is None or urlsplit(origin).netloc == request.url.netloc
