"""The clients that others wrote, each started once, and the peers that they speak to."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from tests.peers.foreign import ForeignClient, NotToBeHad, interpreter
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer
from tests.peers.zalo_oa import ZaloOaPeer


@contextmanager
def running(name: str) -> Iterator[ForeignClient]:
    """The client's process; the tests that need it are skipped where its packages cannot be had, or fail in CI."""
    try:
        python = interpreter(name)
    except NotToBeHad as why:
        reason = f"{name} cannot be installed: {why}"
        if os.environ.get("KHUYENCONG_CLIENTS_REQUIRED"):
            pytest.fail(reason, False)
        pytest.skip(reason)
    with ForeignClient(python, f"{name}_client") as client:
        yield client


@pytest.fixture(scope="session")
def aiogram() -> Iterator[ForeignClient]:
    with running("aiogram") as client:
        yield client


@pytest.fixture(scope="session")
def python_zalo_bot() -> Iterator[ForeignClient]:
    with running("python_zalo_bot") as client:
        yield client


@pytest.fixture(scope="session")
def zalo_bot_mcp() -> Iterator[ForeignClient]:
    with running("zalo_bot_mcp") as client:
        yield client


@pytest.fixture(scope="session")
def zalo_sdk() -> Iterator[ForeignClient]:
    with running("zalo_sdk") as client:
        yield client


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramPeer]:
    async with TelegramPeer() as peer:
        yield peer


@pytest.fixture
async def zalo_bot() -> AsyncIterator[ZaloBotPeer]:
    async with ZaloBotPeer() as peer:
        yield peer


@pytest.fixture
async def zalo_oa() -> AsyncIterator[ZaloOaPeer]:
    async with ZaloOaPeer() as peer:
        yield peer
