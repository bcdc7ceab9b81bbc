"""The Centre's list of collaborators in words: the table, what cannot be used, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.leads.collaborator import STAFF_CHANNEL, Collaborator, Role
from bot.leads.lead import Lead
from bot.leads.life import State
from bot.leads.roster import Entry, Territory
from bot.leads.typed import NotUsable, TableRefused, Unclear
from bot.replies.campaign_words import channel_name
from bot.replies.lead_card import needs_text, phone
from bot.replies.money import day

_NAMES = {
    Unclear.NAME: "chưa có họ tên",
    Unclear.TAKEN: (
        "đã có “{said}” trong danh sách (số {near}); nếu là người khác cùng tên, anh/chị ghi thêm để phân biệt, "
        "ví dụ “{said} (Phú Giáo)”; nếu người cũ làm lại thì dùng lệnh: khuyencong leads back {near}"
    ),
    Unclear.PLACE: "không rõ địa bàn “{said}”",
    Unclear.NO_PLACE: "{said} chưa có địa bàn nào (xã, phường hiện nay hoặc huyện cũ)",
    Unclear.NOT_THEIRS: "người này không có địa bàn “{said}”",
    Unclear.PROGRAMME: "không rõ nội dung hỗ trợ “{said}”",
    Unclear.PHONE: "“{said}” không phải là số điện thoại gọi được ở Việt Nam",
    Unclear.CAPACITY: "“{said}” không phải là số hồ sơ một người làm được cùng lúc (1 đến 999)",
    Unclear.COLUMN: "dòng đầu của bảng phải ghi tên các cột, không có cột “{said}”",
    Unclear.CELLS: "dòng này có nhiều ô hơn số cột; ô có dấu phân cách thì đặt trong ngoặc kép",
}

_NEAR = {
    Unclear.PLACE: "; có thể là: {near}",
    Unclear.NOT_THEIRS: "; đang có: {near}",
    Unclear.PROGRAMME: "; có thể là: {near}",
    Unclear.COLUMN: "; các cột dùng được: {near}",
}


def fault_text(fault: NotUsable) -> str:
    """What cannot be used, and what may have been meant."""
    kinds = fault.what is Unclear.PROGRAMME
    near = ", ".join(f"{one} ({needs_text([one])})" if kinds else one for one in fault.near)
    words = _NAMES[fault.what].format(said=fault.said, near=near)
    return words + (_NEAR.get(fault.what, "").format(near=near) if near else "")


def table_faults(refused: TableRefused) -> str:
    """Every line of a table that cannot be used."""
    lines = [f"dòng {line}: {fault_text(fault)}" for line, fault in refused.faults]
    return "\n".join(["chưa thêm ai, bảng còn chỗ cần sửa:", *lines])


def nobody(number: int) -> str:
    """There is nobody of this number."""
    return f"không có ai mang số {number}; xem danh sách: khuyencong leads people"


def people(entries: Iterable[Entry], today: date) -> str:
    """The list, a line for each."""
    lines = [_line(entry, today) for entry in entries]
    return "\n".join(lines) or 'Chưa có ai. Thêm người: khuyencong leads add "Họ tên" --place "Xã hoặc phường"'


def _line(entry: Entry, today: date) -> str:
    one = entry.who
    parts = [
        f"{one.id}. {one.name}",
        "người mẫu" if entry.sample else None,
        "Trung tâm" if one.role is Role.CENTRE else None,
        phone(one.phone) if one.phone else "chưa có số điện thoại",
        _places(entry, today),
        f"chuyên: {needs_text(sorted(one.expertise))}" if one.expertise else None,
        f"nhận tới {one.capacity} hồ sơ" if one.role is Role.COLLABORATOR else None,
        f"vắng đến hết {day(entry.absent_until)}" if entry.absent_until else None,
        _reached(one) if one.active else "đã nghỉ",
    ]
    return " · ".join(part for part in parts if part)


def _places(entry: Entry, today: date) -> str | None:
    if entry.territories:
        return ", ".join(territory_text(one, today) for one in entry.territories)
    return None if entry.who.role is Role.CENTRE else "chưa có địa bàn"


def territory_text(one: Territory, today: date) -> str:
    """A place, with its first day when that is to come and its last when one is set."""
    begins = f"từ {day(one.valid_from)}" if one.valid_from > today else None
    ends = f"đến hết {day(one.valid_to)}" if one.valid_to else None
    when = " ".join(part for part in (begins, ends) if part)
    return f"{one.area} ({when})" if when else one.area


def _reached(one: Collaborator) -> str:
    if one.channel == STAFF_CHANNEL:
        return "xem hồ sơ ở trang /ctv"
    return channel_name(one.channel) if one.reachable else f"{channel_name(one.channel)} (không nhắn được)"


def added(entry: Entry, today: date) -> str:
    """Somebody was put on the list; how it gets cards."""
    return f"Đã thêm: {_line(entry, today)}\n{_invite(entry.who)}"


def added_all(entries: Iterable[Entry], today: date) -> str:
    """Everybody of a table was put on the list; how they get cards."""
    there = list(entries)
    lines = [_line(entry, today) for entry in there]
    return "\n".join([f"Đã thêm {len(there)} người:", *lines, "Lời mời cho từng người: khuyencong leads invite SỐ"])


def _invite(one: Collaborator) -> str:
    return f"Lời mời nhận hồ sơ trên Telegram hoặc Zalo: khuyencong leads invite {one.id}"


def changed(entry: Entry, today: date) -> str:
    """How somebody stands on the list now."""
    return _line(entry, today)


def left(one: Collaborator, moved: Iterable[Lead]) -> str:
    """Somebody left; where its leads went."""
    lines = [
        f"  {lead.number}: {'về Trung tâm' if lead.state is State.ESCALATED else 'đã hỏi người khác'}" for lead in moved
    ]
    what = "Những hồ sơ đang giữ:" if lines else "Không có hồ sơ nào đang giữ."
    return "\n".join([f"{one.name} đã nghỉ, không nhận hồ sơ nữa. {what}", *lines])


def left_already(one: Collaborator) -> str:
    """Somebody who left is to leave."""
    return f"{one.name} đã nghỉ từ trước."


def centre_stays() -> str:
    """The Centre as such was to leave."""
    return "đây là Trung tâm, nơi nhận những hồ sơ chưa có ai; không cho nghỉ được"


def came_back(one: Collaborator) -> str:
    """Somebody is in service again; the chat has to be linked anew."""
    return f"{one.name} làm việc trở lại, địa bàn như cũ. {_invite(one)}"
