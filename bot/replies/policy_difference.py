"""What differs between two days, in sentences that a lawyer can read."""

from __future__ import annotations

from collections.abc import Mapping

from bot.eligibility.criterion import Outcome, Ruling
from bot.eligibility.facts import FACTS, Facts, FactValue
from bot.eligibility.provision import Wording
from bot.policy.cases import OutcomeChange
from bot.policy.content import Content
from bot.policy.difference import Difference, FigureChange, InstrumentChange, ProvisionChange, TopicChange
from bot.replies import money
from bot.replies.policy import render_topic
from bot.replies.policy_desk import STATUSES, listed, said_place, said_value
from bot.replies.questions import say_fact

OUTCOMES = {
    Outcome.MET: "đạt",
    Outcome.NOT_MET: "không đạt",
    Outcome.OFFICER: "cần cán bộ xem",
    Outcome.UNKNOWN: "cần hỏi thêm",
}
_NOT_HELD = "không có quy định trong kho"
_UNITS = {"xa": "xã", "phuong": "phường", "dac_khu": "đặc khu"}


def render_difference(difference: Difference, content: Content) -> str:
    """Every change between the two days under its heading; headings without a change are left out."""
    days = f"{money.day(difference.first)} và {money.day(difference.second)}"
    sections = [
        ("Văn bản", [_instrument(change) for change in difference.instruments]),
        ("Điều khoản", [_provision(change, content) for change in difference.provisions]),
        ("Con số", [_figure(change, content) for change in difference.figures]),
        ("Kết quả xét điều kiện", [_outcome(change) for change in difference.outcomes]),
        ("Câu trả lời", [_topic(change, difference, content) for change in difference.topics]),
    ]
    lines: list[str] = []
    for heading, said in sections:
        if said:
            lines += ["", f"{heading} ({money.number(len(said))}):", *said]
    if not lines:
        return f"Giữa {days} không có gì khác."
    return "\n".join([f"Khác nhau giữa {days}:", *lines])


def _instrument(change: InstrumentChange) -> str:
    held = change.instrument
    what = "có hiệu lực" if change.begins else "hết hiệu lực"
    replaced = f", thay bằng {held.replaced_by}" if held.replaced_by and not change.begins else ""
    day = held.in_force_from if change.begins else held.in_force_to
    name = held.name if held.is_press else f"{held.name} ({held.title})"
    return f"- {name}: {what} {money.day(day) if day else ''}{replaced}"


def _provision(change: ProvisionChange, content: Content) -> str:
    place = said_place(change.provision.document, change.provision.article, content.law)
    lines = [f"- {place} [{change.provision.id}]"]
    lines += [f"    trước: {_wording(change.before)}", f"    sau:   {_wording(change.after)}"]
    return "\n".join(lines)


def _wording(wording: Wording | None) -> str:
    if wording is None:
        return "không có hiệu lực"
    amended = f" (sửa bởi {wording.amended_by})" if wording.amended_by else ""
    return f"{wording.gist}{amended} · {STATUSES[wording.status]}"


def _figure(change: FigureChange, content: Content) -> str:
    parameter = change.parameter
    before, after = said_value(parameter, change.before), said_value(parameter, change.after)
    lines = [f"- {parameter.label} [{parameter.name}]: trước {before}; sau {after}"]
    if change.after is not None:
        provision = content.law.provisions[change.after.provision]
        lines.append(f"    theo {said_place(provision.document, provision.article, content.law)}")
    return "\n".join(lines)


def _outcome(change: OutcomeChange) -> str:
    words = change.programmes[0].words[change.criterion]
    kinds = listed([programme.short for programme in change.programmes], most=len(change.programmes))
    return "\n".join(
        [
            f"- {words.unknown.removeprefix('Chưa rõ ').capitalize()}: {_answers(change.answers)}",
            f"    trước: {_found(change.before)}; sau: {_found(change.after)}",
            f"    cho: {kinds}",
        ]
    )


def _found(ruling: Ruling | None) -> str:
    return OUTCOMES[ruling.outcome] if ruling else _NOT_HELD


def _answers(answers: Mapping[str, FactValue]) -> str:
    return " · ".join(_answer(name, value) for name, value in answers.items())


def _answer(name: str, value: FactValue) -> str:
    if name == "place.unit_type":
        return f"xưởng ở {_UNITS[str(value)]}"
    said = say_fact(name, Facts({name: value})) if name in FACTS else ""
    return said or (str(value) if isinstance(value, str) else f"{name}: {'có' if value else 'không'}")


def _topic(change: TopicChange, difference: Difference, content: Content) -> str:
    head = f"- {change.topic.title} [{change.topic.id}]"
    if not change.other_words:
        return f"{head}: cùng lời; {listed(change.rests_on)} đã khác"
    if change.before is None or change.after is None:
        return f"{head}: {'bắt đầu có câu trả lời' if change.after else 'không còn câu trả lời'}"
    before = _lines(change, difference, content, first=True)
    after = _lines(change, difference, content, first=False)
    gone = [f"    − {line}" for line in before if line not in after]
    new = [f"    + {line}" for line in after if line not in before]
    return "\n".join([head, *gone, *new])


def _lines(change: TopicChange, difference: Difference, content: Content, *, first: bool) -> list[str]:
    day = difference.first if first else difference.second
    text = render_topic(change.topic, day, content.law).text.replace("**", "")
    return [line.strip() for line in text.splitlines() if line.strip()]
