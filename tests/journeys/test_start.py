"""How the service starts and ends: one clear line when it cannot, status 0 when it is told to go."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.assembly import open_store
from bot.clock import SystemClock
from bot.messages import inbox
from bot.messages.incoming import IncomingMessage, Kind
from bot.settings import read_settings
from tests.service import ROOT, Service

MODEL = pytest.mark.model


def start(tmp_path: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KHUYENCONG_")}
    environment |= {"KHUYENCONG_HOME": str(tmp_path / "home"), **{f"KHUYENCONG_{k}": v for k, v in settings.items()}}
    command = [sys.executable, "-m", "bot.cli", "serve", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The only line that was printed; it is no traceback."""
    [line] = (done.stdout + done.stderr).splitlines()
    return line


BAD = {
    "a port that is no number": ({"PORT": "abc"}, "KHUYENCONG_PORT"),
    "a port that is none": ({"PORT": "70000"}, "KHUYENCONG_PORT"),
    "a token that is none": ({"TELEGRAM_TOKEN": "my-token"}, "KHUYENCONG_TELEGRAM_TOKEN"),
    "a webhook without a secret": (
        {"TELEGRAM_TOKEN": "700000001:" + "A" * 35, "TELEGRAM_WEBHOOK_URL": "https://a.vn/t"},
        "KHUYENCONG_TELEGRAM_SECRET",
    ),
    "a switch that is neither": ({"SAMPLE_DATA": "perhaps"}, "KHUYENCONG_SAMPLE_DATA"),
    "an address that is not ours": ({"HOST": "192.0.2.1"}, "192.0.2.1"),
}


@pytest.mark.parametrize(("settings", "named"), BAD.values(), ids=BAD)
def test_a_bad_setting_is_one_line_that_names_it(tmp_path, settings, named):
    done = start(tmp_path, **settings)

    assert done.returncode == 2
    assert named in one_line(done)


def test_a_token_is_not_repeated_when_it_is_refused(tmp_path):
    assert "my-token" not in one_line(start(tmp_path, TELEGRAM_TOKEN="my-token"))


def test_a_port_that_is_taken_is_one_line_with_a_way_out(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = start(tmp_path, "--port", str(taken.getsockname()[1]))

    assert done.returncode == 2
    assert "KHUYENCONG_PORT" in one_line(done)


def test_a_home_that_is_no_folder_is_one_line(tmp_path):
    (tmp_path / "home").write_text("a file")
    done = start(tmp_path)

    assert done.returncode == 2
    assert "KHUYENCONG_HOME" in one_line(done)


def test_a_settings_file_with_a_bad_line_names_the_line(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.env").write_text("# ours\nPORT 8080\n")
    done = start(tmp_path)

    assert done.returncode == 2
    assert "settings.env:2" in one_line(done)


@MODEL
async def test_it_starts_within_twenty_seconds_takes_up_what_was_left_and_ends_with_status_0(tmp_path, model):
    async with Service(tmp_path / "home", model) as service:
        # Somebody's message was stored, and the machine went down before the answer.
        store = open_store(read_settings({"KHUYENCONG_HOME": str(service.home)}))
        with store.transaction() as db:
            left = IncomingMessage("web", "left-behind", "1", Kind.TEXT, text="mua máy được hỗ trợ bao nhiêu")
            inbox.receive(db, left, SystemClock().now())
        store.close()
        await service.start()
        spent = psutil.Process(service.process.pid).cpu_times()
        async with asyncio.timeout(20):
            while service.rows("SELECT state FROM inbox") != [("done",)]:
                await asyncio.sleep(0.05)
        answers = service.rows("SELECT payload FROM outbox WHERE chat = 'left-behind'")
        status = await service.stop()

    # Its own seconds, not those in which a busy machine did something else.
    assert spent.user + spent.system < 20
    assert "50%" in answers[0][0]
    assert status == 0
