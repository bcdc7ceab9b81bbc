"""What comes to the web page's addresses and how they refuse: JSON of a bearable size, errors as Vietnamese in JSON."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

LARGEST_BODY = 64 * 1024
"""Bytes of one request; a text of 4,000 characters escaped to the last letter fits."""


async def json_object(request: Request) -> dict[str, Any] | Response:
    """The request's JSON object, or the refusal of what is none."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > LARGEST_BODY:
        return refuse(413, "Tin này dài quá. Anh/chị tách ra, mỗi tin một ý giúp.")
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            return refuse(413, "Tin này dài quá. Anh/chị tách ra, mỗi tin một ý giúp.")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return refuse(400, "Yêu cầu không phải JSON.")
    return body if isinstance(body, dict) else refuse(400, "Yêu cầu phải là một đối tượng JSON.")


def refuse(status: int, why: str, *, retry_after: int | None = None) -> JSONResponse:
    """The answer *status* with the words *why*; *retry_after* in seconds."""
    headers = None if retry_after is None else {"Retry-After": str(retry_after)}
    return JSONResponse({"error": why}, status_code=status, headers=headers)
