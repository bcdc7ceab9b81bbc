"""`khuyencong leads …` and `khuyencong report`: for the Centre, about the leads and who works on them."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands' start light

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_days import typed_day
from bot.clock import SystemClock
from bot.errors import BotError

leads_app = typer.Typer(help="Hồ sơ đã chuyển cho cộng tác viên.", no_args_is_help=True)

Jsonl = Annotated[bool, typer.Option("--jsonl", help="Mỗi hồ sơ một dòng JSON (mặc định).")]
Csv = Annotated[bool, typer.Option("--csv", help="Bảng CSV, mở được bằng bảng tính.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="TỆP", help="Ghi ra tệp bảng tính.")]
Month = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Tháng gửi hồ sơ; mặc định tháng này.")]
From = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="Từ ngày; mặc định hồ sơ đầu tiên.")]
To = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Đến ngày; mặc định hôm nay.")]


@leads_app.command("export")
def export(jsonl: Jsonl = False, csv: Csv = False, xlsx: Xlsx = None) -> None:
    """In mỗi hồ sơ một dòng, từ đợt tin đến kết quả; không có tên và số điện thoại của cơ sở."""
    from bot.assembly import open_store
    from bot.documents.workbook import csv_text
    from bot.documents.workbook import xlsx as workbook
    from bot.leads import export_rows, read_policy
    from bot.replies.lead_report import cases
    from bot.settings import read_settings

    if jsonl + csv + (xlsx is not None) > 1:
        raise typer.BadParameter("chỉ chọn một trong --jsonl, --csv, --xlsx")
    settings = read_settings()
    found = export_rows(open_store(settings).db, read_policy(settings.given).hours)
    if csv:
        sys.stdout.write(csv_text(cases(found)))
    elif xlsx is not None:
        _write(xlsx, workbook([cases(found)]))
    else:
        for row in found:
            print(json.dumps(row, ensure_ascii=False))


@leads_app.command("figures")
def figures(first: From = None, last: To = None) -> None:
    """In các con số: bao lâu thì có người nhận, liên hệ, xong; vì sao từ chối; cơ sở nói gì; ai cần nhắc."""
    from bot.assembly import open_store
    from bot.leads import read_policy
    from bot.leads.figures import figures as figures_of
    from bot.leads.figures import first_case
    from bot.replies.lead_report import figures_text
    from bot.settings import read_settings

    settings, clock = read_settings(), SystemClock()
    db = open_store(settings).db
    since = typed_day(first, "--from") or first_case(db) or clock.today()
    until = typed_day(last, "--to") or clock.today()
    print(figures_text(figures_of(db, read_policy(settings.given), since, until, clock.now())))


def report(month: Month = None, xlsx: Xlsx = None) -> None:
    """Báo cáo tháng cho Trung tâm: tổng hợp, cộng tác viên, đợt tin, từng hồ sơ."""
    from bot.assembly import open_store
    from bot.documents.workbook import xlsx as workbook
    from bot.leads import export_rows, read_policy
    from bot.leads.figures import figures as figures_of
    from bot.leads.figures import in_span, months_span
    from bot.replies.lead_report import figures_text
    from bot.replies.lead_report import report as sheets_of
    from bot.settings import read_settings

    settings, clock = read_settings(), SystemClock()
    try:
        first, last = months_span(month or f"{clock.today():%Y-%m}")
    except ValueError:
        raise typer.BadParameter(f"“{month}” không phải là tháng; viết như 2026-11", param_hint="--month") from None
    db, policy = open_store(settings).db, read_policy(settings.given)
    found = figures_of(db, policy, first, last, clock.now())
    if xlsx is None:
        print(figures_text(found))
        return
    cases = [case for case in export_rows(db, policy.hours) if in_span(case["created"], first, last)]
    _write(xlsx, workbook(sheets_of(found, cases)))


@leads_app.command("invite")
def invite(name: Annotated[str, typer.Argument(metavar="TÊN", help="Tên hay một phần tên, hoặc số.")]) -> None:
    """In cách để một cộng tác viên nhận hồ sơ trên Telegram hoặc Zalo; lời mời in trước đó hết hiệu lực."""
    from bot.assembly import open_store
    from bot.documents.campaign_poster import addresses_of
    from bot.language import fold
    from bot.leads import Collaborators
    from bot.replies.invitation import ways_to_join
    from bot.settings import read_settings

    settings = read_settings()
    collaborators = Collaborators(open_store(settings), SystemClock())
    # Who left would see households' data again by joining: it comes back to service first.
    serving = [one for one in collaborators.all() if one.active]
    found = [one for one in serving if name == str(one.id) or fold(name) in fold(one.name)]
    if len(found) != 1:
        names = ", ".join(one.name for one in found or serving)
        how_many = f"có {len(found)} người tên" if found else "không có ai tên"
        raise BotError(f"{how_many} “{name}” trong các cộng tác viên: {names or 'chưa có ai'}")
    addresses = addresses_of(settings)
    code = collaborators.invite(found[0].id)
    print(ways_to_join(found[0].name, code, telegram=addresses.telegram, zalo=addresses.zalo))


@leads_app.command("coverage")
def coverage() -> None:
    """In những xã, phường chưa có cộng tác viên, và cộng tác viên chưa có địa bàn hay chưa có việc."""
    from bot.assembly import open_store
    from bot.leads import Collaborators
    from bot.leads.geography import MapOfPlaces
    from bot.places import gazetteer
    from bot.settings import read_settings

    clock, places = SystemClock(), gazetteer()
    units = [unit.name for unit in places.former_binh_duong_units()]
    staff = Collaborators(open_store(read_settings()), clock)
    found = staff.coverage(units, clock.today(), MapOfPlaces(places))
    for unit in found.uncovered:
        print(f"chưa có cộng tác viên: {unit}")
    for one in found.idle:
        print(f"chưa có địa bàn: {one.name}")
    for one in found.without_work:
        print(f"chưa có việc: {one.name}")
    print(f"{len(units) - len(found.uncovered)}/{len(units)} xã, phường đã có cộng tác viên", file=sys.stderr)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BotError(f"không ghi được tệp {path} ({error.strerror})") from error
    print(f"Đã ghi {path}", file=sys.stderr)
