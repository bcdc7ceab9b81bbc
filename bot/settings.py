"""One frozen Settings, read once from the environment and from the settings file of `KHUYENCONG_HOME`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError

PREFIX = "KHUYENCONG_"
SETTINGS_FILE = "settings.env"
CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8080
DEFAULT_CHATS_AT_ONCE = 2
_ORIGIN = re.compile(r"https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations."""

    home: Path
    """Folder of the database, logs and settings."""
    model: Path
    """Folder of trained models, or one model archive."""
    port: int
    host: str
    rate_limit: bool
    telegram_token: str | None
    telegram_base_url: str | None
    telegram_webhook_url: str | None
    telegram_secret: str | None
    staff_token: str | None
    """Opens the staff page from other machines; without one it answers on loopback only."""
    allowed_origins: tuple[str, ...]
    """Sites that may show the chat page in a frame of theirs, e.g. `https://khuyencong.example.vn`."""
    sample_data: bool
    """Start with sample territories and collaborators when there are none."""
    keep_messages_days: int
    """How long messages are kept once no lead under way needs them."""
    keep_buttons_days: int
    keep_drafts_days: int
    """How long an unfinished screening waits for its person."""
    chats_at_once: int
    """Chats that are answered at the same time."""
    relay_minutes: int
    """How long a person may be silent in a household's chat before the bot answers there again."""
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Every setting that was given, by its name without prefix; a channel reads and checks its own ones here."""

    @property
    def ledger(self) -> Path:
        """The ledger of erasures, beside the database."""
        return self.home / "erasures.jsonl"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.home / "khuyencong.sqlite"


def read_settings(environment: Mapping[str, str] | None = None, **overrides: str | None) -> Settings:
    """The settings in force: *overrides* over the environment over the settings file over the defaults.

    Raises SettingsError with one clear line when a setting cannot be used.
    """
    given = dict(os.environ if environment is None else environment)
    home = Path(overrides.get("home") or given.get(f"{PREFIX}HOME") or CHECKOUT / ".home").expanduser()
    values = {**_from_file(home / SETTINGS_FILE), **{k: v for k, v in given.items() if k.startswith(PREFIX)}}

    def value(name: str) -> str | None:
        return overrides.get(name.lower()) or values.get(PREFIX + name) or None

    return Settings(
        home=home,
        model=Path(value("MODEL") or CHECKOUT / "models").expanduser(),
        port=_port(value("PORT") or str(DEFAULT_PORT)),
        host=value("HOST") or "127.0.0.1",
        rate_limit=_switch("RATE_LIMIT", value("RATE_LIMIT") or "on"),
        telegram_token=value("TELEGRAM_TOKEN"),
        telegram_base_url=value("TELEGRAM_BASE_URL"),
        telegram_webhook_url=value("TELEGRAM_WEBHOOK_URL"),
        telegram_secret=value("TELEGRAM_SECRET"),
        staff_token=value("STAFF_TOKEN"),
        allowed_origins=_origins(value("ALLOWED_ORIGINS") or ""),
        sample_data=_switch("SAMPLE_DATA", value("SAMPLE_DATA") or "off"),
        keep_messages_days=_count("KEEP_MESSAGES_DAYS", value("KEEP_MESSAGES_DAYS") or "180", least=14),
        keep_buttons_days=_count("KEEP_BUTTONS_DAYS", value("KEEP_BUTTONS_DAYS") or "90", least=14),
        keep_drafts_days=_count("KEEP_DRAFTS_DAYS", value("KEEP_DRAFTS_DAYS") or "180", least=1),
        chats_at_once=_count("CHATS_AT_ONCE", value("CHATS_AT_ONCE") or str(DEFAULT_CHATS_AT_ONCE), least=1, most=16),
        relay_minutes=_count("RELAY_MINUTES", value("RELAY_MINUTES") or "120", least=1),
        given={name.removeprefix(PREFIX): text for name, text in values.items() if text},
    )


def prepare_home(settings: Settings) -> None:
    """Makes the home folder; raises SettingsError when it cannot be written."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe = settings.home / ".writable"
        probe.write_text("", "utf8")
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            f"{PREFIX}HOME: cannot write to {settings.home} ({error.strerror}); choose another folder"
        ) from error


def _from_file(path: Path) -> dict[str, str]:
    """Lines `NAME=value` of the settings file; blank lines and # comments are passed over."""
    if not path.exists():
        return {}
    try:
        lines = path.read_text("utf8").splitlines()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, rest = text.partition("=")
        if not equals or not name.strip().startswith(PREFIX):
            raise SettingsError(f"{path}:{number}: expected {PREFIX}NAME=value")
        found[name.strip()] = rest.strip()
    return found


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"{PREFIX}PORT: {text!r} is not a port number between 1 and 65535")
    return int(text)


def _count(name: str, text: str, *, least: int, most: int = sys.maxsize) -> int:
    """A whole number; messages and buttons stay at least two weeks, or a repeated update would be answered twice."""
    if not text.isdigit() or not least <= int(text) <= most:
        upto = "" if most == sys.maxsize else f" to {most}"
        raise SettingsError(f"{PREFIX}{name}: {text!r} is not a whole number from {least}{upto}")
    return int(text)


def _origins(text: str) -> tuple[str, ...]:
    """Origins separated by commas or spaces; what is none could open the page to everybody, so it is an error."""
    given = [part.rstrip("/") for part in re.split(r"[\s,]+", text) if part]
    for one in given:
        if not _ORIGIN.fullmatch(one):
            raise SettingsError(f"{PREFIX}ALLOWED_ORIGINS: {one!r} is not an origin like https://khuyencong.example.vn")
    return tuple(dict.fromkeys(given))


def _switch(name: str, text: str) -> bool:
    if text.lower() in {"on", "true", "1", "yes"}:
        return True
    if text.lower() in {"off", "false", "0", "no"}:
        return False
    raise SettingsError(f"{PREFIX}{name}: {text!r} is neither on nor off")
