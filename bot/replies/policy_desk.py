"""For those who keep the policy: what was found, what changed, what is not certain, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.eligibility.citation import Citation, Status
from bot.eligibility.parameter import DatedValue, Parameter
from bot.policy.check import Summary
from bot.policy.stale import Stale
from bot.programmes.loader import Law
from bot.replies import money
from bot.replies.citation import format_citation
from bot.replies.reply import Reply

STATUSES = {
    Status.VERIFIED: "đã kiểm",
    Status.SECONDHAND: "cần cán bộ xác nhận",
    Status.UNVERIFIED: "chưa có nguồn, không nói ra",
}


def render_summary(summary: Summary) -> str:
    """Say in three lines that all is sound, and how much is held."""
    figures = ", ".join(f"{money.number(summary.figures.get(status, 0))} {said}" for status, said in STATUSES.items())
    return (
        "Nội dung chính sách: không có lỗi.\n"
        f"{money.number(summary.instruments)} văn bản và nguồn, {money.number(summary.provisions)} điều khoản, "
        f"{money.number(summary.topics)} chủ đề, {money.number(summary.programmes)} nội dung hỗ trợ.\n"
        f"Con số đang áp dụng: {figures}."
    )


def render_problems(problems: Sequence[str]) -> str:
    """One line for each problem, then how many there are."""
    return "\n".join([*problems, f"{money.number(len(problems))} lỗi."])


def render_shown(reply: Reply) -> str:
    """A reply as a person sees it in a chat, its buttons below."""
    return "\n".join([reply.text, *(f"[{choice.title}]" for choice in reply.choices)])


def render_unknown_topic(name: str, near: Sequence[tuple[str, str]]) -> str:
    """Say that there is no topic *name*, and which ones (id and title) it may have meant."""
    if not near:
        return f"Không có chủ đề {name!r}."
    return "\n".join([f"Không có chủ đề {name!r}. Có phải:", *(f"  {topic}  {title}" for topic, title in near)])


def render_stale(stale: Stale, today: date, days: int) -> str:
    """List what to look at again, or say that there is nothing."""
    if not stale.figures and not stale.topics:
        return f"Không có con số nào quá {money.number(days)} ngày chưa kiểm lại, không có chủ đề nào hết hạn."
    lines = [
        f"{figure.name}: {figure.label}; kiểm lần cuối {money.day(figure.last_checked)}, "
        f"{money.number((today - figure.last_checked).days)} ngày trước"
        for figure in stale.figures
    ]
    ended = ((topic, topic.versions[-1].end) for topic in stale.topics)
    lines += [f"{topic.id}: {topic.title}; hết hạn {money.day(end)}" for topic, end in ended if end]
    return "\n".join(lines)


def said_value(parameter: Parameter, dated: DatedValue | None) -> str:
    """A value with its status when that is a doubt; what is not verified is shown to staff, never to users."""
    if dated is None:
        return "không có"
    if dated.value is None:
        return "chưa có con số"
    said = money.figure(dated.value, parameter.unit)
    return said if dated.status is Status.VERIFIED else f"{said} ({STATUSES[dated.status]})"


def said_place(document: str, article: str, law: Law) -> str:
    """A place in the law without its doubts: `khoản 4 Điều 8 Thông tư 28/2018/TT-BTC`."""
    return format_citation(Citation(document, article, date.min, Status.VERIFIED), law)


def listed(names: Iterator[str] | Sequence[str], most: int = 6) -> str:
    """Names in one line, cut after *most*."""
    every = list(names)
    rest = len(every) - most
    return ", ".join(every[:most]) + (f" và {money.number(rest)} mục khác" if rest > 0 else "")
