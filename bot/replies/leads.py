"""Notices about leads in Vietnamese: cards for collaborators and the Centre, news for the household."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.clock import VIETNAM
from bot.leads.lead import CloseReason, Lead
from bot.leads.life import State
from bot.leads.notices import (
    Escalated,
    LeadCard,
    LeadEnded,
    LeadEscalated,
    LeadHandedOn,
    LeadMoved,
    LeadNeedAdded,
    LeadOffered,
    LeadReminder,
    LeadTaken,
    LeadWaiting,
    LeadYours,
    Moved,
    Stage,
)
from bot.replies.lead_card import at_place, card_lines, needs_text, phone, when
from bot.replies.money import day
from bot.replies.reply import Choice, Outcome, Reply


def render(notice: Any) -> Reply:
    """A notice about a lead as a message; KeyError when it is not one of `leads.NOTICES`."""
    return _RENDERERS[type(notice)](notice)


def choice(title: str, intent: str, lead_id: int, **data: Any) -> Choice:
    """A button about one lead."""
    return Choice(title, intent, {"lead": lead_id, **data})


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
            choice("Trả lại", "lead_release", card.lead_id),
            *_answers(card),
        ),
    )


def _need_added(notice: LeadNeedAdded) -> Reply:
    card = notice.card
    added = needs_text(notice.added)
    news = f"Cơ sở hỏi thêm: {added}." if added else "Cơ sở vừa sửa nơi đặt xưởng."
    return Reply("\n".join([*card_lines(card, "Bổ sung"), news]), _answers(card))


def _reminder(notice: LeadReminder) -> Reply:
    place = at_place(notice.place)
    until = when(notice.act_by)
    if notice.stage is Stage.ANSWER:
        return Reply(
            f"Hồ sơ **{notice.number}**{place} đang chờ anh/chị trả lời. Sau {until} hồ sơ sẽ chuyển cho người khác.",
            (choice("Nhận", "lead_take", notice.lead_id), choice("Từ chối", "lead_decline", notice.lead_id)),
        )
    return Reply(
        f"Cơ sở của hồ sơ **{notice.number}**{place} vẫn chờ điện thoại của anh/chị. "
        f"Sau {until} hồ sơ sẽ chuyển về Trung tâm.",
        (choice("Đã liên hệ", "lead_contacted", notice.lead_id), choice("Trả lại", "lead_release", notice.lead_id)),
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
}


def _escalated(notice: LeadEscalated) -> Reply:
    card = notice.card
    lines = [*card_lines(card, "Trung tâm"), _ESCALATED[notice.why]]
    return Reply("\n".join(lines), (choice("Nhận", "lead_take", card.lead_id), *_answers(card)))


def _taken(notice: LeadTaken) -> Reply:
    about = needs_text(notice.needs)
    number = f" Số điện thoại: {phone(notice.phone)}." if notice.phone else ""
    return Reply(
        f"**{notice.collaborator}** đã nhận hồ sơ **{notice.number}**{f' ({about})' if about else ''} "
        f"và sẽ gọi cho anh/chị.{number}",
        (Choice("Hồ sơ của tôi tới đâu?", "ask_status"),),
        Outcome.HANDOVER,
    )


def _waiting(notice: LeadWaiting) -> Reply:
    who = "Trung tâm đang tìm người phụ trách" if notice.with_centre else "Cộng tác viên chưa trả lời"
    return Reply(
        f"Hồ sơ **{notice.number}** chưa có người nhận, mong anh/chị thông cảm. {who}; "
        "có người nhận sẽ báo ngay tại đây.",
        (Choice("Hồ sơ của tôi tới đâu?", "ask_status"),),
        Outcome.HANDOVER,
    )


def _handed_on(notice: LeadHandedOn) -> Reply:
    who = "Trung tâm đang xử lý" if notice.with_centre else "Đang mời người khác"
    return Reply(
        f"Người phụ trách hồ sơ **{notice.number}** có thay đổi. {who}, "
        "anh/chị không phải gửi lại gì; có người nhận sẽ báo ngay tại đây.",
        outcome=Outcome.HANDOVER,
    )


_ENDED = {
    CloseReason.HELPED: "đã được cán bộ giải quyết xong.",
    CloseReason.NOT_ELIGIBLE: "kết thúc vì chưa đủ điều kiện vào lúc này. Có gì thay đổi, anh/chị cứ nhắn lại.",
    CloseReason.UNREACHABLE: "tạm dừng vì cán bộ chưa liên lạc được với anh/chị. Nhắn lại ở đây để tiếp tục.",
    CloseReason.NO_LONGER_WANTED: "kết thúc theo ý anh/chị.",
    CloseReason.ELSEWHERE: "đã chuyển sang cơ quan khác phụ trách.",
    CloseReason.SPAM: "đã kết thúc.",
}


def _ended(notice: LeadEnded) -> Reply:
    return Reply(f"Hồ sơ **{notice.number}** {_ENDED[notice.reason]}", outcome=Outcome.HANDOVER)


_RENDERERS: dict[type[Any], Callable[[Any], Reply]] = {
    LeadOffered: _offered,
    LeadYours: _yours,
    LeadNeedAdded: _need_added,
    LeadReminder: _reminder,
    LeadMoved: _moved,
    LeadEscalated: _escalated,
    LeadTaken: _taken,
    LeadWaiting: _waiting,
    LeadHandedOn: _handed_on,
    LeadEnded: _ended,
}


_STANDING = {
    State.SEEKING: "đang tìm người phụ trách.",
    State.OFFERED: "đã gửi cho cộng tác viên, đang chờ trả lời.",
    State.ESCALATED: "đang ở Trung tâm, Trung tâm sẽ cử người phụ trách.",
    State.TAKEN: "{owner} đã nhận và sẽ gọi cho anh/chị.",
    State.CONTACTED: "{owner} đã liên hệ và đang theo dõi.",
    State.WAITING: "{owner} đang chờ anh/chị bổ sung theo hướng dẫn.",
    State.VISIT: "{owner} đã hẹn đến xem xưởng.",
    State.DOSSIER: "{owner} đang cùng anh/chị làm hồ sơ.",
    State.SUBMITTED: "đã nộp lên cơ quan có thẩm quyền, đang chờ trả lời.",
    State.APPROVED: "cơ quan có thẩm quyền đã trả lời đồng ý; {owner} sẽ báo cụ thể.",
    State.REJECTED: "cơ quan có thẩm quyền đã trả lời chưa đồng ý; {owner} sẽ nói rõ lý do.",
    State.CLOSED: "đã kết thúc.",
    State.WITHDRAWN: "đã rút theo ý anh/chị.",
    State.ERASED: "đã xóa.",
}


def status_text(lead: Lead) -> str:
    """Where a household's lead stands, since when, and whom to call."""
    owner = f"**{lead.owner_name}**" if lead.owner_name else "Người phụ trách"
    lines = [
        f"Hồ sơ **{lead.number}**: {_STANDING[lead.state].format(owner=owner)}",
        f"Gửi ngày {day(lead.created.astimezone(VIETNAM).date())}, cập nhật {when(lead.state_since)}.",
    ]
    if lead.needs:
        lines.append(f"Nội dung: {needs_text(lead.needs)}.")
    if lead.owner_phone and lead.is_open:
        lines.append(f"Số người phụ trách: {phone(lead.owner_phone)}.")
    return "\n".join(lines)
