"""`khuyencong people`, `backup` and `restore`: what staff do with one person's data and with copies of everybody's."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands quick

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.personal_data import PersonalData

people_app = typer.Typer(help="Dữ liệu của một người: xuất, xóa, xóa lại sau khi phục hồi.", no_args_is_help=True)

Phone = Annotated[str | None, typer.Option("--phone", help="Số điện thoại người đó đã cho.")]
Lead = Annotated[str | None, typer.Option("--lead", help="Số hồ sơ, ví dụ KC-0127.")]
Chat = Annotated[str | None, typer.Option("--chat", help="Kênh và cuộc trò chuyện, ví dụ telegram:123456.")]
Yes = Annotated[bool, typer.Option("--yes", help="Không hỏi lại.")]


@people_app.command()
def erase(phone: Phone = None, lead: Lead = None, chat: Chat = None, yes: Yes = False) -> None:
    """Xóa hết dữ liệu của người có số điện thoại, hồ sơ hoặc cuộc trò chuyện này."""
    desk = _desk()
    found = desk.find(phone=phone, lead=lead, chat=chat)
    if not found:
        raise BotError("không thấy ai có số điện thoại, hồ sơ hay cuộc trò chuyện này")
    if not yes:
        typer.confirm(f"Xóa hết dữ liệu của {len(found)} người, không lấy lại được?", abort=True)
    for person in found:
        print(f"đã xóa, biên nhận {desk.erase(person).number}")
    if not desk.finish():
        print("phần còn trong tệp sẽ được dịch vụ đang chạy dọn nốt trong ít phút", file=sys.stderr)


@people_app.command()
def export(phone: Phone = None, lead: Lead = None, chat: Chat = None) -> None:
    """In mọi điều đang giữ về người đó, mỗi người một dòng JSON."""
    desk = _desk()
    for person in desk.find(phone=phone, lead=lead, chat=chat):
        print(json.dumps(desk.export(person), ensure_ascii=False))


@people_app.command("replay-erasures")
def replay_erasures() -> None:
    """Xóa lại những người trong sổ xóa, sau khi phục hồi bằng cách khác."""
    desk = _desk()
    back = desk.replay()
    desk.finish()
    print(f"{back} người được xóa lại")


def backup(path: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp mới cho bản sao.")]) -> None:
    """Chép cơ sở dữ liệu ra tệp, khi dịch vụ vẫn chạy."""
    from bot.assembly import open_store
    from bot.settings import read_settings
    from bot.store.backup import save_copy

    settings = read_settings()
    save_copy(open_store(settings), path)
    print(f"đã chép ra {path}; giữ riêng sổ xóa {settings.ledger}, đừng bao giờ thay bằng bản cũ", file=sys.stderr)


def restore(
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao do lệnh backup tạo.")], yes: Yes = False
) -> None:
    """Phục hồi từ bản sao; ai đã được xóa thì vẫn xóa, tin đang chờ gửi lúc chép thì không gửi nữa."""
    from bot.assembly import migrate
    from bot.sole import sole_service
    from bot.store.backup import put_in_place, sound_copy

    if not yes:
        typer.confirm("Thay toàn bộ dữ liệu hiện tại bằng bản sao này?", abort=True)
    desk = _desk()
    home = desk.ledger.parent
    with sole_service(home), tempfile.TemporaryDirectory(dir=home) as folder:
        copy = sound_copy(path, Path(folder) / "copy.sqlite")
        try:
            migrate(copy)
            back = desk.on(copy).make_fit(desk.entries())
            put_in_place(copy, desk.store)
        finally:
            copy.close()
        desk.finish()
    print(f"đã phục hồi; {back} người đã yêu cầu xóa được xóa lại", file=sys.stderr)


def _desk() -> PersonalData:
    from bot.assembly import open_store
    from bot.clock import SystemClock
    from bot.personal_data import PersonalData
    from bot.settings import read_settings

    settings = read_settings()
    return PersonalData(open_store(settings), SystemClock(), settings.ledger)
