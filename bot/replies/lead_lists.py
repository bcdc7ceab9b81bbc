"""Lists for those who work on leads: what is due, what is new, what has been silent for long, who needs a word."""

from __future__ import annotations

from collections.abc import Iterable

from bot.leads.handling import Concern
from bot.leads.life import State
from bot.leads.notices import Alert, Item, LeadAlerts, LeadDigest, LeadsSilent
from bot.replies.lead_card import open_choice, phone, until
from bot.replies.money import day
from bot.replies.reply import Choice, Reply

LONGEST_LIST = 12
"""Leads that one message names; the rest is counted."""

_BUTTONS = 4
"""Leads that one message opens by a button."""

_DOING = {
    State.OFFERED: "Chờ trả lời",
    State.ESCALATED: "Chờ Trung tâm",
    State.TAKEN: "Cần gọi",
    State.CONTACTED: "Đã liên hệ",
    State.WAITING: "Chờ cơ sở",
    State.VISIT: "Hẹn thăm",
    State.DOSSIER: "Làm bộ giấy tờ",
    State.SUBMITTED: "Đã nộp",
}

ABSENT_TODAY = Choice("Vắng hôm nay", "desk_absent")
"""One tap: nothing new today, and what waits for an answer goes on to others."""


def doing(state: State) -> str:
    """What a collaborator is at with a lead."""
    return _DOING.get(state, "Đã có kết quả")


def line(item: Item) -> str:
    """One lead of a list: what to do, which, where, until when."""
    parts = [f"{doing(item.state)}: **{item.number}**", item.place or "chưa rõ nơi"]
    if item.silent_days:
        parts.append(f"{item.silent_days} ngày chưa có bước mới")
        parts += [item.owner] if item.owner else []
    elif item.visit_on is not None:
        parts.append(f"ngày {day(item.visit_on)}")
    elif item.due is not None:
        parts.append(f"trước {until(item.due)}")
    return " · ".join(parts)


def lines(items: tuple[Item, ...]) -> list[str]:
    """A list that stays readable however long it is."""
    return _shortened([line(item) for item in items], "hồ sơ")


def _shortened(told: list[str], what: str) -> list[str]:
    over = len(told) - LONGEST_LIST
    return [*told[:LONGEST_LIST], f"… và {over} {what} nữa"] if over > 0 else told


def open_buttons(items: Iterable[Item]) -> tuple[Choice, ...]:
    """The way to each of the first leads of a list."""
    return tuple(open_choice(item.number, item.lead_id) for item in tuple(items)[:_BUTTONS])


def work(items: tuple[Item, ...]) -> Reply:
    """Everything that waits for somebody, what is due first."""
    if not items:
        return Reply("Hiện không có việc nào chờ anh/chị.", (ABSENT_TODAY,))
    return Reply("\n".join(lines(items)), (*open_buttons(items), ABSENT_TODAY))


def digest(notice: LeadDigest) -> Reply:
    """The morning message."""
    said = ["Việc sáng nay:"]
    said += ["**Đến hạn**", *lines(notice.due)] if notice.due else []
    said += ["**Chờ trả lời**", *lines(notice.new)] if notice.new else []
    return Reply("\n".join(said), (*open_buttons((*notice.due, *notice.new)), ABSENT_TODAY))


def silent(notice: LeadsSilent) -> Reply:
    """What has stood still for long."""
    if notice.to_centre:
        said = "Các hồ sơ này lâu chưa có bước mới, xin Trung tâm xem giúp:"
    else:
        said = "Lâu rồi chưa thấy bước mới, anh/chị cập nhật giúp:"
    return Reply("\n".join([said, *lines(notice.items)]), open_buttons(notice.items))


_CONCERNS = {
    Concern.DECLINED: ("Từ chối hoặc không trả lời nhiều", "lời mời"),
    Concern.FINISHED: ("Ít hồ sơ làm xong", "hồ sơ"),
}


def alerts(notice: LeadAlerts) -> Reply:
    """Whom the Centre should ask what is in the way."""
    said = [f"Tính từ {day(notice.since)}, nhờ Trung tâm hỏi xem vướng gì:"]
    for concern, (title, what) in _CONCERNS.items():
        of_concern = [_alert(item, what) for item in notice.items if item.concern is concern]
        said += [f"**{title}**", *_shortened(of_concern, "nơi hoặc người")] if of_concern else []
    return Reply("\n".join(said))


def _alert(item: Alert, what: str) -> str:
    who = f"{item.about} ({phone(item.phone)})" if item.phone else item.about
    return f"{who}: {item.part}/{item.whole} {what}"
