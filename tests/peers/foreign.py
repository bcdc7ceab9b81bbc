"""Clients that others wrote, each in an environment of its own: made once, then given orders in lines of JSON."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CLIENTS = Path(__file__).resolve().parent / "clients"
ROOT = CLIENTS.parents[2]
CACHE = ROOT / ".cache" / "clients"
ORDER_SECONDS = 30.0
INSTALL_SECONDS = 300.0


class NotToBeHad(Exception):
    """The client's packages cannot be installed here; says why."""


def interpreter(name: str) -> Path:
    """A Python that has exactly what `clients/<name>.txt` pins; made at the first call, kept under .cache."""
    requirements = CLIENTS / f"{name}.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
    environment = CACHE / wanted
    if not environment.exists():
        uv = shutil.which("uv") or shutil.which(ROOT / ".uv" / "bin" / "uv")
        if uv is None:
            raise NotToBeHad("there is no uv (`make setup` gets it)")
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            made = Path(folder) / wanted
            python = str(made / "bin" / "python")
            _run(uv, "venv", "--quiet", "--python", sys.executable, str(made))
            _run(uv, "pip", "sync", "--quiet", "--require-hashes", "--python", python, str(requirements))
            with suppress(OSError):  # another run was quicker
                made.rename(environment)
    return environment / "bin" / "python"


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.CalledProcessError as error:
        raise NotToBeHad(error.stderr.strip()[-500:]) from None
    except subprocess.TimeoutExpired:
        raise NotToBeHad(f"no answer within {INSTALL_SECONDS:.0f} seconds") from None


@dataclass(frozen=True)
class Outcome:
    """What the client made of the peer's answer."""

    result: Any = None
    error: str | None = None
    """The kind of exception that the client raised."""
    says: str = ""
    retry_after: float | None = None


class ForeignClient:
    """The process of one client, `clients/<script>.py` under its own Python; a context manager."""

    def __init__(self, python: Path, script: str) -> None:
        self._command = [str(python), str(CLIENTS / f"{script}.py")]
        self._ids = itertools.count()
        self._waiting: dict[int, Future[Outcome]] = {}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._reader.join()
        with self._process:  # closes its pipes
            pass

    def at(self, base_url: str, token: str) -> ClientAtPeer:
        """The client, as it speaks to one peer."""
        return ClientAtPeer(self, base_url, token)

    async def order(self, order: dict[str, Any]) -> Outcome:
        """Has *order* carried out; others may be under way."""
        number = next(self._ids)
        waiting = self._waiting[number] = Future()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": number, **order}) + "\n")
        self._process.stdin.flush()
        return await asyncio.wait_for(asyncio.wrap_future(waiting), ORDER_SECONDS)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            outcome = json.loads(line)
            waiting = self._waiting.pop(outcome.pop("id"))
            if waiting.set_running_or_notify_cancel():  # nobody waits any more after a time-out
                waiting.set_result(Outcome(**outcome))
        for waiting in self._waiting.values():
            waiting.set_exception(RuntimeError(f"{self._command[-1]} ended"))


@dataclass(frozen=True)
class ClientAtPeer:
    """Calls of a client to one peer."""

    client: ForeignClient
    base_url: str
    token: str

    async def __call__(self, call: str, **arguments: Any) -> Outcome:
        """What the client makes of *call*."""
        return await self.client.order(
            {"base_url": self.base_url, "token": self.token, "call": call, "with": arguments}
        )

    async def gives(self, call: str, **arguments: Any) -> Any:
        """The result of *call*, which must succeed."""
        outcome = await self(call, **arguments)
        assert outcome.error is None, f"{call}: {outcome.error}: {outcome.says}"
        return outcome.result
