"""What a collaborator is told after a button, and the buttons that come next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.eligibility.facts import FACTS
from bot.leads.lead import CloseReason, DeclineReason, Lead, Tap, TapResult
from bot.leads.life import TRANSITIONS, Event, State
from bot.replies.lead_card import needs_text, read
from bot.replies.leads import choice
from bot.replies.questions import say_fact
from bot.replies.reply import Choice, Reply

DECLINE_REASONS = {
    DeclineReason.BUSY: "Đang bận",
    DeclineReason.ABSENT: "Vắng hôm nay",
    DeclineReason.NOT_MY_AREA: "Không phải địa bàn",
    DeclineReason.NOT_MY_FIELD: "Không đúng chuyên môn",
    DeclineReason.OTHER: "Lý do khác",
}

CLOSE_REASONS = {
    CloseReason.HELPED: "Đã hỗ trợ xong",
    CloseReason.NOT_ELIGIBLE: "Chưa đủ điều kiện",
    CloseReason.UNREACHABLE: "Không liên lạc được",
    CloseReason.NO_LONGER_WANTED: "Cơ sở không cần nữa",
    CloseReason.ELSEWHERE: "Thuộc nơi khác",
    CloseReason.SPAM: "Tin rác",
}

STEPS: Mapping[str, tuple[Event, str, str]] = {
    "lead_contacted": (Event.CONTACT, "Đã liên hệ", "đã ghi là đã liên hệ"),
    "lead_visit": (Event.VISIT, "Hẹn thăm", "đã ghi là hẹn thăm xưởng"),
    "lead_waiting": (Event.WAIT, "Chờ cơ sở bổ sung", "đã ghi là chờ cơ sở bổ sung; thời hạn tạm dừng"),
    "lead_prepare": (Event.PREPARE, "Làm hồ sơ", "đã ghi là đang làm hồ sơ"),
    "lead_submit": (Event.SUBMIT, "Đã nộp", "đã ghi là đã nộp hồ sơ"),
    "lead_approve": (Event.APPROVE, "Có quyết định: được", "đã ghi kết quả đồng ý"),
    "lead_reject": (Event.REJECT, "Có quyết định: không", "đã ghi kết quả chưa đồng ý"),
    "lead_undo": (Event.UNDO, "Bấm nhầm", "đã lùi lại một bước"),
}
"""By intent: what happened, the button's title, what is said afterwards."""


def ask_decline_reason(lead_id: int) -> Reply:
    """Why not, in one tap."""
    return Reply(
        "Anh/chị cho biết lý do, để chuyển đúng người:",
        tuple(choice(title, "lead_decline", lead_id, reason=reason.value) for reason, title in DECLINE_REASONS.items()),
    )


def ask_release_reason(lead_id: int) -> Reply:
    """Why it is given back, in one tap."""
    return Reply(
        "Vì sao anh/chị trả lại? Hồ sơ sẽ được chuyển cho người khác.",
        tuple(choice(title, "lead_release", lead_id, reason=reason.value) for reason, title in DECLINE_REASONS.items()),
    )


def ask_close_reason(lead_id: int) -> Reply:
    """How it ended, in one tap."""
    return Reply(
        "Kết thúc vì:",
        tuple(choice(title, "lead_close", lead_id, reason=reason.value) for reason, title in CLOSE_REASONS.items()),
    )


def taken(result: TapResult) -> Reply:
    """The answer to "Nhận"."""
    if result.tap is Tap.DONE and result.lead is not None:
        return Reply(f"Cảm ơn anh/chị đã nhận **{result.lead.number}**. Cơ sở đã được báo là anh/chị sẽ gọi.")
    if result.tap is Tap.ALREADY and result.lead is not None:
        return Reply(f"Anh/chị đã nhận **{result.lead.number}** rồi.", next_steps(result.lead))
    return _not_yours(result)


def declined(result: TapResult) -> Reply:
    """The answer to "Từ chối" with its reason."""
    if result.tap is Tap.DONE and result.lead is not None:
        to = "Trung tâm" if result.lead.state is State.ESCALATED else "người khác"
        return Reply(f"Đã chuyển **{result.lead.number}** cho {to}. Cảm ơn anh/chị đã báo sớm.")
    if result.tap is Tap.ALREADY and result.lead is not None:
        return Reply(f"Anh/chị đã từ chối **{result.lead.number}** rồi, hồ sơ đã chuyển đi.")
    if result.tap is Tap.YOURS and result.lead is not None:
        return Reply(
            f"Anh/chị đang phụ trách **{result.lead.number}**. Muốn trả lại thì bấm nút dưới.",
            (choice("Trả lại", "lead_release", result.lead.id),),
        )
    return _not_yours(result)


def released(result: TapResult) -> Reply:
    """The answer to "Trả lại" with its reason."""
    return declined(result)


def closed(result: TapResult) -> Reply:
    """The answer to "Kết thúc" with its reason."""
    if result.tap in (Tap.DONE, Tap.ALREADY) and result.lead is not None:
        return Reply(
            f"**{result.lead.number}** đã kết thúc. Cảm ơn anh/chị.",
            (choice("Bấm nhầm", "lead_undo", result.lead.id),),
        )
    return _not_yours(result)


def stepped(result: TapResult, intent: str) -> Reply:
    """The answer to one of `STEPS`, and what can come next."""
    if result.tap in (Tap.DONE, Tap.ALREADY) and result.lead is not None:
        return Reply(f"**{result.lead.number}**: {STEPS[intent][2]}.", next_steps(result.lead))
    return _not_yours(result)


def out_of_turn(lead: Lead) -> Reply:
    """A step that cannot follow on what was; says where the lead stands."""
    return Reply(f"Bước này chưa làm được với **{lead.number}** lúc này.", next_steps(lead))


def next_steps(lead: Lead) -> tuple[Choice, ...]:
    """The buttons for what may happen next to a lead of one's own, likeliest first."""
    allowed = TRANSITIONS[lead.state]
    steps = [
        choice(title, intent, lead.id)
        for intent, (event, title, _) in STEPS.items()
        if event in allowed and allowed[event] is not lead.state
    ]
    if Event.CLOSE in allowed:
        steps.append(choice("Kết thúc", "lead_close", lead.id))
    return tuple(steps)


def work(offered: tuple[Lead, ...], taken_leads: tuple[Lead, ...]) -> Reply:
    """Everything that waits for a collaborator, what is due first."""
    if not offered and not taken_leads:
        return Reply("Hiện không có việc nào chờ anh/chị.")
    lines = [f"Chờ trả lời: **{lead.number}** · {lead.place.name or 'chưa rõ nơi'}" for lead in offered]
    lines += [f"{_DOING[lead.state]}: **{lead.number}** · {lead.place.name or 'chưa rõ nơi'}" for lead in taken_leads]
    buttons = [choice(f"Nhận {lead.number}", "lead_take", lead.id) for lead in offered[:3]]
    buttons += [choice(f"Mở {lead.number}", "lead_open", lead.id) for lead in taken_leads[:3]]
    return Reply("\n".join(lines), tuple(buttons))


_DOING = {
    State.TAKEN: "Cần gọi",
    State.CONTACTED: "Đã liên hệ",
    State.WAITING: "Chờ cơ sở",
    State.VISIT: "Hẹn thăm",
    State.DOSSIER: "Làm hồ sơ",
    State.SUBMITTED: "Đã nộp",
}


def answers(lead: Lead | None) -> Reply:
    """The household's answers, for one who may read them; None says why not."""
    if lead is None:
        return Reply("Hồ sơ này không còn do anh/chị xem, hoặc cơ sở chưa đồng ý cho xem câu trả lời.")
    facts = read(lead.facts)
    said = dict.fromkeys(text for name in ("place", *FACTS) if name != "need" and (text := say_fact(name, facts)))
    needs = needs_text(lead.needs)
    lines = [f"**{lead.number}** · Cần: {needs}" if needs else f"**{lead.number}**"]
    lines += [f"{text[:1].upper()}{text[1:]}" for text in said]
    unknown = [name for name, value in facts.values.items() if value is None]
    if unknown:
        lines.append(f"Chưa rõ {len(unknown)} điều, cần hỏi lại cơ sở.")
    return Reply("\n".join(lines))


def _not_yours(result: TapResult) -> Reply:
    if result.tap is Tap.MOVED and result.lead is not None:
        at = "Trung tâm" if result.lead.state is State.ESCALATED else "người khác"
        return Reply(
            f"Hồ sơ **{result.lead.number}** đã chuyển cho {at}, anh/chị không phải làm gì thêm. Cảm ơn anh/chị."
        )
    if result.lead is not None:
        return Reply(f"Hồ sơ **{result.lead.number}** đã kết thúc, anh/chị không phải làm gì thêm.")
    return Reply("Hồ sơ này không còn nữa.")
