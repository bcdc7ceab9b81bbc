"""The whole service as a process of its own, for journeys and drills: start it, kill it, look into its database."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from bot.store import Store

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120.0
STOP_SECONDS = 20.0


class Service:
    """`python -m bot.cli serve` on a home folder; an async context manager that kills what still runs at its end."""

    module = "bot.cli"

    def __init__(self, home: Path, model: Path, **settings: str) -> None:
        """*settings* without their prefix: `telegram_token="…"`."""
        self.home = home
        self.port = _free_port()
        self.environment = {
            **os.environ,
            "KHUYENCONG_HOME": str(home),
            "KHUYENCONG_MODEL": str(model),
            "KHUYENCONG_SAMPLE_DATA": "on",
            **{f"KHUYENCONG_{name.upper()}": value for name, value in settings.items()},
        }
        self.log = home.parent / f"{home.name}.log"
        """Standard error of every start, one after the other."""
        self._process: asyncio.subprocess.Process | None = None
        self._store: Store | None = None

    # -- life ------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.running:
            self.kill()
            await self.ended()
        if self._store is not None:
            self._store.close()

    async def start(self) -> float:
        """Starts it and waits until it can talk; gives the seconds that took."""
        begun = asyncio.get_running_loop().time()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", self.module, "serve", "--port", str(self.port),
                cwd=ROOT, env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        async with httpx.AsyncClient() as http, asyncio.timeout(START_SECONDS):
            while True:
                if not self.running:
                    raise RuntimeError(f"the service ended by itself:\n{self.log.read_text('utf8')[-2000:]}")
                try:
                    if (await http.get(f"{self.url}/healthz", timeout=START_SECONDS)).status_code == 200:
                        return asyncio.get_running_loop().time() - begun
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    def kill(self) -> None:
        """SIGKILL: no farewell, nothing is finished."""
        self.process.kill()

    async def ended(self) -> int:
        """Waits for the end and gives the exit status."""
        return await asyncio.wait_for(self.process.wait(), STOP_SECONDS)

    async def stop(self) -> int:
        """SIGTERM, as a service manager does it; gives the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    # -- looking in ------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> Store:
        """The same database, beside the running service."""
        if self._store is None:
            self._store = Store(self.home / "khuyencong.sqlite")
        return self._store

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.store.db.conn.execute(sql, values).fetchall()

    async def command(self, *arguments: str, **settings: str) -> str:
        """Runs `khuyencong …` beside it on the same home, and gives what it printed."""
        extra: Mapping[str, str] = {f"KHUYENCONG_{name.upper()}": value for name, value in settings.items()}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self.module, *arguments,
            cwd=ROOT, env={**self.environment, **extra}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, problems = await process.communicate()
        if process.returncode != 0:
            raise RuntimeError(problems.decode())
        return out.decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
