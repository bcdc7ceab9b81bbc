"""Worker processes of the drills, forked from one that has loaded their modules: a start takes milliseconds.

Each is a process of its own, to be killed like any other; what they share is only that nothing has to be imported.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["__main__", "tests.drill.campaign_worker", "tests.drill.lead_worker"])


def started(main: Callable[[Sequence[str]], None], arguments: Sequence[str], errors: Path) -> BaseProcess:
    """A process that runs *main* with *arguments*, as its command line would; what it says of errors is in *errors*."""
    process = _FORKS.Process(target=_run, args=(main, list(arguments), errors), daemon=True)
    process.start()
    return process


def _run(main: Callable[[Sequence[str]], None], arguments: Sequence[str], errors: Path) -> None:
    with errors.open("wb") as file:
        os.dup2(file.fileno(), 2)
    main(arguments)
