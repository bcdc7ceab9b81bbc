"""Notices about leads in Vietnamese: the cards of collaborators and of the Centre; the others are beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.leads.notices import (
    Escalated,
    LeadAlerts,
    LeadCard,
    LeadContactChanged,
    LeadDigest,
    LeadEscalated,
    LeadKept,
    LeadMoved,
    LeadNeedAdded,
    LeadOffered,
    LeadReminder,
    LeadsSilent,
    LeadYours,
    Moved,
    Stage,
)
from bot.replies import lead_lists, lead_news
from bot.replies.lead_card import TALK, at_place, card_lines, choice, needs_text, open_choice, when
from bot.replies.reply import Choice, Reply


def render(notice: Any) -> Reply:
    """A notice about a lead as a message; KeyError when it is not one of `leads.NOTICES`."""
    return _RENDERERS[type(notice)](notice)


def _answers(card: LeadCard) -> tuple[Choice, ...]:
    return (choice("Xem câu trả lời", "lead_answers", card.lead_id),) if card.transcript_ok else ()


def _offered(notice: LeadOffered) -> Reply:
    card = notice.card
    lines = [*card_lines(card, "Mới"), f"Xin trả lời trước {when(notice.answer_by)}."]
    return Reply(
        "\n".join(lines),
        (
            choice("Nhận", "lead_take", card.lead_id),
            choice("Từ chối", "lead_decline", card.lead_id),
            *_answers(card),
        ),
    )


def _yours(notice: LeadYours) -> Reply:
    card = notice.card
    lines = card_lines(card, "Anh/chị phụ trách")
    if notice.act_by is not None:
        lines.append(f"Xin gọi cho cơ sở trước {when(notice.act_by)}, gọi xong bấm “Đã liên hệ”.")
    return Reply(
        "\n".join(lines),
        (
            choice("Đã liên hệ", "lead_contacted", card.lead_id),
            choice("Hẹn thăm", "lead_visit", card.lead_id),
            choice(TALK, "relay_open", card.lead_id),
            choice("Giao đồng nghiệp", "lead_hand_over", card.lead_id),
            choice("Trả lại", "lead_release", card.lead_id),
            *_answers(card),
        ),
    )


def _need_added(notice: LeadNeedAdded) -> Reply:
    card = notice.card
    added = needs_text(notice.added)
    lines = [*card_lines(card, "Bổ sung")]
    if added or not notice.another_account:
        lines.append(f"Cơ sở hỏi thêm: {added}." if added else "Cơ sở vừa sửa nơi đặt xưởng.")
    if notice.another_account:
        lines.append(
            "Nhắn từ một tài khoản khác, cùng số điện thoại: khi gọi xin hỏi lại xem có phải cùng một cơ sở không."
        )
    return Reply("\n".join(lines), _answers(card))


def _reminder(notice: LeadReminder) -> Reply:
    place = at_place(notice.place)
    until = when(notice.act_by)
    if notice.stage is Stage.ANSWER:
        return Reply(
            f"Hồ sơ **{notice.number}**{place} đang chờ anh/chị trả lời. Sau {until} hồ sơ sẽ chuyển cho người khác.",
            (
                choice("Nhận", "lead_take", notice.lead_id),
                choice("Từ chối", "lead_decline", notice.lead_id),
                open_choice(notice.number, notice.lead_id),
            ),
        )
    return Reply(
        f"Cơ sở của hồ sơ **{notice.number}**{place} vẫn chờ điện thoại của anh/chị. "
        f"Sau {until} hồ sơ sẽ chuyển về Trung tâm.",
        (
            choice("Đã liên hệ", "lead_contacted", notice.lead_id),
            choice("Trả lại", "lead_release", notice.lead_id),
            open_choice(notice.number, notice.lead_id),
        ),
    )


_MOVED = {
    Moved.DECLINED: "anh/chị đã từ chối, đã chuyển cho người khác.",
    Moved.EXPIRED: "quá giờ trả lời, đã chuyển cho người khác.",
    Moved.RELEASED: "đã chuyển cho người khác.",
    Moved.CENTRE: "đã chuyển về Trung tâm.",
    Moved.TAKEN: "đồng nghiệp đã nhận.",
    Moved.WITHDRAWN: "cơ sở không cần nữa, anh/chị không phải làm gì thêm.",
    Moved.CLOSED: "đã kết thúc.",
    Moved.ERASED: "đã xóa theo yêu cầu của cơ sở.",
}


def _moved(notice: LeadMoved) -> Reply:
    return Reply(f"{notice.number}: {_MOVED[notice.why]}")


_ESCALATED = {
    Escalated.NOBODY_THERE: "Nơi này chưa có cộng tác viên.",
    Escalated.NOBODY_LEFT: "Các cộng tác viên ở đây đều từ chối hoặc chưa trả lời.",
    Escalated.NOT_CONTACTED: "Đã có người nhận nhưng quá hạn vẫn chưa liên hệ cơ sở.",
    Escalated.ASKED: "Được chuyển lên để Trung tâm xử lý.",
    Escalated.LOOK_FIRST: "Lần trước người gửi bị đánh dấu tin rác: xin xem trước khi giao cho cộng tác viên.",
}


def _escalated(notice: LeadEscalated) -> Reply:
    card = notice.card
    lines = [*card_lines(card, "Trung tâm"), _ESCALATED[notice.why]]
    return Reply(
        "\n".join(lines),
        (
            choice("Nhận", "lead_take", card.lead_id),
            choice("Giao người khác", "lead_hand_over", card.lead_id),
            choice(TALK, "relay_open", card.lead_id),
            *_answers(card),
        ),
    )


def _contact_changed(notice: LeadContactChanged) -> Reply:
    card = notice.card
    return Reply("\n".join([*card_lines(card, "Đổi liên hệ"), "Xin gọi theo số mới."]), _answers(card))


def _kept(notice: LeadKept) -> Reply:
    card = notice.card
    news = "Cơ sở vừa trả lời: vẫn cần hỗ trợ. Xin liên hệ lại sớm."
    return Reply("\n".join([*card_lines(card, "Vẫn cần"), news]), (choice("Mở", "lead_open", card.lead_id),))


_RENDERERS: dict[type[Any], Callable[[Any], Reply]] = {
    LeadOffered: _offered,
    LeadYours: _yours,
    LeadNeedAdded: _need_added,
    LeadContactChanged: _contact_changed,
    LeadKept: _kept,
    LeadReminder: _reminder,
    LeadMoved: _moved,
    LeadEscalated: _escalated,
    LeadAlerts: lead_lists.alerts,
    LeadsSilent: lead_lists.silent,
    LeadDigest: lead_lists.digest,
    **lead_news.RENDERERS,
}
