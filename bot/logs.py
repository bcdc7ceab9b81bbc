"""What is logged, and what never is: people's words stay out, and the chatter of libraries too."""

from __future__ import annotations

import logging
import os
import sqlite3
import sys
import traceback
import warnings
from typing import Any

import structlog

from bot.settings import CHECKOUT


def quiet() -> None:
    """Keeps libraries' chatter out of the terminal, and people's words out of every log."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warnings.filterwarnings("ignore")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "telegram", "apscheduler", "rasa", "rasa_sdk", "tensorflow", "matplotlib"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        processors=[
            _without_rasa,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _what_broke,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _without_rasa(_: Any, __: str, event: Any) -> Any:
    """Drops Rasa's own structured events: they carry the text of messages."""
    name = str(event.get("event", ""))
    if "." in name:
        raise structlog.DropEvent
    return event


def _what_broke(_: Any, __: str, event: Any) -> Any:
    """Puts the kind of an error and its way through the code where the error was: its message may be a person's words.

    Only the database's own messages are kept; they name tables and locks, never values.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    broke = []
    while isinstance(error, BaseException):
        said = f": {error}" if isinstance(error, sqlite3.Error) else ""
        frames = traceback.extract_tb(error.__traceback__)
        way = [f"{frame.filename.removeprefix(f'{CHECKOUT}/')}:{frame.lineno} {frame.name}" for frame in frames]
        broke.append({"error": f"{type(error).__name__}{said}", "at": way})
        error = error.__cause__ or error.__context__
    if broke:
        event["broke"] = broke
    return event
