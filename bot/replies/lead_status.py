"""Where a household's lead stands, what it can do about it, and what it is told then."""

from __future__ import annotations

from bot.clock import VIETNAM
from bot.leads.lead import Lead
from bot.leads.life import State
from bot.replies.lead_card import choice, needs_text, phone, when
from bot.replies.lead_news import STATUS
from bot.replies.money import day
from bot.replies.reply import Choice, Outcome, Reply

_STANDING = {
    State.SEEKING: "đang tìm người phụ trách.",
    State.OFFERED: "đã gửi cho cộng tác viên, đang chờ trả lời.",
    State.ESCALATED: "đang ở Trung tâm, Trung tâm sẽ cử người phụ trách.",
    State.TAKEN: "{owner} đã nhận và sẽ gọi cho anh/chị.",
    State.CONTACTED: "{owner} đã liên hệ và đang theo dõi.",
    State.WAITING: "{owner} đang chờ anh/chị bổ sung theo hướng dẫn.",
    State.VISIT: "{owner} đã hẹn đến xem xưởng.",
    State.DOSSIER: "{owner} đang cùng anh/chị làm bộ giấy tờ để nộp.",
    State.SUBMITTED: "đã nộp lên cơ quan có thẩm quyền, đang chờ trả lời.",
    State.APPROVED: "cơ quan có thẩm quyền đã trả lời đồng ý; {owner} sẽ báo cụ thể.",
    State.REJECTED: "cơ quan có thẩm quyền đã trả lời chưa đồng ý; {owner} sẽ nói rõ lý do.",
    State.CLOSED: "đã kết thúc.",
    State.WITHDRAWN: "đã rút theo ý anh/chị.",
    State.ERASED: "đã xóa.",
}


def status_text(lead: Lead) -> str:
    """Where a household's lead stands, since when, and whom to call."""
    lines = [
        standing(lead),
        f"Gửi ngày {day(lead.created.astimezone(VIETNAM).date())}, cập nhật {when(lead.state_since)}.",
    ]
    if lead.needs:
        lines.append(f"Nội dung: {needs_text(lead.needs)}.")
    if lead.owner_phone and lead.is_open:
        lines.append(f"Số người phụ trách: {phone(lead.owner_phone)}.")
    if lead.visit_on and lead.state is State.VISIT:
        lines.append(f"Ngày hẹn: {day(lead.visit_on)}.")
    return "\n".join(lines)


def standing(lead: Lead) -> str:
    """Where a household's lead stands, in one line."""
    owner = f"**{lead.owner_name}**" if lead.owner_name else "Người phụ trách"
    return f"Hồ sơ **{lead.number}**: {_STANDING[lead.state].format(owner=owner)}"


def status_choices(lead: Lead) -> tuple[Choice, ...]:
    """What a household can do about its own lead; nothing about one that is over, but to open it again."""
    if lead.state in (State.CLOSED, State.WITHDRAWN):
        return (choice("Mở lại hồ sơ", "lead_keep", lead.id),)
    if not lead.is_open:
        return ()
    another = (choice("Đổi người phụ trách", "lead_another", lead.id),) if lead.owner_id is not None else ()
    return (
        choice("Sửa số điện thoại", "lead_phone", lead.id),
        *another,
        choice("Rút hồ sơ", "lead_withdraw", lead.id),
    )


def sure_to_withdraw(lead: Lead) -> Reply:
    """Asked once before a lead is withdrawn."""
    return Reply(
        f"Rút hồ sơ **{lead.number}**, cán bộ sẽ không gọi nữa. Anh/chị chắc chứ?",
        (choice("Rút hồ sơ", "lead_withdraw", lead.id, sure=True), Choice("Thôi, giữ lại", "ask_status")),
        Outcome.COMMAND,
    )


def withdrawn(lead: Lead) -> Reply:
    """It is withdrawn, or was over before."""
    over = lead.state is State.CLOSED
    said = f"Hồ sơ **{lead.number}** đã kết thúc" if over else f"Đã rút hồ sơ **{lead.number}**, cán bộ đã được báo"
    return Reply(
        f"{said}. Lúc nào cần, anh/chị mở lại được.",
        (choice("Mở lại hồ sơ", "lead_keep", lead.id),),
        Outcome.COMMAND,
    )


def sure_to_change(lead: Lead) -> Reply:
    """Asked once before another collaborator is looked for."""
    return Reply(
        f"Hồ sơ **{lead.number}** sẽ chuyển cho người khác, người đang phụ trách thôi theo dõi. Anh/chị muốn đổi chứ?",
        (choice("Đổi người phụ trách", "lead_another", lead.id, sure=True), Choice("Thôi, giữ lại", "ask_status")),
        Outcome.COMMAND,
    )


def changed(lead: Lead) -> Reply:
    """Somebody else is being looked for."""
    return Reply(
        f"Đã ghi nhận, đang tìm người khác phụ trách hồ sơ **{lead.number}**. Khi có người nhận, Khuyến công báo anh/chị ngay tại đây.",
        (STATUS,),
        Outcome.COMMAND,
    )


def ask_new_phone() -> Reply:
    """How to correct the number."""
    return Reply("Anh/chị nhắn “số mới” rồi tới số điện thoại, ví dụ: số mới 09…", outcome=Outcome.COMMAND)


def phone_not_read() -> Reply:
    """A new number was given that is none."""
    return Reply(
        "Chưa đọc được số điện thoại (10 số, bắt đầu bằng 0). Anh/chị nhắn lại: số mới 09…", outcome=Outcome.COMMAND
    )


def phone_changed(lead: Lead, number_e164: str) -> Reply:
    """The new number is on record."""
    return Reply(
        f"Đã đổi số liên hệ của hồ sơ **{lead.number}** thành {phone(number_e164)}. Cán bộ đã được báo.",
        outcome=Outcome.COMMAND,
    )


def kept(lead: Lead) -> Reply:
    """The household still wants it: it goes on, or is open again, unless it was opened too often today."""
    if not lead.is_open:
        return Reply(
            f"Hồ sơ **{lead.number}** hôm nay đã mở lại nhiều lần. Mời anh/chị mở lại vào ngày mai.",
            outcome=Outcome.COMMAND,
        )
    if lead.owner_id is None:
        return Reply(
            f"Hồ sơ **{lead.number}** đang mở và chờ người phụ trách. Khi có người nhận, Khuyến công báo anh/chị ngay tại đây.",
            (STATUS,),
            Outcome.COMMAND,
        )
    return Reply(f"Vâng, hồ sơ **{lead.number}** được theo dõi tiếp, cán bộ đã được báo.", (STATUS,), Outcome.COMMAND)


def feedback_taken(lead: Lead) -> Reply:
    """Both questions are answered; who still needs somebody finds the way back."""
    return Reply(
        "Cảm ơn anh/chị đã cho biết, Trung tâm sẽ xem. Còn cần hỗ trợ thì bấm nút dưới.",
        (choice("Mở lại hồ sơ", "lead_keep", lead.id),),
        Outcome.COMMAND,
    )


def not_yours() -> Reply:
    """A button of a lead that this account did not begin, or that is no more."""
    return Reply(
        "Hồ sơ này không còn, hoặc gửi từ một tài khoản khác. Nhờ anh/chị nhắn từ tài khoản đã gửi, hoặc bấm nút dưới.",
        (Choice("Gặp người phụ trách", "handover"),),
        Outcome.COMMAND,
    )
