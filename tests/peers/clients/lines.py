"""What the clients' scripts share: an order comes as a line of JSON, its outcome goes as a line of JSON.

An order is `{"id", "base_url", "token", "call", "with"}`; an outcome has the order's `id`, and either `result`, or `error`
(the kind of the client's exception), `says` (its text) and `retry_after`. Orders are carried out side by side.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Order = dict[str, Any]


async def _outcome(perform: Callable[[Order], Awaitable[Any]], order: Order) -> Order:
    try:
        return {"id": order["id"], "result": await perform(order)}
    except Exception as error:  # the kind of the client's exception is what is asked for
        retry_after = getattr(error, "retry_after", None)
        return {"id": order["id"], "error": type(error).__name__, "says": str(error), "retry_after": retry_after}


async def _serve(perform: Callable[[Order], Awaitable[Any]]) -> None:
    under_way: set[asyncio.Task[None]] = set()

    async def carry_out(order: Order) -> None:
        print(json.dumps(await _outcome(perform, order)), flush=True)

    while line := await asyncio.to_thread(sys.stdin.readline):
        task = asyncio.create_task(carry_out(json.loads(line)))
        under_way.add(task)
        task.add_done_callback(under_way.discard)


def serve(perform: Callable[[Order], Awaitable[Any]]) -> None:
    """Carries out orders until there is no more input."""
    asyncio.run(_serve(perform))
