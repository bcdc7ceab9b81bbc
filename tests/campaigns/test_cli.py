"""The command line from the samples to the report, on a home of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_campaign import CampaignProblem, campaign_app


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
    fairs = tmp_path / "s" / "fairs.yml"
    assert "còn 3 chỗ phải điền ngay_mo, noi_mo, han_dang_ky" in run("check", fairs)
    filled_in(fairs, ngay_mo="2099-03-12", noi_mo="Nhà thi đấu tỉnh", han_dang_ky="2099-02-10")
    assert "mở ngày 12/03/2099 tại Nhà thi đấu tỉnh" in run("check", fairs)
    assert "xem ai sẽ nhận: khuyencong campaign preview hoi-cho" in run("new", fairs)
    previewed = run("preview", "hoi-cho")
    assert "0 người, trong 0 người đồng ý" in previewed
    assert "Ưng rồi thì cho gửi: khuyencong campaign schedule hoi-cho" in previewed
    assert "chờ tới giờ" in run("schedule", "hoi-cho")
    assert "đã hủy" in run("cancel", "hoi-cho")
    assert "hoi-cho  đã hủy" in run("list")
    assert "Trong danh sách: 0" in run("report", "hoi-cho", "--xlsx", tmp_path / "r.xlsx", "--csv", tmp_path / "r.csv")
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    assert "không ai có kết quả khác" in run("suggest", "--since", "2025-10-01")


def filled_in(file: Path, **values: str) -> None:
    """Does what the file asks its reader to do."""
    text = file.read_text("utf8")
    for name, value in values.items():
        text = re.sub(rf"^(  {name}:) *#.*$", rf"\1 {value}", text, flags=re.MULTILINE)
    file.write_text(text, "utf8")


def test_samples_that_were_edited_are_not_overwritten(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("samples", "--into", tmp_path)
    (tmp_path / "fairs.yml").write_text("mine", "utf8")
    run("samples", "--into", tmp_path)

    assert (tmp_path / "fairs.yml").read_text("utf8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("preview", "gone"), "không có đợt tin “gone”. Xem các mã: khuyencong campaign list"),
        (("pause", "may-moc"), "đợt tin đang ở bước “bản nháp” nên không tạm dừng được"),
        (("test", "may-moc", "--to", "nobody"), "chưa có ai nối kênh chat. Mời một người nối trước"),
        (("schedule", "hoi-cho"), "“hoi-cho” còn chỗ chưa điền: ngay_mo, noi_mo, han_dang_ky"),
        (("poster", "hoi-cho"), "“hoi-cho” còn chỗ chưa điền: ngay_mo"),
        (("schedule", "old"), r"“old” đã quá hạn (30/11/2025)"),
        (("new", "machinery.txt"), "machinery.txt, dòng 1: không đọc được tệp"),
        (("suggest", "--since", "hôm nay"), "--since cần ngày dạng năm-tháng-ngày"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_way_out(
    run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:  # type: ignore[no-untyped-def]
    run("samples", "--into", tmp_path)
    (tmp_path / "old.yml").write_text("key: old\ntitle: T\ntopic: general\ntext: Chào.\nvalid_until: 2025-11-30\n")
    for file in ("machinery.yml", "fairs.yml", "old.yml"):
        run("new", tmp_path / file)

    with pytest.raises(CampaignProblem, match=re.escape(said)):
        run(*arguments)
