"""The port of the service, taken before anything slow begins, so that a taken one is said at once."""

from __future__ import annotations

import socket

from bot.errors import SettingsError
from bot.settings import Settings


def listen(settings: Settings) -> socket.socket:
    """The port of *settings*, taken; SettingsError, one line with a way out, when it cannot be."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # TCP by name: asyncio lets answers leave without delay only on such a socket, else each one costs 40 ms more.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise SettingsError(
            f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); "
            "set KHUYENCONG_PORT to a free port, e.g. KHUYENCONG_PORT=8081 make run"
        ) from error
    listening.set_inheritable(True)
    return listening
