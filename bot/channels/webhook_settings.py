"""What is checked of a webhook's address and secret, the same for every channel."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.settings import PREFIX

_LOOPBACK = "127.0.0.1"


def check_url(name: str, url: str, example: str) -> None:
    """Raises SettingsError unless *url* is https with a path; loopback over http is for tests."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == _LOOPBACK)
    if not safe or not parts.path.strip("/"):
        raise SettingsError(f"{PREFIX}{name}: must be https with a path, e.g. {example}")


def check_base(name: str, url: str) -> str:
    """The address of an API without its last slash; SettingsError unless it is https (or loopback)."""
    parts = urlsplit(url)
    if not parts.hostname or not (parts.scheme == "https" or parts.hostname == _LOOPBACK):
        raise SettingsError(f"{PREFIX}{name}: must be an https address like https://openapi.zalo.me")
    return url.rstrip("/")


def check_secret(name: str, secret: str, shortest: int) -> None:
    """Raises SettingsError unless *secret* is long enough and of plain letters; it is not repeated."""
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{{shortest},256}}", secret):
        raise SettingsError(f"{PREFIX}{name}: a webhook needs a secret of {shortest} to 256 letters, digits, _ or -")
