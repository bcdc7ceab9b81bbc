"""What a collaborator is told about itself: the welcome, absences, what is not its own, what was not read."""

from __future__ import annotations

from datetime import date

from bot.leads import Collaborator, Role
from bot.replies.money import day
from bot.replies.reply import Choice, Reply

WORK = Choice("Việc của tôi", "desk_work")
"""The list of what waits."""

BACK = Choice("Tôi đã đi làm lại", "desk_back")
"""Ends an absence."""


_WHAT_COMES = {
    Role.COLLABORATOR: "Từ giờ hồ sơ trong địa bàn của anh/chị sẽ gửi vào đây, có nút Nhận và Từ chối.",
    Role.CENTRE: "Từ giờ hồ sơ chưa có ai nhận, hồ sơ bị chậm và lời nhắc về cộng tác viên sẽ gửi vào đây.",
}


def welcome(one: Collaborator) -> Reply:
    """To one who joined by an invitation."""
    return Reply(
        f"Chào {one.name}. {_WHAT_COMES[one.role]}\n"
        "Nhắn “việc” để xem những gì đang chờ, “vắng hôm nay” khi nghỉ, “trợ giúp” để xem các cách nhắn khác."
    )


def how_to(role: Role) -> Reply:
    """Everything that can be typed to the desk."""
    hand_on = "Trung tâm mở được mọi hồ sơ đang làm, giao lại bằng nút “Giao người khác”."
    return Reply(
        "\n".join(
            [
                "Ngoài các nút, anh/chị nhắn được:",
                "• việc: những gì đang chờ, việc đến hạn trước",
                "• KC-0001: mở hồ sơ đó",
                "• ghi KC-0001: gọi sau 17 giờ (hoặc trả lời vào thẻ hồ sơ): ghi chú",
                "• hẹn KC-0001 ngày 15/12: hẹn thăm, cơ sở được báo",
                "• vắng hôm nay · vắng từ 25/11 đến 30/11 · đi làm lại",
                *([hand_on] if role is Role.CENTRE else []),
                "Hỏi về chính sách thì cứ nhắn như mọi người.",
            ]
        ),
        (WORK,),
    )


def only_collaborators() -> Reply:
    """A button of the desk, pressed by somebody else."""
    return Reply("Nút này chỉ dùng cho cộng tác viên khuyến công.")


def no_longer_yours() -> Reply:
    """A lead was to be opened that is somebody else's now, or over."""
    return Reply("Hồ sơ này không còn do anh/chị phụ trách.")


def not_read() -> Reply:
    """Words on the staff page that are no note, visit or absence."""
    return Reply(
        "Chưa đọc được. Viết như: KC-0001 · ghi KC-0001: gọi sau 17 giờ · hẹn KC-0001 ngày 15/12 · vắng hôm nay · việc"
    )


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
