"""zalo-sdk as a client of the Official Account's peer: its clients of the Open API and of the template service."""

from __future__ import annotations

import asyncio
from typing import Any

import requests
import zalo_sdk
import zalo_sdk.oa
import zalo_sdk.zns
from lines import Order, serve

_OAUTH = "https://oauth.zaloapp.com"
_post = requests.post


def _send(account: Any, call: Order) -> Any:
    attachment = call.get("attachment")
    body = zalo_sdk.oa.ZaloMessageBody(
        text=call.get("text"),
        attachment=zalo_sdk.oa.ZaloAttachment(attachment["type"], attachment["payload"]) if attachment else None,
    )
    return account.send_message(zalo_sdk.oa.ZaloRecipient(user_id=call["user_id"]), body)


def _carry_out(order: Order) -> Any:
    arguments, base_url = order["with"], order["base_url"]
    application = arguments.pop("application", {"app_id": "", "secret_key": ""})
    kind = zalo_sdk.zns if order["call"] == "send_zns_message" else zalo_sdk.oa
    client = kind.Client(
        **application,
        access_token=order["token"],
        refresh_token=arguments.pop("refresh_token", ""),
        endpoint_prefix=base_url,
    )
    if order["call"] == "refresh_acccess_token":
        # The one host that the package has no setting for; everything else of the request is its own.
        requests.post = lambda url, **how: _post(url.replace(_OAUTH, base_url, 1), **how)
    if order["call"] == "send_message":
        return _send(client, arguments)
    if order["call"] == "upload_file":
        arguments["file_data"] = arguments["file_data"].encode()
    return getattr(client, order["call"])(**arguments)


async def perform(order: Order) -> Any:
    """Carries out one order: a method of the package's client by its name."""
    return await asyncio.to_thread(_carry_out, order)


if __name__ == "__main__":
    serve(perform)
