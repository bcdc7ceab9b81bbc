"""What staff call the states, verdicts, channels and reasons of a campaign."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.campaigns.decision import Why
from bot.campaigns.life import State
from bot.campaigns.segment import Because
from bot.eligibility.assessment import Verdict
from bot.eligibility.facts import Facts
from bot.programmes.catalogue import Programmes
from bot.replies import money
from bot.replies.questions import say_fact

STATES = {
    State.DRAFT: "bản nháp",
    State.SCHEDULED: "chờ tới giờ",
    State.RUNNING: "đang gửi",
    State.PAUSED: "tạm dừng",
    State.FINISHED: "đã gửi xong",
    State.CANCELLED: "đã hủy",
}
VERDICTS = {
    Verdict.ELIGIBLE: "có thể đủ điều kiện",
    Verdict.NEEDS_OFFICER: "cần cán bộ xem",
    Verdict.NOT_ELIGIBLE: "chưa đủ điều kiện",
    Verdict.UNDECIDED: "còn điều chưa biết",
}
REASONS: Mapping[str, str] = {
    Why.NO_CONSENT: "đã thôi đồng ý nhận tin",
    Why.UNWANTED_TOPIC: "không muốn nhận tin về việc này",
    Why.LATE: "quá hạn",
    Why.UNREACHABLE: "không có kênh nào nhắn được",
    Why.WINDOW_CLOSED: "kênh chỉ cho nhắn ít lâu sau khi người đó nhắn",
    Why.CANCELLED: "đợt tin đã hủy",
    Why.ERASED: "đã xóa dữ liệu theo yêu cầu",
    Why.INTERRUPTED: "đứt giữa chừng, không rõ đã tới chưa",
}
CHANNELS = {"telegram": "Telegram", "zalo_bot": "Zalo Bot", "zalo_oa": "Zalo OA", "web": "trang web"}
NOT_TOLD = "chưa rõ"
_SCREENING = {"none": "chưa khai gì", "unfinished": "khai dở", "finished": "đã làm xong sơ tuyển"}


_OF_CHANNELS = (
    ("blocked", "đã chặn bot"),
    ("left", "đã rời kênh"),
    ("deactivated", "tài khoản không còn dùng"),
    ("not found", "không tìm thấy chỗ nhắn"),
    ("initiate", "chưa từng nhắn cho bot"),
    ("window", REASONS[Why.WINDOW_CLOSED]),
    ("free messages", "hết số tin miễn phí kênh cho gửi người đó"),
    ("quota", "hết hạn mức tin của kênh"),
    ("without money", "tài khoản Zalo hết tiền"),
    ("night", "kênh không nhận tin ban đêm"),
)
"""What the platforms say when they refuse a message, by a part of it."""


def reason_text(reason: str) -> str:
    """Why somebody was not written to; what is not known of a channel's words stays as it is."""
    if reason in REASONS:
        return REASONS[reason]
    known = next((words for part, words in _OF_CHANNELS if part in reason.lower()), None)
    return known or f"kênh báo lỗi: {reason}"


def channel_name(channel: str) -> str:
    """A channel as staff know it."""
    return CHANNELS.get(channel, channel)


def trade_name(trade: str | None) -> str:
    """A trade group in words."""
    return say_fact("trade_group", Facts({"trade_group": trade})) if trade else NOT_TOLD


def because_text(reason: Because, programmes: Programmes) -> str:
    """One reason why somebody is in."""
    said = _BECAUSE[reason.what](reason.values, programmes)
    return said if reason.holds else f"không phải: {said}"


def _programme(name: str, programmes: Programmes) -> str:
    programme = programmes.get(name)
    return programme.short if programme else name


_BECAUSE: Mapping[str, Callable[[tuple[str, ...], Programmes], str]] = {
    "consent": lambda _, __: "đồng ý nhận tin",
    "place": lambda values, _: f"ở {', '.join(values)}",
    "trade": lambda values, _: f"ngành {', '.join(trade_name(value) for value in values)}",
    "registered": lambda values, _: "có giấy đăng ký" if values[0] == "yes" else "chưa có giấy đăng ký",
    "verdict": lambda values, programmes: (
        f"{_programme(values[0], programmes)}: {', '.join(VERDICTS[Verdict(value)] for value in values[1:])}"
    ),
    "became_eligible": lambda values, programmes: (
        f"{_programme(values[0], programmes)}: thuận hơn so với ngày {money.day(date.fromisoformat(values[1]))}"
    ),
    "screening": lambda values, _: ", ".join(_SCREENING[value] for value in values),
    "last_contact": lambda values, _: f"nhắn lần cuối {values[0]} ngày trước" if values else "chưa nhắn lần nào",
    "answered": lambda values, _: f"đã trả lời đợt {values[0]}",
    "language": lambda values, _: f"dùng tiếng {'Việt' if values[0] == 'vi' else 'Anh'}",
    "channel": lambda values, _: f"trên {', '.join(map(channel_name, values))}",
}
