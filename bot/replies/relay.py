"""A person in a household's chat: who is talking, what passes between the two, and when the bot is back."""

from __future__ import annotations

from collections.abc import Iterable

from bot.leads import Collaborator, Lead, Role, State
from bot.replies.lead_card import choice, open_choice
from bot.replies.reply import Choice, Outcome, Reply

END = "relay_end"
"""The intent with which either side ends it."""


def who(one: Collaborator) -> str:
    """A person with its office, as the household reads it; the Centre as such is its own office."""
    if one.role is not Role.CENTRE:
        return f"{one.name}, cộng tác viên"
    return one.name if one.name.startswith("Trung tâm") else f"{one.name}, Trung tâm"


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
        f"Từ giờ tin anh/chị gõ ở đây sẽ gửi cho cơ sở của **{number}**, kèm tên anh/chị. "
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
    "household": "Cơ sở đã dừng trò chuyện.",
    "silence": "Đã lâu không có tin nào.",
    "unheard": "Tin không tới được cơ sở, anh/chị gọi điện giúp.",
    "unreachable": "Tin không tới được anh/chị ở kênh này.",
    "left": "Cơ sở đã rời cuộc trò chuyện.",
    "moved": "Hồ sơ không còn do anh/chị phụ trách.",
    "replaced": "Anh/chị đang nhắn với cơ sở khác.",
}


def ended_for_staff(lead: Lead, one: Collaborator, why: str) -> Reply:
    """To who talked: nothing typed here reaches the household any more, and what to put down about it."""
    again = (choice("Nhắn tiếp", "relay_open", lead.id),) if why in {"staff", "silence", "household"} else ()
    return Reply(
        f"{_WHY[why]} Tin anh/chị gõ từ đây không gửi cho cơ sở của **{lead.number}** nữa.",
        (*again, *_put_down(lead, one)),
    )


def _put_down(lead: Lead, one: Collaborator) -> tuple[Choice, ...]:
    if lead.state is State.ESCALATED and one.role is Role.CENTRE:
        return (choice("Nhận", "lead_take", lead.id),)
    if lead.owner_id != one.id or not lead.is_open:
        return ()
    if lead.state is State.TAKEN:
        return (choice("Đã liên hệ", "lead_contacted", lead.id),)
    return (open_choice(lead.number, lead.id),)


def only_words(one: Collaborator) -> Reply:
    """To the household that sent a picture or a voice message."""
    return Reply(f"Ở đây chỉ chuyển được chữ. Anh/chị gõ lại giúp, hoặc gửi trực tiếp cho {one.name}.")


def only_words_from_staff() -> Reply:
    """To the person of ours who sent one."""
    return Reply("Ở đây chỉ chuyển được chữ, ảnh và tệp không gửi được cho cơ sở.")


def somebody_talks(one: Collaborator) -> Reply:
    """To the household that pressed a button of the bot."""
    return Reply(
        f"**{who(one)}** đang trò chuyện với anh/chị. Muốn Khuyến công trả lời lại như trước thì bấm nút dưới.",
        (_end(),),
    )


def refused() -> Reply:
    """The lead is not the presser's, or over."""
    return Reply("Hồ sơ này không do anh/chị phụ trách, hoặc đã kết thúc.")


def no_way(number: str) -> Reply:
    """The household cannot be written to, or does not want it."""
    return Reply(f"Chưa nhắn được cho cơ sở của **{number}**: không có kênh nào nhận tin. Anh/chị gọi điện giúp.")


def busy(number: str, one: Collaborator) -> Reply:
    """Somebody else talks to the household already."""
    return Reply(f"**{who(one)}** đang nhắn với cơ sở của **{number}**.")


def transcript(number: str, lines: Iterable[tuple[bool, str]], *, name: str | None) -> Reply:
    """The end of a conversation; each line is the household's or the other side's."""
    mark = {True: f"**{name or 'Cơ sở'}:**", False: "·"}
    said = [f"{mark[household]} {text}" for household, text in lines]
    return Reply(
        f"**{number}**, những tin gần nhất:\n" + "\n".join(said) if said else f"**{number}**: chưa có tin nào."
    )


def transcript_not_agreed() -> Reply:
    """The household did not agree that the conversation is read."""
    return Reply("Cơ sở chưa đồng ý cho xem cuộc trò chuyện, hoặc hồ sơ không do anh/chị phụ trách.")


def _end() -> Choice:
    return Choice("Kết thúc trò chuyện", END)
