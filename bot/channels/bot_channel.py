"""A bot of a platform that gives tokens: by polling, or by a webhook with a secret when its settings name an address."""

from __future__ import annotations

import hmac
from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.carrier import State
from bot.channels.http import GrowingPause, limited_body
from bot.channels.running import BackgroundChannel
from bot.errors import StoreError

log = structlog.get_logger(__name__)

U = TypeVar("U")
"""An update as the platform's client gives it."""


class WebhookSettings(Protocol):
    """What the settings of every such bot say."""

    @property
    def webhook_url(self) -> str | None:
        """Public https address of our webhook; None means polling."""
        ...

    @property
    def webhook_secret(self) -> str:
        """What proves that a request comes from the platform."""
        ...


class BotChannel(BackgroundChannel, Generic[U]):
    """Takes updates in either way and hands them on; each is stored before the platform may forget it."""

    proof_header: ClassVar[str]
    """The header in which the platform shows the secret."""
    token_refused: ClassVar[type[Exception]]
    """Raised by calls when the platform does not know the token: nothing is tried any more."""
    trouble: ClassVar[type[Exception]]
    """Raised by calls for what may pass."""
    where_tokens_are: ClassVar[str]
    """For whoever reads the log after the token was refused."""

    def __init__(self, name: str, hook: WebhookSettings) -> None:
        super().__init__(name)
        self._hook = hook

    # --- what differs from platform to platform ------------------------------------------------------------------

    @abstractmethod
    async def _present(self) -> None:
        """Makes ourselves known and says by which way updates are to come; raises `trouble` or `token_refused`."""

    @abstractmethod
    async def _fetch(self) -> None:
        """Polls once and takes what came; raises `trouble` or `token_refused`."""

    @abstractmethod
    def _read(self, body: bytes) -> Sequence[U]:
        """The updates in the body of a webhook; raises ValueError or RecursionError when there can be none."""

    @abstractmethod
    async def _hand_on(self, update: U) -> None:
        """Stores what *update* means to us; StoreError when it must come again."""

    @abstractmethod
    def _asked_to_wait(self, error: Exception) -> float:
        """Seconds that the platform itself names in *error*; 0 for any other failure."""

    # --- running -------------------------------------------------------------------------------------------------

    def routes(self) -> list[Route]:
        """The webhook for the public server; nothing when polling."""
        if self._hook.webhook_url is None:
            return []
        return [Route(urlsplit(self._hook.webhook_url).path, self._webhook, methods=["POST"])]

    async def _run(self) -> None:
        try:
            await self._introduce()
            self._settle(State.RUNNING)
            log.info(f"{self._name}_running", by="polling" if self._hook.webhook_url is None else "webhook")
            if self._hook.webhook_url is None:
                await self._poll()
        except self.token_refused:
            # The error's own words may repeat the token, so only the fact is logged.
            self._settle(State.REJECTED)
            log.error(f"{self._name}_token_rejected", help=self.where_tokens_are)

    async def _introduce(self) -> None:
        """Presents ourselves, as often as it takes."""
        pause = GrowingPause(self._name)
        while True:
            try:
                return await self._present()
            except self.token_refused:
                raise
            except self.trouble as error:
                await pause.after(error, self._asked_to_wait(error))

    async def _poll(self) -> None:
        pause = GrowingPause(self._name)
        while True:
            try:
                await self._fetch()
                pause.over()
            except self.token_refused:
                raise
            except Exception as error:
                # Whatever it is, this loop is the only way in, so it goes on.
                await pause.after(error, self._asked_to_wait(error))

    async def _webhook(self, request: Request) -> Response:
        given = request.headers.get(self.proof_header, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._hook.webhook_secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        try:
            updates = self._read(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("not an update", status_code=400)
        try:
            for update in updates:
                await self._take(update)
        except StoreError:
            # The platform sends it again, which is what we want while the database cannot take it.
            return PlainTextResponse("try again", status_code=503)
        return PlainTextResponse("ok")

    async def _take(self, update: U) -> None:
        """Stores one update; raises StoreError when it must come again."""
        try:
            await self._hand_on(update)
        except StoreError:
            raise
        except Exception as error:
            # One update that nobody can read must not keep everyone else's from arriving.
            log.error(f"{self._name}_update_unreadable", error=type(error).__name__)
