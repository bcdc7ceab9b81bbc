"""zalo-bot-mcp's client of the Zalo Bot API, whose authors measured the real platform, as a client of the peer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from lines import Order, serve
from zalo_bot_mcp import zalo_api


async def perform(order: Order) -> Any:
    """Carries out one order: a method of `ZaloBotApi` by its name; an update comes as its `parse_update` reads it."""
    zalo_api.BASE_URL = order["base_url"]  # it has no setting for the host
    async with zalo_api.ZaloBotApi(order["token"]) as api:
        result = await getattr(api, order["call"])(**order["with"])
    if order["call"] != "get_updates":
        return result
    message = zalo_api.parse_update(result)
    return asdict(message) if message else None


if __name__ == "__main__":
    serve(perform)
