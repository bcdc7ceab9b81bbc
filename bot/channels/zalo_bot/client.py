"""The Zalo Bot API over HTTP: one call, its result, or what its failure means for a sender."""

from __future__ import annotations

from typing import Any

import httpx

from bot.channels.http import trusted
from bot.errors import DeliveryError, Refused, RetryLater, Unreachable

CALL_SECONDS = 15.0
TROUBLE_PAUSE_SECONDS = 5.0
QUOTA_PAUSE_SECONDS = 60.0
TOKEN_PAUSE_SECONDS = 60.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# https://bot.zapps.me/docs/error-code as quoted by others: 403 is "internal error", not a block.
IDLE, NO_TOKEN, NOT_FOUND, QUOTA, INTERNAL = 408, 401, 404, 429, 403


class TokenRejected(RetryLater):
    """The platform does not know this token."""

    def __init__(self) -> None:
        super().__init__(TOKEN_PAUSE_SECONDS, "Zalo Bot refuses the token")


class SlowDown(RetryLater):
    """The platform wants fewer calls, or its quota is used up."""


class ZaloBotClient:
    """Calls methods of one bot."""

    def __init__(self, base_url: str, token: str) -> None:
        self._address = f"{base_url}/bot{token}"
        self._http = httpx.AsyncClient(timeout=CALL_SECONDS, verify=trusted())
        self._right_place = False
        """Whether any call succeeded; until then "not found" may mean a wrong host instead of a chat that is gone."""

    async def close(self) -> None:
        """Ends open connections."""
        await self._http.aclose()

    async def call(self, method: str, **params: Any) -> Any:
        """The `result` of *method*.

        Raises TokenRejected, RetryLater, Unreachable or Refused; none of them repeats the address or the text.
        """
        return await self._call(method, params, CALL_SECONDS)

    async def updates(self, wait_seconds: int) -> Any:
        """What arrived within *wait_seconds*, None when nothing did; raises as `call` does."""
        try:
            return await self._call("getUpdates", {"timeout": str(wait_seconds)}, wait_seconds + CALL_SECONDS)
        except _Idle:
            return None

    async def _call(self, method: str, params: dict[str, Any], seconds: float) -> Any:
        try:
            answer = await self._http.post(f"{self._address}/{method}", json=params, timeout=seconds)
        except httpx.HTTPError as error:
            maybe = not isinstance(error, _NOT_SENT)
            raise RetryLater(TROUBLE_PAUSE_SECONDS, type(error).__name__, maybe_sent=maybe) from None
        body = _json(answer)
        if body is None:
            raise RetryLater(TROUBLE_PAUSE_SECONDS, f"Zalo Bot answered {answer.status_code} without JSON")
        if body.get("ok") is True:
            self._right_place = True
            return body.get("result")
        named = body.get("error_code")
        code = named if isinstance(named, int) else answer.status_code
        if code == NOT_FOUND and not self._right_place:
            raise RetryLater(TROUBLE_PAUSE_SECONDS, "Zalo Bot 404, perhaps the wrong host")
        raise failure(code, _asked_seconds(answer, body))


class _Idle(RetryLater):
    """Nothing arrived while the poll was open."""


def failure(code: int, asked_seconds: float = 0.0) -> DeliveryError:
    """What an error of the platform means for the sender; *asked_seconds* is a wait that it named."""
    reason = f"Zalo Bot {code}"
    if code == NO_TOKEN:
        return TokenRejected()
    if code == IDLE:
        return _Idle(TROUBLE_PAUSE_SECONDS, reason)
    if code == QUOTA:
        return SlowDown(asked_seconds or QUOTA_PAUSE_SECONDS, reason)
    if code == NOT_FOUND:
        return Unreachable(reason)
    if code == INTERNAL or code >= 500:
        return RetryLater(TROUBLE_PAUSE_SECONDS, reason)
    return Refused(reason)


def _json(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _asked_seconds(answer: httpx.Response, body: dict[str, Any]) -> float:
    parameters = body.get("parameters")
    named = parameters.get("retry_after") if isinstance(parameters, dict) else answer.headers.get("Retry-After")
    try:
        return min(max(float(named), 0.0), 86400.0) if named is not None else 0.0
    except (TypeError, ValueError):
        return 0.0
