"""Drives a Telegram peer that runs in another process, over HTTP under /sim/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from tests.peers.telegram_people import Seen
from tests.peers.telegram_text import Json

if TYPE_CHECKING:
    from tests.peers.telegram import TelegramPeer

_ACTS = {
    "starts",
    "sends",
    "edits",
    "taps",
    "presses",
    "shares_contact",
    "shares_location",
    "sends_photo",
    "sends_voice",
    "sends_sticker",
    "blocks",
    "unblocks",
    "deactivates",
}


def add_routes(app: web.Application, peer: TelegramPeer) -> None:
    """Adds the /sim/ addresses for *peer*."""
    sim = _Sim(peer)
    app.router.add_post("/sim/do", sim.do)
    app.router.add_post("/sim/fault", sim.fault)
    app.router.add_post("/sim/flood", sim.flood)
    app.router.add_post("/sim/clock", sim.clock)
    app.router.add_get("/sim/inbox", sim.inbox)
    app.router.add_get("/sim/calls", sim.calls)


class _Sim:
    def __init__(self, peer: TelegramPeer) -> None:
        self._peer = peer

    async def do(self, request: web.Request) -> web.Response:
        """`{"user": 42, "name"?, "token"?, "act": "sends", "args": ["xin chào"], "kwargs"?}` → the update id."""
        wish = await request.json()
        user = self._peer.user(int(wish["user"]), wish.get("name", "Hoa"), wish.get("token"))
        if wish["act"] not in _ACTS:
            return web.json_response({"error": f"one of {sorted(_ACTS)}"}, status=400)
        try:
            update_id = getattr(user, wish["act"])(*wish.get("args", []), **wish.get("kwargs", {}))
        except (AssertionError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=409)
        return web.json_response({"update_id": update_id})

    async def inbox(self, request: web.Request) -> web.Response:
        """`?user=42[&token=…]` → what the person sees now."""
        user = self._peer.user(int(request.query["user"]), token=request.query.get("token"))
        return web.json_response(
            {"messages": [_as_json(seen) for seen in user.inbox], "keyboard": user.keyboard, "spinning": user.spinning}
        )

    async def fault(self, request: web.Request) -> web.Response:
        """The arguments of `TelegramPeer.fault`."""
        self._peer.fault(**await request.json())
        return web.json_response({})

    async def flood(self, request: web.Request) -> web.Response:
        """`{"on": true, "overall_per_second"?, "chat_per_second"?, "group_per_minute"?, "token"?}`."""
        wish = await request.json()
        limits = self._peer.account(wish.pop("token", None)).limits
        for name, value in wish.items():
            setattr(limits, name, value)
        return web.json_response({})

    async def clock(self, request: web.Request) -> web.Response:
        """`{"seconds": 5}` turns the server's clock on."""
        self._peer.clock.turn(float((await request.json())["seconds"]))
        return web.json_response({"now": self._peer.clock.now()})

    async def calls(self, request: web.Request) -> web.Response:
        """`?method=sendMessage[&token=…]` → every call, with `stored` telling whether it was carried out."""
        calls = self._peer.calls(request.query["method"], request.query.get("token"))
        return web.json_response([{"params": c.params, "at": c.at, "stored": c.stored} for c in calls])


def _as_json(seen: Seen) -> Json:
    return {"id": seen.id, "text": seen.text, "buttons": seen.buttons, "bold": seen.bold, "edited": seen.edited}
