"""A second service on the same home folder says so in one line; whoever was killed holds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import SettingsError
from bot.sole import LOCK_FILE, sole_service

ROOT = Path(__file__).resolve().parent.parent
HOLDS = """
import sys, time
from pathlib import Path
from bot.sole import sole_service
with sole_service(Path(sys.argv[1])):
    print("holds", flush=True)
    time.sleep(60)
"""


def test_serve_refuses_a_home_that_another_process_serves(tmp_path):
    told = {**os.environ, "KHUYENCONG_HOME": str(tmp_path)}
    with sole_service(tmp_path):
        second = subprocess.run(
            [sys.executable, "-m", "bot.cli", "serve", "--port", "18765"],
            cwd=ROOT, env=told, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip

    assert second.returncode == 2
    assert second.stderr == (
        f"khuyencong: {tmp_path}: khuyencong serve runs on this folder already (process {os.getpid()}); "
        "stop it first, or use another folder: KHUYENCONG_HOME=…\n"
    )


def test_a_restore_is_refused_while_the_service_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))
    with sole_service(tmp_path):
        restore = CliRunner().invoke(app, ["restore", str(tmp_path / "copy.sqlite"), "--yes"])

    assert isinstance(restore.exception, SettingsError)


def test_a_killed_service_holds_nothing(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    holder.stdout.readline()
    with pytest.raises(SettingsError, match=str(holder.pid)), sole_service(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with sole_service(tmp_path):
        held_by = (tmp_path / LOCK_FILE).read_text("utf8")

    assert held_by == f"{os.getpid()}\n"


def test_it_is_free_again_after_an_end_or_an_error(tmp_path):
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), sole_service(tmp_path):
            raise ValueError("broken")
    with sole_service(tmp_path):
        pass
