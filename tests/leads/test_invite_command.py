"""`khuyencong leads invite`."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.assembly import open_store
from bot.cli import app
from bot.clock import SystemClock
from bot.leads import Collaborators, sample_territories
from bot.settings import read_settings


@pytest.mark.parametrize(
    ("telegram", "zalo", "expected"),
    [
        (None, None, ["Telegram: nhắn cho bot: /start {code}", "Zalo: nhắn cho bot hoặc trang OA của Trung tâm: /start {code}"]),
        ("@kc_bot", "https://zalo.me/1", ["https://t.me/kc_bot?start={code}", "@kc_bot: /start {code}", "(https://zalo.me/1): /start {code}"]),
    ],
)  # fmt: skip
def test_the_same_code_joins_on_telegram_and_on_zalo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, telegram: str | None, zalo: str | None, expected: list[str]
) -> None:
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))
    for name, value in (("TELEGRAM_NAME", telegram), ("ZALO_URL", zalo)):
        monkeypatch.setenv(f"KHUYENCONG_{name}", value or "")
    staff = Collaborators(open_store(read_settings()), SystemClock())
    sample_territories(staff)
    name = staff.all()[0].name
    said = CliRunner().invoke(app, ["leads", "invite", name]).output
    [code] = set(re.findall(r"ctv_[\w-]+", said))

    assert [words for words in expected if words.format(code=code) not in said] == []
    invited = staff.invited(code)
    assert invited is not None
    assert invited.name == name
