"""The running service: web chat, Telegram when it is set up, the sender, the timers; one process, one port."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.assembly import App, assemble
from bot.channels.carrier import Channel
from bot.channels.installed import INSTALLABLE, open_channels, read_channel_settings
from bot.channels.web.api import ChatApi
from bot.channels.web.onward import OnwardApi
from bot.console.desk_page import DeskPage
from bot.outbox import Outbox
from bot.settings import Settings
from bot.shipping import ship_or_go_on

log = structlog.get_logger(__name__)

STATIC = Path(__file__).parent / "channels" / "web" / "static"
TIMER_SECONDS = 20.0
FEED_SECONDS = 0.25
STAFF_PATH = "/ctv"


class SecurityHeaders:
    """Adds the same few headers to every answer; only the chat page may stand in a frame of a named site."""

    def __init__(self, app: ASGIApp, allowed_origins: tuple[str, ...] = ()) -> None:
        self._app = app
        self._for_all = _security_headers(" ".join(["'self'", *allowed_origins]))
        self._for_staff = _security_headers("'none'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = self._for_staff if scope["path"].startswith(STAFF_PATH) else self._for_all

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                told = {name.lower() for name, _ in headers}
                message["headers"] = headers + [header for header in added if header[0] not in told]
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _security_headers(frame_ancestors: str) -> list[tuple[bytes, bytes]]:
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; base-uri 'none'; frame-ancestors {frame_ancestors}"
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        # Not "no-referrer": under that a browser sends a form of our own with `Origin: null`.
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        # A page and its scripts belong together: after an update nobody has half of each.
        (b"cache-control", b"no-cache"),
    ]


def web_application(running: App, channels: Sequence[Channel] = ()) -> Starlette:
    """The routes of the service; its background work runs while the application does."""
    limited = running.settings.rate_limit
    chat = ChatApi(running.store, running.clock, running.people, running.turns, rate_limit=limited)
    onward = OnwardApi(running.store, running.clock, running.people, channels, rate_limit=limited)
    routes: list[BaseRoute] = [
        Route("/", lambda _: FileResponse(STATIC / "index.html")),
        Mount("/static", StaticFiles(directory=STATIC)),
        Route("/healthz", lambda _: JSONResponse({"status": "ok"})),
        Route("/metrics", _metrics(running, channels)),
        *chat.routes(),
        *onward.routes(),
        *DeskPage(running).routes(),
        *(route for channel in channels for route in channel.routes()),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        taken_up = running.turns.catch_up()
        if taken_up:
            log.info("caught_up", messages=taken_up)
        jobs = (running.sender.run(), _keep_time(running), _run_campaigns(running))
        work = [asyncio.create_task(job) for job in jobs]
        for channel in channels:
            await channel.start()
        try:
            yield
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
            await asyncio.gather(*(channel.stop() for channel in channels), return_exceptions=True)
            await asyncio.to_thread(running.turns.close)

    return Starlette(
        routes=routes, lifespan=lifespan, middleware=[Middleware(SecurityHeaders, running.settings.allowed_origins)]
    )


async def _keep_time(running: App) -> None:
    """Turns that were put off, reminders, expired offers and everything else that happens because time passes."""
    while True:
        try:
            await asyncio.to_thread(running.turns.catch_up)
            for tick in (running.desk.tick, running.relay.tick):
                if await asyncio.to_thread(tick):
                    running.sender.wake()
            await asyncio.to_thread(running.upkeep.tick)
        except Exception:
            log.exception("timer_failed")
        await asyncio.sleep(TIMER_SECONDS)


async def _run_campaigns(running: App) -> None:
    """Feeds running campaigns to the sender, a little at a time; starts what is due."""
    while True:
        busy = False
        try:
            if (await asyncio.to_thread(running.campaigns.round)).anything:
                running.sender.wake()
            busy = await asyncio.to_thread(running.campaigns.busy)
        except Exception:
            log.exception("campaigns_failed")
        await asyncio.sleep(FEED_SECONDS if busy else TIMER_SECONDS)


def _metrics(running: App, channels: Sequence[Channel]):  # type: ignore[no-untyped-def]  # an endpoint of Starlette's own shape
    registry = CollectorRegistry()
    waiting = Gauge("khuyencong_outbox_messages", "Messages in the outbox by state", ["state"], registry=registry)
    inbox = Gauge("khuyencong_inbox_messages", "Messages in the inbox by state", ["state"], registry=registry)
    leads = Gauge("khuyencong_leads", "Leads by state", ["state"], registry=registry)
    figures = Gauge("khuyencong_channel", "What a channel tells of itself", ["channel", "figure"], registry=registry)

    async def metrics(request: Request) -> Response:
        if not _from_loopback(request):
            return PlainTextResponse("loopback only", status_code=403)
        db = running.store.db
        for state, count in Outbox(running.store, running.clock).summary().by_state.items():
            waiting.labels(state).set(count)
        for gauge, table in ((inbox, "inbox"), (leads, "leads")):
            for state, count in db.conn.execute(f"SELECT state, count(*) FROM {table} GROUP BY state"):  # noqa: S608
                gauge.labels(state).set(count)
        for channel in channels:
            for figure, value in channel.figures().items():
                figures.labels(channel.carrier.name, figure).set(value)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return metrics


def _from_loopback(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _Server(uvicorn.Server):
    """uvicorn that ends with status 0 on SIGTERM instead of raising the signal again."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave)
        yield

    def _leave(self) -> None:
        self.should_exit = True


def run(settings: Settings, listening: socket.socket) -> None:
    """Runs the service on a port that was taken, until SIGTERM; SettingsError, one line, when a channel cannot be."""
    chosen = read_channel_settings(settings)
    model = ship_or_go_on(settings)
    running = assemble(settings, model)
    channels = open_channels(chosen, running.turns, store=running.store, clock=running.clock, people=running.people)
    running.carriers.update({channel.carrier.name: channel.carrier for channel in channels})
    config = uvicorn.Config(
        web_application(running, channels),
        ws="none",  # uvicorn's websocket code cannot run with the version Rasa holds still
        log_config=None,
        access_log=False,
        server_header=False,
        # A proxy on this machine tells who really asks: for the limits, /metrics and the staff page.
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=10,
    )
    where = f"http://{settings.host}:{settings.port}/"
    print(f"\n  Trang hỏi đáp:     {where}", file=sys.stderr)
    print(f"  Trang cộng tác viên: {where}ctv", file=sys.stderr)
    for one in INSTALLABLE:
        state = "đang nối" if one.name in running.carriers else f"chưa cài ({one.first_setting})"
        print(f"  {one.title + ':':<19}{state}", file=sys.stderr)
    print("  Dừng: Ctrl+C\n", file=sys.stderr, flush=True)
    _Server(config).run(sockets=[listening])
