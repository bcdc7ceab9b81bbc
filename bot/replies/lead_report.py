"""The Centre's figures about leads as tables: a summary, collaborators, places, campaigns, cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from bot.clock import VIETNAM
from bot.leads.figures import Figures
from bot.leads.handling import Concern, Share
from bot.leads.lead import CloseReason, DeclineReason
from bot.leads.life import State
from bot.replies.lead_card import needs_text
from bot.replies.lead_desk import CLOSE_REASONS, DECLINE_REASONS
from bot.replies.lead_lists import doing
from bot.replies.money import day
from bot.replies.sheet import Cell, Sheet
from bot.store import from_text

_ENDED = {
    State.SEEKING: "Đang tìm người",
    State.APPROVED: "Cơ quan đồng ý",
    State.REJECTED: "Cơ quan chưa đồng ý",
    State.CLOSED: "Đã kết thúc",
    State.WITHDRAWN: "Cơ sở rút",
    State.ERASED: "Đã xóa dữ liệu",
}
_YES_NO = {"yes": "Có", "no": "Không"}
_DECISION = {"yes": "Đồng ý", "no": "Chưa đồng ý"}
_EXPIRED = "Không trả lời"
_CONCERNS = {Concern.DECLINED: "từ chối nhiều", Concern.FINISHED: "ít hồ sơ xong"}


def state_name(state: State) -> str:
    """A state as the Centre calls it."""
    return _ENDED.get(state) or doing(state)


def share_text(share: Share) -> str:
    """A part of a whole: `3/4 (75%)`; a dash when there is no whole."""
    return "–" if share.value is None else f"{share.part}/{share.whole} ({share.value:.0%})"


def span_text(span: timedelta | None) -> str:
    """Working time: `3,5 giờ làm việc`; a dash when there is none."""
    if span is None:
        return "–"
    return f"{span / timedelta(hours=1):.1f}".replace(".", ",") + " giờ làm việc"


def summary(figures: Figures) -> Sheet:
    """Everything that is one figure."""
    rows: list[tuple[Cell, ...]] = [
        ("Từ ngày", day(figures.first_day)),
        ("Đến ngày", day(figures.last_day)),
        ("Hồ sơ gửi đến", figures.cases),
        ("Đang mở", figures.open),
        *((f"  {state_name(state)}", figures.by_state[state]) for state in State if figures.by_state.get(state)),
        ("Có người nhận trong 1 ngày làm việc", share_text(figures.taken_in_1_day)),
        ("Có người nhận trong 3 ngày làm việc", share_text(figures.taken_in_3_days)),
        ("Từ lúc gửi đến lúc nhận (trung vị)", span_text(figures.to_take)),
        ("Từ lúc gửi đến lúc liên hệ (trung vị)", span_text(figures.to_contact)),
        ("Từ lúc gửi đến lúc kết thúc (trung vị)", span_text(figures.to_close)),
        *((f"Từ chối: {decline_name(reason)}", count) for reason, count in figures.declines.items()),
        *((f"Kết thúc: {CLOSE_REASONS[reason]}", count) for reason, count in figures.closed.items()),
        ("Cơ quan có thẩm quyền đồng ý", figures.approved),
        ("Cơ quan có thẩm quyền chưa đồng ý", figures.rejected),
        ("Cơ sở được hỏi ý kiến", figures.feedback.asked),
        ("Trả lời có được liên hệ", share_text(figures.feedback.contacted)),
        ("Trả lời thấy có ích", share_text(figures.feedback.useful)),
    ]
    return Sheet("Tổng hợp", ("Chỉ tiêu", "Giá trị"), tuple(rows))


def decline_name(reason: str) -> str:
    """Why an offer was not taken."""
    return _EXPIRED if reason == "expired" else DECLINE_REASONS[DeclineReason(reason)]


def collaborators(figures: Figures) -> Sheet:
    """One row per collaborator, with what the Centre should ask about."""
    rows = tuple(
        (
            one.who.name,
            one.offered,
            one.taken,
            one.declined,
            one.expired,
            one.open,
            share_text(one.declined_share),
            share_text(one.finished_share),
            _concerns(one.concerns),
        )
        for one in figures.collaborators
    )
    columns = (
        "Cộng tác viên",
        "Được mời",
        "Đã nhận",
        "Từ chối",
        "Không trả lời",
        "Đang làm",
        "Tỷ lệ từ chối",
        "Tỷ lệ làm xong",
        "Cần lưu ý",
    )
    return Sheet("Cộng tác viên", columns, rows)


def places(figures: Figures) -> Sheet:
    """One row per place that leads came from."""
    rows = tuple(
        (
            one.place,
            one.cases,
            one.asked,
            share_text(one.declined_share),
            share_text(one.finished_share),
            _concerns(one.concerns),
        )
        for one in figures.places
    )
    columns = ("Xã, phường", "Hồ sơ", "Số người được mời", "Tỷ lệ từ chối", "Tỷ lệ làm xong", "Cần lưu ý")
    return Sheet("Địa bàn", columns, rows)


def _concerns(found: Iterable[Concern]) -> str:
    return ", ".join(_CONCERNS[concern] for concern in found)


def campaigns(cases: Iterable[Mapping[str, Any]]) -> Sheet:
    """One row per campaign: how many cases it brought, and what became of them."""
    found: dict[str, Counter[str]] = {}
    for case in cases:
        counts = found.setdefault(case["campaign"] or "", Counter())
        counts["cases"] += 1
        for name in ("taken", "contacted", "submitted"):
            counts[name] += case[name] is not None
        counts["yes"] += case["decision"] == "yes"
    names = ("cases", "taken", "contacted", "submitted", "yes")
    rows: list[tuple[Cell, ...]] = [
        (name or "(tự tìm đến)", *(counts[each] for each in names)) for name, counts in sorted(found.items())
    ]
    columns = ("Đợt tin", "Hồ sơ", "Có người nhận", "Đã liên hệ", "Đã nộp", "Cơ quan đồng ý")
    return Sheet("Đợt tin", columns, tuple(rows))


def cases(found: Iterable[Mapping[str, Any]]) -> Sheet:
    """One row per case, from campaign to decision."""
    rows = tuple(tuple(read(case) for _, read in _CASE) for case in found)
    return Sheet("Từng hồ sơ", tuple(name for name, _ in _CASE), rows)


def _moment(text: str | None) -> datetime | None:
    """Vietnamese time without its zone, as spreadsheets hold it."""
    return from_text(text).astimezone(VIETNAM).replace(tzinfo=None, microsecond=0) if text else None


def _at(name: str) -> Callable[[Mapping[str, Any]], Cell]:
    return lambda case: _moment(case[name])


def _why_closed(case: Mapping[str, Any]) -> str | None:
    return CLOSE_REASONS[CloseReason(case["close_reason"])] if case["close_reason"] else None


_CASE: tuple[tuple[str, Callable[[Mapping[str, Any]], Cell]], ...] = (
    ("Số hồ sơ", itemgetter("number")),
    ("Đợt tin", itemgetter("campaign")),
    ("Kênh", itemgetter("channel")),
    ("Ngày gửi", _at("created")),
    ("Xã, phường", lambda case: case["unit"] or case["district"]),
    ("Tỉnh, thành phố", itemgetter("province")),
    ("Nội dung", lambda case: needs_text(case["needs"])),
    ("Tình trạng", lambda case: state_name(State(case["state"]))),
    ("Từ lúc", _at("state_since")),
    ("Người phụ trách", lambda case: case["owner"] or case["escalated_to"]),
    ("Số lần mời", itemgetter("offers")),
    ("Lý do từ chối", lambda case: ", ".join(decline_name(reason) for reason in case["declines"])),
    ("Không trả lời", itemgetter("expired")),
    ("Nhận lúc", _at("taken")),
    ("Giờ làm việc đến lúc nhận", itemgetter("hours_to_take")),
    ("Liên hệ lúc", _at("contacted")),
    ("Nộp lúc", _at("submitted")),
    ("Kết quả", lambda case: _DECISION.get(case["decision"])),
    ("Có kết quả lúc", _at("decided")),
    ("Kết thúc lúc", _at("closed")),
    ("Kết thúc vì", _why_closed),
    ("Được liên hệ", lambda case: _YES_NO.get(case["was_contacted"])),
    ("Có ích", lambda case: _YES_NO.get(case["was_useful"])),
)
"""What a case is shown by, in this order."""


def report(figures: Figures, found: Iterable[Mapping[str, Any]]) -> tuple[Sheet, ...]:
    """The sheets of a report on one span of days."""
    there = tuple(found)
    return summary(figures), collaborators(figures), places(figures), campaigns(there), cases(there)


def figures_text(figures: Figures) -> str:
    """The figures for a terminal: the summary, then what needs a word."""
    lines = [f"{name}: {value}" for name, value in summary(figures).rows]
    alerts = [(row[0], row[-1]) for sheet in (collaborators(figures), places(figures)) for row in sheet.rows if row[-1]]
    lines += [f"Cần lưu ý: {name} ({why})" for name, why in alerts]
    return "\n".join(lines)
