"""News about a lead for the household, and the questions it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.leads.lead import CloseReason
from bot.leads.life import State
from bot.leads.news import (
    Feedback,
    LeadEnded,
    LeadFeedbackAsked,
    LeadHandedOn,
    LeadProgress,
    LeadStillWanted,
    LeadTaken,
    LeadWaiting,
)
from bot.replies.lead_card import choice, needs_text, phone
from bot.replies.money import day
from bot.replies.reply import Choice, Outcome, Reply

STATUS = Choice("Hồ sơ của tôi tới đâu?", "ask_status")
"""The way to where a lead stands."""


def _taken(notice: LeadTaken) -> Reply:
    about = needs_text(notice.needs)
    number = f" Số điện thoại: {phone(notice.phone)}." if notice.phone else ""
    return Reply(
        f"**{notice.collaborator}** đã nhận hồ sơ **{notice.number}**{f' ({about})' if about else ''} "
        f"và sẽ gọi cho anh/chị.{number}",
        (STATUS,),
        Outcome.HANDOVER,
    )


def _waiting(notice: LeadWaiting) -> Reply:
    who = "Trung tâm đang tìm người phụ trách" if notice.with_centre else "Cộng tác viên chưa trả lời"
    return Reply(
        f"Hồ sơ **{notice.number}** chưa có người nhận, mong anh/chị thông cảm. {who}. "
        "Khi có người nhận, Khuyến công báo anh/chị ngay tại đây.",
        (STATUS,),
        Outcome.HANDOVER,
    )


def _handed_on(notice: LeadHandedOn) -> Reply:
    who = "Trung tâm đang xử lý" if notice.with_centre else "Đang mời người khác"
    return Reply(
        f"Người phụ trách hồ sơ **{notice.number}** có thay đổi. {who}, "
        "anh/chị không phải gửi lại gì. Khi có người nhận, Khuyến công báo anh/chị ngay tại đây.",
        outcome=Outcome.HANDOVER,
    )


_SILENCE = "tạm đóng vì chưa thấy anh/chị trả lời. Vẫn cần thì bấm nút dưới, hồ sơ được mở lại ngay."

_ENDED = {
    CloseReason.HELPED: "đã đóng vì cán bộ báo là hỗ trợ xong rồi. Nếu chưa xong, anh/chị nhắn lại ở đây.",
    CloseReason.NOT_ELIGIBLE: "kết thúc vì lúc này chưa đủ điều kiện. Có gì thay đổi, anh/chị cứ nhắn lại.",
    CloseReason.UNREACHABLE: "tạm dừng vì cán bộ chưa liên lạc được với anh/chị. Bấm nút dưới để tiếp tục.",
    CloseReason.NO_LONGER_WANTED: "kết thúc theo ý anh/chị.",
    CloseReason.ELSEWHERE: "kết thúc ở đây vì việc này thuộc cơ quan khác. Chưa biết hỏi đâu thì nhắn “gặp người”.",
    CloseReason.SPAM: "đã kết thúc.",
}


def _ended(notice: LeadEnded) -> Reply:
    how = _SILENCE if notice.by_silence else _ENDED[notice.reason]
    again = notice.by_silence or notice.reason is CloseReason.UNREACHABLE
    choices = (choice("Mở lại hồ sơ", "lead_keep", notice.lead_id),) if again and notice.lead_id is not None else ()
    return Reply(f"Hồ sơ **{notice.number}** {how}", choices, Outcome.HANDOVER)


PROGRESS = {
    State.TAKEN: "{owner} đang phụ trách và sẽ gọi cho anh/chị.",
    State.CONTACTED: "{owner} đang theo dõi tiếp.",
    State.WAITING: "{owner} đang chờ anh/chị bổ sung như đã hướng dẫn; xong anh/chị báo lại giúp.",
    State.VISIT: "{owner} hẹn đến xem xưởng{visit}.",
    State.DOSSIER: "{owner} đang cùng anh/chị làm bộ giấy tờ để nộp.",
    State.SUBMITTED: "đã nộp lên cơ quan có thẩm quyền, đang chờ trả lời.",
    State.APPROVED: "cơ quan có thẩm quyền đã trả lời đồng ý; {owner} sẽ báo cụ thể.",
    State.REJECTED: "cơ quan có thẩm quyền trả lời chưa đồng ý; {owner} sẽ nói rõ lý do và cách làm tiếp.",
}
"""The states of which a household is told, and those that a mis-tap may go back to."""


def _progress(notice: LeadProgress) -> Reply:
    owner = f"**{notice.owner}**" if notice.owner else "người phụ trách"
    visit = f" ngày {day(notice.visit_on)}" if notice.visit_on else ""
    said = PROGRESS[notice.state].format(owner=owner, visit=visit)
    start = "Đính chính, tin vừa rồi gửi nhầm. Hồ sơ" if notice.corrected else "Hồ sơ"
    return Reply(f"{start} **{notice.number}**: {said}", (STATUS,), Outcome.HANDOVER)


def _still_wanted(notice: LeadStillWanted) -> Reply:
    return Reply(
        f"Lâu rồi hồ sơ **{notice.number}** chưa có bước mới. Anh/chị còn cần hỗ trợ không?\n"
        "Nếu chưa trả lời, hồ sơ sẽ tạm đóng; lúc nào cần, nhắn lại là mở.",
        (
            choice("Vẫn cần", "lead_keep", notice.lead_id),
            choice("Không cần nữa", "lead_withdraw", notice.lead_id, sure=True),
        ),
        Outcome.HANDOVER,
    )


def _feedback_asked(notice: LeadFeedbackAsked) -> Reply:
    return ask_feedback(notice.lead_id, Feedback.CONTACTED, f"Hồ sơ **{notice.number}** đã xong một thời gian. ")


_FEEDBACK = {
    Feedback.CONTACTED: "Cán bộ có liên hệ với anh/chị không?",
    Feedback.USEFUL: "Việc hỗ trợ có ích cho xưởng không?",
}


def ask_feedback(lead_id: int, question: Feedback, start: str = "") -> Reply:
    """One of the two questions afterwards."""
    return Reply(
        start + _FEEDBACK[question],
        tuple(
            choice(title, "lead_feedback", lead_id, question=question.value, value=value)
            for title, value in (("Có", True), ("Không", False))
        ),
        Outcome.COMMAND,
    )


RENDERERS: dict[type[Any], Callable[[Any], Reply]] = {
    LeadTaken: _taken,
    LeadWaiting: _waiting,
    LeadHandedOn: _handed_on,
    LeadProgress: _progress,
    LeadEnded: _ended,
    LeadStillWanted: _still_wanted,
    LeadFeedbackAsked: _feedback_asked,
}
"""By kind of notice."""
