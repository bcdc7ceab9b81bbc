"""What can be seen on the machine itself: folder, database, disk, model, staff token, backups."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import VIETNAM
from bot.dialogue.training import archive_name, current_model
from bot.replies.doctor_lines import Observation
from bot.replies.money import number
from bot.settings import CHECKOUT, SETTINGS_FILE, Settings
from bot.store.soundness import soundness

LOW_BYTES, FULL_BYTES = 2 << 30, 300 << 20
"""Free bytes under which somebody should look, and under which something must be done."""
SHORTEST_STAFF_TOKEN = 12
BACKUP_HOLDS = timedelta(days=2)
"""How old the newest backup may be; one a day, and a day's grace."""
_BACKUP_ENDINGS = {".sqlite", ".db", ".sqlite3"}


def settings_file(settings: Settings) -> Observation:
    """The settings file holds tokens: nobody else on the machine may read it."""
    path = settings.home / SETTINGS_FILE
    if path.exists() and path.stat().st_mode & 0o077:
        return Observation("settings_open", {"path": str(path)})
    return Observation("settings_good", {"count": str(len(settings.given))})


def files(settings: Settings) -> Iterator[Observation]:
    """The home folder and the database in it."""
    if not settings.home.is_dir():
        yield Observation("home_absent", {"path": str(settings.home)})
        return
    if not os.access(settings.home, os.W_OK):
        yield Observation("home_closed", {"path": str(settings.home)})
    path = settings.database
    if not path.exists():
        yield Observation("database_absent")
        return
    found = soundness(path)
    if found.unreadable:
        yield Observation("database_other", {"why": found.unreadable, "path": str(path)})
    elif found.damage:
        yield Observation("database_damaged", {"why": found.damage})
    else:
        yield Observation("database_good", {"size": _size(path.stat().st_size)})


def disk(settings: Settings, free: int | None = None) -> Observation:
    """Free bytes where the database grows, or would; *free* when that is known already."""
    folder = next(one for one in (settings.home, *settings.home.absolute().parents) if one.exists())
    left = shutil.disk_usage(folder).free if free is None else free
    code = "disk_full" if left < FULL_BYTES else "disk_low" if left < LOW_BYTES else "disk_good"
    return Observation(code, {"free": _size(left)})


def zone_is_sane() -> bool:
    """Whether the machine's own data say that Vietnam is seven hours ahead all the year."""
    try:
        zone = ZoneInfo(VIETNAM.key)
    except ZoneInfoNotFoundError:
        return False
    return all(datetime(2026, month, 1, tzinfo=zone).utcoffset() == timedelta(hours=7) for month in (1, 7))


def model(settings: Settings, checkout: Path = CHECKOUT) -> Observation:
    """Whether there is a model, and whether it was trained from the files as they are."""
    found = current_model(settings.model, checkout)
    if found is None:
        return Observation("model_absent")
    values = {"name": found.name}
    if found.name == archive_name(checkout):
        return Observation("model_good", values)
    return Observation("model_other" if settings.model.is_file() else "model_instead", values)


def staff_page(settings: Settings) -> Observation:
    """Who can open the page of the collaborators."""
    if settings.staff_token is None:
        return Observation("staff_local")
    short = len(settings.staff_token) < SHORTEST_STAFF_TOKEN
    return Observation("staff_short", {"least": str(SHORTEST_STAFF_TOKEN)}) if short else Observation("staff_good")


def backup(settings: Settings, now: datetime) -> Observation:
    """How old the newest copy is in the folder of backups (`BACKUPS`, else `backups` in the home folder)."""
    folder = Path(settings.given.get("BACKUPS") or settings.home / "backups").expanduser()
    copies = [one for one in folder.glob("*") if one.suffix in _BACKUP_ENDINGS] if folder.is_dir() else []
    if not copies:
        return Observation("backup_absent", {"folder": str(folder)})
    newest = max(copies, key=lambda one: one.stat().st_mtime)
    age = now - datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    values = {"age": _age(age), "name": newest.name, "folder": str(folder)}
    return Observation("backup_good" if age <= BACKUP_HOLDS else "backup_old", values)


def _size(count: int) -> str:
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB")):
        if count >= unit:
            return f"{number(round(count / unit, 1))} {name}"
    return f"{number(count >> 10)} KB"


def _age(age: timedelta) -> str:
    return f"{age.days} ngày" if age.days else f"{max(0, int(age.total_seconds() // 3600))} giờ"
