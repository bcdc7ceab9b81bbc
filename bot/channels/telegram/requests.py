"""The library's HTTP client, kept from logging what people write and from stumbling over one odd update."""

from __future__ import annotations

import json
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.channels.http import trusted


class QuietRequest(HTTPXRequest):
    """Does not log an answer that it cannot read."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how, httpx_kwargs={"verify": trusted()})

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer as JSON; raises TelegramError without repeating it."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


class UpdatesRequest(QuietRequest):
    """Empties an update that the library cannot read, so that it is confirmed and those behind it still arrive."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """An answer to getUpdates in which every update can be read."""
        answer = QuietRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [readable(update) for update in answer["result"] if has_id(update)]
        return answer


def has_id(update: Any) -> bool:
    """Whether this JSON value can be an update at all."""
    return isinstance(update, dict) and type(update.get("update_id")) is int


def readable(update: dict[str, Any]) -> dict[str, Any]:
    """*update*, or only its id when the library cannot read the rest (it meets wrong shapes with any exception)."""
    try:
        Update.de_json(update, None)
    except Exception:
        return {"update_id": update["update_id"]}
    return update
