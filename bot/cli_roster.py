"""`khuyencong leads people | add | load | place | leave | back`: for the Centre, about who takes leads."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands' start light

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_days import typed_day
from bot.clock import SystemClock
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.leads import Collaborator, LeadBook
    from bot.leads.roster import Entry, Roster
    from bot.leads.typed import Reader

roster_app = typer.Typer()

Places = Annotated[
    list[str] | None,
    typer.Option("--place", metavar="ĐỊA_BÀN", help="Xã, phường hiện nay hoặc huyện cũ; ghi nhiều lần được."),
]
Number = Annotated[int, typer.Argument(metavar="SỐ", help="Số của người đó trong `khuyencong leads people`.")]
From = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="Từ ngày; mặc định hôm nay.")]


class _Desk:
    """What the commands need: the book of leads, the list, and who understands what is typed."""

    def __init__(self) -> None:
        self.today = SystemClock().today()

    @cached_property
    def book(self) -> LeadBook:
        from bot.assembly import open_store
        from bot.leads import LeadBook, read_policy
        from bot.leads.geography import MapOfPlaces
        from bot.people import People
        from bot.places import gazetteer
        from bot.settings import read_settings

        settings, clock = read_settings(), SystemClock()
        store = open_store(settings)
        policy = read_policy(settings.given)
        return LeadBook(store, clock, People(store, clock), geography=MapOfPlaces(gazetteer()), policy=policy)

    @cached_property
    def roster(self) -> Roster:
        from bot.leads.roster import Roster

        return Roster(self.book.store, self.book.collaborators)

    def reader(self) -> Reader:
        from bot.leads.typed import Reader
        from bot.places import gazetteer
        from bot.programmes.catalogue import load_programmes
        from bot.programmes.loader import load_law

        return Reader(gazetteer(), load_programmes(load_law()), self.today)

    def one(self, number: int) -> Collaborator:
        from bot.replies.roster import nobody

        try:
            return self.book.collaborators.get(number)
        except KeyError:
            raise BotError(nobody(number)) from None

    def entry(self, number: int) -> Entry:
        return next(entry for entry in self.roster.entries(self.today) if entry.who.id == number)


@roster_app.command("people")
def people() -> None:
    """In danh sách cộng tác viên: số, địa bàn, nội dung, khi nào vắng, nhận hồ sơ ở đâu."""
    from bot.replies.roster import people as listed

    desk = _Desk()
    print(listed(desk.roster.entries(desk.today), desk.today))


@roster_app.command("add")
def add(  # noqa: PLR0917  # options of a command
    name: Annotated[str, typer.Argument(metavar="HỌ_TÊN", help="Tên mà cơ sở sẽ đọc thấy.")],
    place: Places = None,
    programme: Annotated[
        list[str] | None,
        typer.Option("--programme", metavar="NỘI_DUNG", help="Nội dung chuyên làm; không ghi là làm mọi nội dung."),
    ] = None,
    capacity: Annotated[str, typer.Option("--capacity", help="Số hồ sơ làm được cùng lúc; mặc định 10.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="Số điện thoại, cơ sở sẽ đọc thấy.")] = "",
    centre: Annotated[bool, typer.Option("--centre", help="Người của Trung tâm, nhận hồ sơ chưa có ai.")] = False,
) -> None:
    """Thêm một cộng tác viên và địa bàn từ hôm nay."""
    from bot.leads import Role
    from bot.leads.typed import Typed
    from bot.replies.roster import added

    desk, role = _Desk(), Role.CENTRE if centre else Role.COLLABORATOR
    with _plainly():
        newcomer = desk.reader().newcomer(
            Typed(name, tuple(place or ()), tuple(programme or ()), capacity, phone, role)
        )
        number = desk.roster.add(newcomer, desk.today)
    print(added(desk.entry(number), desk.today))


@roster_app.command("load")
def load(file: Annotated[Path, typer.Argument(metavar="TỆP.csv", help="Bảng CSV có dòng tên cột.")]) -> None:
    """Thêm cả bảng: Họ tên, Địa bàn và Nội dung (cách nhau bằng ;), Số hồ sơ, Điện thoại; có chỗ sai thì chưa thêm ai."""
    from bot.replies.roster import added_all

    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "tệp phải lưu kiểu CSV UTF-8"
        raise BotError(f"không đọc được tệp {file} ({why})") from error
    desk = _Desk()
    with _plainly():
        numbers = desk.roster.add_all(desk.reader().table(text), desk.today)
    print(added_all([desk.entry(number) for number in numbers], desk.today))


@roster_app.command("place")
def place(
    number: Number,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="ĐỊA_BÀN", help="Giao thêm.")] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", metavar="ĐỊA_BÀN", help="Thôi giao.")] = None,
    first: From = None,
) -> None:
    """Giao thêm hay thôi giao địa bàn từ một ngày; hồ sơ đang làm thì vẫn giữ."""
    from bot.replies.roster import changed

    desk = _Desk()
    desk.one(number)
    with _plainly():
        reader = desk.reader()
        given, taken = [reader.place(said) for said in add or ()], [reader.place(said) for said in remove or ()]
        desk.roster.place(number, given, taken, typed_day(first, "--from") or desk.today)
    print(changed(desk.entry(number), desk.today))


@roster_app.command("leave")
def leave(
    number: Number,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="LÝ_DO", help="Ghi vào quá trình của những hồ sơ chuyển đi.")
    ] = None,
) -> None:
    """Cho một người nghỉ hẳn từ bây giờ; hồ sơ đang giữ chuyển cho người khác hoặc về Trung tâm."""
    from bot.leads import CENTRE_CHAT, STAFF_CHANNEL
    from bot.replies.roster import centre_stays, left, left_already

    desk = _Desk()
    one = desk.one(number)
    if (one.channel, one.chat) == (STAFF_CHANNEL, CENTRE_CHAT):
        raise BotError(centre_stays())
    print(left(one, desk.book.leave(number, reason)) if one.active else left_already(one))


@roster_app.command("back")
def back(number: Number) -> None:
    """Cho một người đã nghỉ làm việc trở lại."""
    from bot.replies.roster import came_back

    desk = _Desk()
    one = desk.one(number)
    desk.book.collaborators.set_active(number, active=True)
    print(came_back(one))


@contextmanager
def _plainly() -> Iterator[None]:
    """What cannot be used is said in words for the Centre's clerk."""
    from bot.leads.typed import NotUsable, TableRefused
    from bot.replies.roster import fault_text, table_faults

    try:
        yield
    except NotUsable as fault:
        raise BotError(fault_text(fault)) from fault
    except TableRefused as refused:
        raise BotError(table_faults(refused)) from refused
