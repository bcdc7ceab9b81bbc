"""What a collaborator is told about itself: the welcome, absences, what is not its own, what was not read."""

from __future__ import annotations

from datetime import date

from bot.replies.money import day
from bot.replies.reply import Choice, Reply

BACK = Choice("Tôi đã đi làm lại", "desk_back")
"""Ends an absence."""


def welcome(name: str) -> Reply:
    """To one who joined by an invitation."""
    return Reply(
        f"Chào {name}. Từ giờ hồ sơ trong địa bàn của anh/chị sẽ gửi vào đây, có nút Nhận và Từ chối.\n"
        "Nhắn “việc” để xem những gì đang chờ, “vắng hôm nay” khi nghỉ; trả lời vào thẻ hồ sơ để ghi chú."
    )


def only_collaborators() -> Reply:
    """A button of the desk, pressed by somebody else."""
    return Reply("Nút này chỉ dùng cho cộng tác viên khuyến công.")


def no_longer_yours() -> Reply:
    """A lead was to be opened that is somebody else's now, or over."""
    return Reply("Hồ sơ này không còn do anh/chị phụ trách.")


def not_read() -> Reply:
    """Words on the staff page that are no note, visit or absence."""
    return Reply("Chưa đọc được. Viết như: ghi KC-0001: gọi sau 17 giờ · hẹn KC-0001 ngày 15/12 · vắng hôm nay · việc")


def absent(first: date, last: date, moved_on: int) -> Reply:
    """An absence is on record."""
    span = f"ngày {day(first)}" if first == last else f"từ {day(first)} đến {day(last)}"
    moved = f" {moved_on} hồ sơ chờ trả lời đã chuyển cho người khác." if moved_on else ""
    return Reply(
        f"Đã ghi anh/chị vắng {span}, trong thời gian đó không gửi hồ sơ mới.{moved}",
        (BACK,),
    )


def back() -> Reply:
    """At work again."""
    return Reply("Đã ghi anh/chị đi làm lại, hồ sơ mới sẽ gửi như thường.")
