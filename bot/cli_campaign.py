"""`khuyencong campaign …`: outreach from the command line; what it does is in `bot.campaigns`."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands quick

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.campaigns.parts import Campaigns


class CampaignProblem(BotError):
    """What went wrong, in words for the Centre's clerk."""


class _ForClerks(TyperGroup):
    """Says what went wrong in Vietnamese: these commands are not for developers."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BotError as error:
            from bot.replies.campaign_faults import say_problem

            raise CampaignProblem(say_problem(error)) from error


campaign_app = typer.Typer(help="Đợt tin gửi cho người đồng ý nhận.", no_args_is_help=True, cls=_ForClerks)

Key = Annotated[str, typer.Argument(metavar="MÃ", help="Mã của đợt tin, ví dụ hoi-cho.")]
Folder = Annotated[Path, typer.Option("--into", metavar="THƯ_MỤC", help="Nơi ghi tệp.")]


@campaign_app.command()
def samples(into: Folder = Path()) -> None:
    """Chép các đợt tin mẫu ra thư mục để sửa."""
    from bot.campaigns.book import SAMPLES

    into.mkdir(parents=True, exist_ok=True)
    for sample in sorted(SAMPLES.glob("*.yml")):
        target = into / sample.name
        if target.exists():
            print(f"đã có, không ghi đè: {target}", file=sys.stderr)
            continue
        target.write_text(sample.read_text("utf8"), "utf8")
        print(target)


@campaign_app.command()
def check(file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp YAML của đợt tin.")]) -> None:
    """Đọc thử một tệp: có lỗi ở dòng nào, còn chỗ nào chưa điền, người nhận sẽ đọc thấy gì."""
    from bot.campaigns.loader import load_campaign
    from bot.clock import SystemClock
    from bot.programmes.catalogue import load_programmes
    from bot.programmes.loader import load_law
    from bot.replies.campaign_desk import render_checked

    law, day = load_law(), SystemClock().today()
    campaign, _ = load_campaign(file, law, load_programmes(law), day)
    print(render_checked(campaign, day))


@campaign_app.command()
def new(file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp YAML của đợt tin.")]) -> None:
    """Đưa một tệp vào thành bản nháp; sửa tệp rồi chạy lại thì thay bản nháp cũ."""
    from bot.replies.campaign_desk import render_kept, render_next

    kept = _campaigns().book.draft(file)
    print(render_kept(kept))
    print(render_next(kept))


@campaign_app.command("list")
def list_all() -> None:
    """In mọi đợt tin, mỗi đợt một dòng."""
    from bot.replies.campaign_desk import render_list

    print(render_list(_campaigns().book.all()))


@campaign_app.command()
def preview(key: Key) -> None:
    """In lời nhắn, số người nhận, mười người mẫu kèm lý do, chi phí và thời gian gửi."""
    from bot.replies.campaign_desk import render_message, render_next, render_preview

    book = _campaigns().book
    kept = book.get(key)
    print(render_message(kept.campaign, book.clock.today()), end="\n\n")
    print(render_preview(book.preview(key), book.programmes), end="\n\n")
    print(render_next(kept, previewed=True))


@campaign_app.command("test")
def send_to_staff(
    key: Key,
    to: Annotated[str, typer.Option("--to", metavar="TÊN", help="Tên cộng tác viên hay cán bộ đã nối kênh chat.")] = "",
) -> None:
    """Gửi thử cho một người của Trung tâm."""
    from bot.campaigns.trial import send_trial
    from bot.leads import Collaborators
    from bot.replies.campaign_desk import render_tried

    book = _campaigns().book
    name = send_trial(book, Collaborators(book.store, book.clock), key, to)
    print(render_tried(key, name))


@campaign_app.command()
def schedule(key: Key) -> None:
    """Cho bắt đầu vào giờ đã ghi trong tệp, hoặc ngay khi được phép."""
    _step("schedule", key)


@campaign_app.command()
def pause(key: Key) -> None:
    """Tạm dừng; tin chưa đi được lấy lại."""
    _step("pause", key)


@campaign_app.command()
def resume(key: Key) -> None:
    """Gửi tiếp từ chỗ đã dừng."""
    _step("resume", key)


@campaign_app.command()
def cancel(key: Key) -> None:
    """Hủy hẳn; người chưa nhận sẽ không nhận nữa."""
    _step("cancel", key)


@campaign_app.command()
def report(
    key: Key,
    csv: Annotated[Path | None, typer.Option("--csv", help="Ghi ra tệp CSV.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi ra tệp Excel, có biểu đồ.")] = None,
    chart: Annotated[Path | None, typer.Option("--chart", help="Ghi biểu đồ PNG.")] = None,
    calls: Annotated[
        Path | None, typer.Option("--calls", help="Ghi danh sách gọi điện (CSV, có số điện thoại).")
    ] = None,
) -> None:
    """In kết quả, từ lúc gửi đến quyết định; ghi ra tệp khi được yêu cầu."""
    from bot.campaigns.calls import to_call
    from bot.campaigns.report import report as count
    from bot.documents import campaign_report as files
    from bot.people import People
    from bot.places import gazetteer
    from bot.replies.campaign_report import render_report

    parts = _campaigns()
    book = parts.book
    counted = count(book, parts.assessor, key, [unit.name for unit in gazetteer().former_binh_duong_units()])
    print(render_report(counted))
    for path, make in ((csv, files.report_csv), (xlsx, files.report_xlsx), (chart, files.report_chart)):
        if path is not None:
            path.write_bytes(make(counted))
    if calls is not None:
        calls.write_bytes(files.calls_csv(to_call(book, People(book.store, book.clock), key)))


@campaign_app.command()
def suggest(
    since: Annotated[str, typer.Option("--since", metavar="YYYY-MM-DD", help="So hôm nay với ngày này.")],
    into: Annotated[
        Path | None, typer.Option("--into", metavar="THƯ_MỤC", help="Viết sẵn đợt tin cho các nhóm thuận hơn.")
    ] = None,
) -> None:
    """In những người mới đủ điều kiện, hay không còn, do quy định đổi; theo khoản nào, điều nào."""
    from bot.campaigns.suggest import suggest as compare
    from bot.replies.campaign_proposals import proposal_file, proposal_key, render_proposals

    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise CampaignProblem(f"--since cần ngày dạng năm-tháng-ngày, ví dụ 2026-11-23, không phải “{since}”") from None
    parts = _campaigns()
    book = parts.book
    found = compare(book.store, parts.assessor, book.programmes, day, book.clock.today())
    print(render_proposals(found, day, book.programmes, book.law))
    if into is not None:
        into.mkdir(parents=True, exist_ok=True)
        for one in (one for one in found if one.better and one.agreed):
            path = into / f"{proposal_key(one)}.yml"
            path.write_text(proposal_file(one, book.programmes), "utf8")
            print(path)


@campaign_app.command()
def poster(
    key: Key,
    place: Annotated[str | None, typer.Option("--place", help="Nơi treo, ví dụ “Xã Phú Giáo”.")] = None,
    into: Folder = Path(),
) -> None:
    """Vẽ áp phích A4 và thẻ nhỏ có mã QR của đợt tin, PDF và PNG."""
    from bot.documents.campaign_poster import draw_all
    from bot.settings import read_settings

    for path in draw_all(_campaigns().book, key, place, read_settings(), into):
        print(path)


def _campaigns() -> Campaigns:
    from bot.assembly import open_store
    from bot.campaigns.parts import campaigns_on
    from bot.clock import SystemClock
    from bot.people import People
    from bot.settings import read_settings

    store, clock = open_store(read_settings()), SystemClock()
    return campaigns_on(store, clock, People(store, clock))


def _step(step: str, key: str) -> None:
    from bot.replies.campaign_desk import render_kept, render_next

    book = _campaigns().book
    steps = {"schedule": book.schedule, "pause": book.pause, "resume": book.resume, "cancel": book.cancel}
    kept = steps[step](key)
    print(render_kept(kept))
    print(render_next(kept))
