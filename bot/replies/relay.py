"""A person in a household's chat: who is talking, what passes between the two, and when the bot is back."""

from __future__ import annotations

from collections.abc import Iterable

from bot.leads import Collaborator, Role
from bot.replies.lead_card import choice
from bot.replies.reply import Choice, Outcome, Reply

END = "relay_end"
"""The intent with which either side ends it."""


def who(one: Collaborator) -> str:
    """A person with its office, as the household reads it."""
    return f"{one.name}, {'Trung tâm' if one.role is Role.CENTRE else 'cộng tác viên'}"


def begun(one: Collaborator, number: str) -> Reply:
    """To the household: who talks from now on, and how to end it."""
    return Reply(
        f"**{who(one)}** nhắn trực tiếp với anh/chị ở đây về hồ sơ **{number}**. "
        "Khuyến công tạm ngưng trả lời tự động, anh/chị cứ nhắn như thường. Muốn dừng thì bấm nút dưới hoặc nhắn “kết thúc”.",
        (_end(),),
        Outcome.HANDOVER,
    )


def begun_for_staff(number: str) -> Reply:
    """To who began it."""
    return Reply(
        f"Từ giờ tin anh/chị gõ ở đây được chuyển cho hộ **{number}**, kèm tên anh/chị. "
        "Xong thì bấm nút dưới hoặc nhắn “kết thúc”.",
        (_end(),),
    )


def said_by_staff(one: Collaborator, words: str) -> Reply:
    """What the person says, with its name before it."""
    return Reply(f"**{who(one)}:** {words}")


def said_by_household(number: str, name: str | None, words: str) -> Reply:
    """What the household says, with the number of its lead before it."""
    return Reply(f"**{' · '.join(part for part in (number, name) if part)}:** {words}")


def back(one: Collaborator, standing: str) -> Reply:
    """To the household: the bot answers again, and where things stand."""
    return Reply(f"**{one.name}** đã dừng nhắn ở đây, Khuyến công trả lời tiếp. {standing}", (), Outcome.HANDOVER)


_WHY = {
    "staff": "Đã dừng.",
    "household": "Hộ đã dừng trò chuyện.",
    "silence": "Đã lâu không có tin nào.",
    "left": "Hộ đã rời cuộc trò chuyện.",
    "moved": "Hồ sơ không còn do anh/chị phụ trách.",
    "replaced": "Anh/chị đang nhắn với hộ khác.",
}


def ended_for_staff(number: str, lead_id: int, why: str) -> Reply:
    """To who talked: nothing typed here reaches the household any more."""
    again = (choice("Nhắn tiếp", "relay_open", lead_id),) if why in {"staff", "silence", "household"} else ()
    return Reply(f"{_WHY[why]} Tin anh/chị gõ từ đây không gửi cho hộ **{number}** nữa.", again)


def only_words(one: Collaborator) -> Reply:
    """To the household that sent a picture or a voice message."""
    return Reply(f"Ở đây chỉ chuyển được chữ. Anh/chị gõ lại giúp, hoặc gửi trực tiếp cho {one.name}.")


def somebody_talks(one: Collaborator) -> Reply:
    """To the household that pressed a button of the bot."""
    return Reply(
        f"**{who(one)}** đang trò chuyện với anh/chị. Muốn Khuyến công trả lời tự động lại thì bấm nút dưới.", (_end(),)
    )


def refused() -> Reply:
    """The lead is not the presser's, or over."""
    return Reply("Hồ sơ này không do anh/chị phụ trách, hoặc đã kết thúc.")


def no_way(number: str) -> Reply:
    """The household cannot be written to, or does not want it."""
    return Reply(f"Chưa nhắn được cho hộ **{number}**: hộ không mở kênh nào. Anh/chị gọi điện giúp.")


def busy(number: str, one: Collaborator) -> Reply:
    """Somebody else talks to the household already."""
    return Reply(f"**{who(one)}** đang nhắn với hộ **{number}**.")


def transcript(number: str, lines: Iterable[tuple[bool, str]], *, name: str | None) -> Reply:
    """The end of a conversation; each line is the household's or the other side's."""
    mark = {True: f"**{name or 'Hộ'}:**", False: "·"}
    said = [f"{mark[household]} {text}" for household, text in lines]
    return Reply(
        f"**{number}**, những tin gần nhất:\n" + "\n".join(said) if said else f"**{number}**: chưa có tin nào."
    )


def transcript_not_agreed() -> Reply:
    """The household did not agree that the conversation is read."""
    return Reply("Hộ chưa đồng ý cho xem cuộc trò chuyện, hoặc hồ sơ không do anh/chị phụ trách.")


def _end() -> Choice:
    return Choice("Kết thúc trò chuyện", END)
