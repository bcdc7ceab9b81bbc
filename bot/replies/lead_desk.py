"""What a collaborator is told after a button, and the buttons that come next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.eligibility.facts import FACTS
from bot.leads import Collaborator
from bot.leads.lead import CloseReason, DeclineReason, Lead, Tap, TapResult
from bot.leads.life import TRANSITIONS, WORKING, Event, State
from bot.leads.notices import LeadCard
from bot.replies.lead_card import TALK, card_lines, choice, needs_text, open_choice, read, weekday
from bot.replies.lead_lists import doing
from bot.replies.money import day
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
    "lead_prepare": (Event.PREPARE, "Làm bộ giấy tờ", "đã ghi là đang làm bộ giấy tờ"),
    "lead_submit": (Event.SUBMIT, "Đã nộp", "đã ghi là đã nộp cho cơ quan"),
    "lead_approve": (Event.APPROVE, "Cơ quan đồng ý", "đã ghi là cơ quan đồng ý"),
    "lead_reject": (Event.REJECT, "Cơ quan chưa đồng ý", "đã ghi là cơ quan chưa đồng ý"),
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
        return Reply(
            f"Cảm ơn anh/chị đã nhận **{result.lead.number}**. Cơ sở đã được báo là anh/chị sẽ gọi.",
            (open_choice(result.lead.number, result.lead.id),),
        )
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
    events = [(intent, event, title) for intent, (event, title, _) in STEPS.items()]
    if lead.state is not State.TAKEN:
        # Once it was called, calling again is no longer what comes next.
        events.sort(key=lambda step: step[1] is Event.CONTACT)
    steps = [
        choice(title, intent, lead.id)
        for intent, event, title in events
        if event in allowed and allowed[event] is not lead.state
    ]
    if Event.CLOSE in allowed:
        steps.append(choice("Kết thúc", "lead_close", lead.id))
    if lead.state in WORKING:
        steps.append(choice("Giao đồng nghiệp", "lead_hand_over", lead.id))
    return tuple(steps)


def opened(card: LeadCard, lead: Lead, notes: tuple[str, ...]) -> Reply:
    """A lead of one's own: the card, the day of the visit, the last notes, and what can come next."""
    lines = card_lines(card, doing(lead.state))
    if lead.visit_on is not None:
        lines.append(f"Ngày hẹn: {day(lead.visit_on)}.")
    lines += [f"Ghi chú: {note}" for note in notes]
    more = [choice(TALK, "relay_open", lead.id)] if lead.is_open else []
    if card.transcript_ok:
        more += [
            choice("Xem câu trả lời", "lead_answers", lead.id),
            choice("Xem trò chuyện", "relay_transcript", lead.id),
        ]
    return Reply("\n".join(lines), (*next_steps(lead), *more))


def with_somebody(card: LeadCard, lead: Lead) -> Reply:
    """A lead under way that somebody else has, for the Centre: the card, who has it, and what the Centre may do."""
    has_it = f"Đang do {lead.owner_name} phụ trách." if lead.owner_name else "Đang chờ cộng tác viên trả lời."
    return Reply(
        "\n".join([*card_lines(card, doing(lead.state)), has_it]),
        (choice("Giao người khác", "lead_hand_over", lead.id), choice(TALK, "relay_open", lead.id)),
    )


def ask_visit_day(lead_id: int, days: tuple[date, ...]) -> Reply:
    """On which day; one tap."""
    return Reply(
        "Hẹn thăm xưởng ngày nào? Ngày khác thì nhắn, ví dụ: hẹn KC-0001 ngày 15/12.",
        (
            *(choice(weekday(each), "lead_visit", lead_id, day=each.isoformat()) for each in days),
            choice("Chưa định ngày", "lead_visit", lead_id, day=None),
        ),
    )


def visit_noted(result: TapResult) -> Reply:
    """The visit is on record, with its day."""
    lead = result.lead
    if result.tap in (Tap.DONE, Tap.ALREADY) and lead is not None and lead.visit_on is not None:
        said = f"**{lead.number}**: đã ghi hẹn thăm xưởng ngày {day(lead.visit_on)}; cơ sở đã được báo."
        return Reply(said, next_steps(lead))
    return stepped(result, "lead_visit")


def ask_colleague(lead_id: int, colleagues: tuple[Collaborator, ...], *, recall: bool = False) -> Reply:
    """To whom, in one tap; the Centre may take it back itself."""
    choices = [choice(one.name, "lead_hand_over", lead_id, to=one.id) for one in colleagues]
    if recall:
        choices.append(choice("Về Trung tâm", "lead_recall", lead_id))
    if not choices:
        return Reply("Hiện chưa có đồng nghiệp nào khác để giao.")
    return Reply("Giao cho ai?", tuple(choices))


def handed_over(result: TapResult, to: Collaborator) -> Reply:
    """It is with the colleague."""
    if result.tap is Tap.DONE and result.lead is not None:
        return Reply(f"Đã gửi **{result.lead.number}** cho **{to.name}**. Cảm ơn anh/chị.")
    return _not_yours(result)


def recalled(result: TapResult) -> Reply:
    """It is on the Centre's table again."""
    if result.tap is Tap.DONE and result.lead is not None:
        return Reply(f"**{result.lead.number}** đã về Trung tâm.", (choice("Nhận", "lead_take", result.lead.id),))
    return _not_yours(result)


def noted(result: TapResult) -> Reply:
    """A note is kept."""
    if result.tap is Tap.DONE and result.lead is not None:
        return Reply(f"Đã ghi chú vào **{result.lead.number}**.", next_steps(result.lead))
    return _not_yours(result)


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
