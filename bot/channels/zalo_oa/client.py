"""Zalo's Open API, its OAuth and its template service over HTTP; it always answers 200 and says in `error` how it went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.channels.http import trusted
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.errors import DeliveryError, RetryLater

CALL_SECONDS = 15.0
TROUBLE_PAUSE_SECONDS = 5.0
UNKNOWN = -1
"""Our own code for an answer that names none."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class OaError(DeliveryError):
    """The platform's own error code; what it means is said in `codes`."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Zalo OA {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a refresh gives; the refresh token that was used is worth nothing afterwards."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    seconds: int
    """How long the access token lives."""


class ZaloOaClient:
    """One application's calls. Every call raises OaError or RetryLater."""

    def __init__(self, settings: ZaloOaSettings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(timeout=CALL_SECONDS, verify=trusted())

    async def close(self) -> None:
        """Ends open connections."""
        await self._http.aclose()

    async def message(self, token: str, user: str, message: Mapping[str, Any]) -> str:
        """Sends a consultation message; gives its id."""
        body = {"recipient": {"user_id": user}, "message": message}
        return _id(await self._open_api("/v3.0/oa/message/cs", token, json=body), "message_id")

    async def upload(self, token: str, filename: str, content: bytes, media_type: str) -> str:
        """Uploads a file; gives the token by which a message carries it."""
        files = {"file": (filename, content, media_type)}
        return _id(await self._open_api("/v2.0/oa/upload/file", token, files=files), "token")

    async def template(self, token: str, phone: str, template_id: str, values: Mapping[str, str], tracking: str) -> str:
        """Sends an approved template to a phone number (E.164); gives its id."""
        body = {
            "phone": phone.removeprefix("+"),
            "template_id": template_id,
            "template_data": dict(values),
            "tracking_id": tracking,
        }
        url = f"{self._settings.zns_url}/message/template"
        return _id(await self._call(url, headers={"access_token": token}, json=body), "msg_id")

    async def refresh(self, refresh_token: str) -> TokenPair:
        """Exchanges *refresh_token*, which can be used once, for a new pair."""
        answer = await self._call(
            f"{self._settings.oauth_url}/v4/oa/access_token",
            headers={"secret_key": self._settings.app_secret},
            data={
                "grant_type": "refresh_token",
                "refresh_token": refresh_token,
                "app_id": self._settings.app_id,
            },
        )
        try:
            return TokenPair(str(answer["access_token"]), str(answer["refresh_token"]), int(answer["expires_in"]))
        except (KeyError, TypeError, ValueError):
            raise OaError(UNKNOWN) from None

    async def _open_api(self, path: str, token: str, **content: Any) -> dict[str, Any]:
        return await self._call(f"{self._settings.base_url}{path}", headers={"access_token": token}, **content)

    async def _call(self, url: str, **content: Any) -> dict[str, Any]:
        """The whole answer when it is a success."""
        try:
            answer = await self._http.post(url, **content)
        except httpx.HTTPError as error:
            maybe = not isinstance(error, _NOT_SENT)
            raise RetryLater(TROUBLE_PAUSE_SECONDS, type(error).__name__, maybe_sent=maybe) from None
        try:
            body = json.loads(answer.content)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise RetryLater(TROUBLE_PAUSE_SECONDS, f"Zalo OA answered {answer.status_code} without JSON")
        code = body.get("error", 0)
        if code not in {0, "0"}:
            raise OaError(int(code) if str(code).lstrip("-").isdecimal() else UNKNOWN)
        if answer.status_code >= 400:
            raise RetryLater(TROUBLE_PAUSE_SECONDS, f"Zalo OA answered {answer.status_code}")
        return body


def _id(answer: Mapping[str, Any], name: str) -> str:
    data = answer.get("data")
    return str(data.get(name, "")) if isinstance(data, dict) else ""
