"""Lists of leads for those who work on them: what is due, what is new, what has been silent for long."""

from __future__ import annotations

from collections.abc import Iterable

from bot.leads.life import State
from bot.leads.notices import Item, LeadDigest, LeadsSilent
from bot.replies.lead_card import choice, when
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
    State.DOSSIER: "Làm hồ sơ",
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
        parts.append(f"trước {when(item.due)}")
    return " · ".join(parts)


def lines(items: tuple[Item, ...]) -> list[str]:
    """A list that stays readable however long it is."""
    shown = [line(item) for item in items[:LONGEST_LIST]]
    return [*shown, f"… và {len(items) - LONGEST_LIST} hồ sơ nữa"] if len(items) > LONGEST_LIST else shown


def open_buttons(items: Iterable[Item]) -> tuple[Choice, ...]:
    """The way to each of the first leads of a list."""
    return tuple(
        choice(f"Nhận {item.number}", "lead_take", item.lead_id)
        if item.state in (State.OFFERED, State.ESCALATED)
        else choice(f"Mở {item.number}", "lead_open", item.lead_id)
        for item in tuple(items)[:_BUTTONS]
    )


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
        buttons = [
            choice(f"Giao lại {item.number}", "lead_hand_over", item.lead_id) for item in notice.items[:_BUTTONS]
        ]
        return Reply("\n".join([said, *lines(notice.items)]), tuple(buttons))
    said = "Lâu rồi chưa thấy bước mới, anh/chị cập nhật giúp:"
    return Reply("\n".join([said, *lines(notice.items)]), open_buttons(notice.items))
