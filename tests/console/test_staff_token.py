"""The staff page from another machine: only with the Centre's token, and not by guessing."""

from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette

from bot.assembly import migrate
from bot.clock import SystemClock
from bot.console.card import Look, card_of
from bot.console.desk_page import DeskPage
from bot.leads import LeadBook
from bot.messages.fetching import Fetched
from bot.messages.relay import RelayDesk
from bot.people import People
from bot.replies.reply import Reply
from bot.store import Store

TOKEN = "bí mật của Trung tâm"


@pytest.fixture
async def outside():
    """A browser on another machine."""
    store, clock = Store(None), SystemClock()
    migrate(store)
    leads = LeadBook(store, clock, People(store, clock))
    relay = RelayDesk(store, clock, People(store, clock), leads)
    settings = SimpleNamespace(staff_token=TOKEN)
    running = SimpleNamespace(store=store, clock=clock, leads=leads, settings=settings, relay=relay)
    app = Starlette(routes=DeskPage(running).routes())
    transport = httpx.ASGITransport(app, client=("203.0.113.9", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="https://hoidap.example.vn") as http:
        yield http


async def test_the_token_opens_the_page(outside):
    before = await outside.get("/ctv")
    entered = await outside.post("/ctv/vao", data={"token": TOKEN})
    after = await outside.get("/ctv")

    assert [before.status_code, entered.status_code, after.status_code] == [401, 303, 200]
    assert "Mã của Trung tâm" in before.text
    assert {"httponly", "samesite=strict", "secure"} <= set(entered.headers["set-cookie"].lower().split("; "))


async def test_guessing_is_slowed_down(outside):
    tried = [(await outside.post("/ctv/vao", data={"token": f"đoán {count}"})).status_code for count in range(8)]

    assert tried == [403] * 5 + [429] * 3
    assert (await outside.get("/ctv")).status_code == 401


async def test_another_site_cannot_enter_for_somebody(outside):
    answer = await outside.post("/ctv/vao", data={"token": TOKEN}, headers={"Origin": "https://evil.example"})

    assert (answer.status_code, answer.headers.get("set-cookie")) == (403, None)


async def test_who_is_not_there_has_no_desk(outside):
    await outside.post("/ctv/vao", data={"token": TOKEN})

    assert (await outside.get("/ctv/somebody")).status_code == 404
    assert (await outside.get("/ctv/centre")).status_code == 200


def test_a_card_is_taken_apart_into_what_is_drawn():
    text = "**Mới · KC-0001**\n\nMáy: ✅ 4 điều đạt\n❓ Chưa rõ <b>**\nLiên hệ: A · 0903 123 456"
    lines = card_of(Fetched(1, Reply(text), ())).lines
    shown = [[(piece.look.value, piece.text) for piece in line.pieces] for line in lines]

    assert shown == [
        [(Look.BOLD, "Mới · KC-0001")],
        [(Look.PLAIN, "Máy: "), (Look.MARK, "met"), (Look.PLAIN, " 4 điều đạt")],
        [(Look.MARK, "open"), (Look.PLAIN, " Chưa rõ <b>**")],
        [(Look.PLAIN, "Liên hệ: A · "), (Look.PHONE, "0903 123 456")],
    ]
    assert [line.hanging for line in lines] == [False, False, True, False]
