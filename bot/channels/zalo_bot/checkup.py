"""Asks the Zalo Bot Platform how a bot stands, beside the running service."""

from __future__ import annotations

from typing import Any

from bot.channels.http import silence_library_logs
from bot.channels.standing import Contact, Standing
from bot.channels.zalo_bot.client import TokenRejected, ZaloBotClient
from bot.channels.zalo_bot.settings import ZaloBotSettings
from bot.errors import DeliveryError


async def check_up(settings: ZaloBotSettings) -> Standing:
    """Whether the token is good and where updates go; never raises, and never fetches an update."""
    silence_library_logs()
    client = ZaloBotClient(settings.base_url, settings.token)
    try:
        me = await client.call("getMe")
        return Standing(Contact.TALKS, _text(me, "account_name"), await _webhook(client))
    except TokenRejected:
        return Standing(Contact.REFUSED)
    except DeliveryError:
        return Standing(Contact.SILENT)
    finally:
        await client.close()


async def _webhook(client: ZaloBotClient) -> str:
    """The webhook's address; a bot that never had one answers with an error."""
    try:
        return _text(await client.call("getWebhookInfo"), "url")
    except DeliveryError:
        return ""


def _text(answer: Any, name: str) -> str:
    return str(answer.get(name) or "") if isinstance(answer, dict) else ""
