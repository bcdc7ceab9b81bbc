"""The command line from the samples to the report, on a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_campaign import campaign_app
from bot.errors import BotError, TransitionRefused


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a small closure
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KHUYENCONG_TELEGRAM_NAME", "kc_bot")

    def command(*arguments: object) -> str:
        done = CliRunner().invoke(campaign_app, [str(one) for one in arguments], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return command


def test_a_campaign_goes_from_a_sample_to_its_report(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert len(run("samples", "--into", tmp_path / "s").splitlines()) == 5
    assert "bản nháp" in run("new", tmp_path / "s" / "fairs.yml")
    assert "0 người, trong 0 người đồng ý" in run("preview", "hoi-cho")
    assert "chờ tới giờ" in run("schedule", "hoi-cho")
    assert "đã hủy" in run("cancel", "hoi-cho")
    assert "hoi-cho  đã hủy" in run("list")
    assert "Trong danh sách: 0" in run("report", "hoi-cho", "--xlsx", tmp_path / "r.xlsx", "--csv", tmp_path / "r.csv")
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    assert "không ai có kết quả khác" in run("suggest", "--since", "2025-10-01")


def test_samples_that_were_edited_are_not_overwritten(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("samples", "--into", tmp_path)
    (tmp_path / "fairs.yml").write_text("mine", "utf8")
    run("samples", "--into", tmp_path)

    assert (tmp_path / "fairs.yml").read_text("utf8") == "mine"


def test_what_cannot_be_done_is_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BotError, match="there is no campaign 'gone'"):
        run("preview", "gone")
    run("samples", "--into", tmp_path)
    run("new", tmp_path / "machinery.yml")
    with pytest.raises(TransitionRefused, match="a campaign that is draft cannot pause"):
        run("pause", "may-moc")
    with pytest.raises(BotError, match="names 0 people"):
        run("test", "may-moc", "--to", "nobody")
