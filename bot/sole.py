"""One service on one home folder: a lock that the kernel takes back however the service ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import SettingsError

LOCK_FILE = "service.lock"


@contextmanager
def sole_service(home: Path) -> Iterator[None]:
    """Holds *home* meanwhile; SettingsError, one line, when a service holds it.

    Two services would both poll the channels and both give back, as left by a crash, what the other is just sending. The
    command line works beside a service without it, but for what replaces the whole database.
    """
    with (home / LOCK_FILE).open("a+", encoding="utf8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise SettingsError(
                f"{home}: khuyencong serve runs on this folder already (process {file.read().strip() or 'unknown'}); "
                "stop it first, or use another folder: KHUYENCONG_HOME=…"
            ) from None
        except OSError as error:
            raise SettingsError(
                f"{home}: this file system cannot lock files ({error.strerror}); SQLite needs that too, choose another"
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
