"""A campaign's report in words and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.campaigns.calls import ToCall
from bot.campaigns.report import Funnel, Report
from bot.replies import money
from bot.replies.campaign_words import NOT_TOLD, STATES, reason_text, trade_name
from bot.replies.lead_card import phone
from bot.replies.sheet import Sheet

STEPS: tuple[tuple[str, str], ...] = (
    ("recipients", "Trong danh sách"),
    ("sent", "Kênh đã nhận gửi"),
    ("failed", "Không gửi được"),
    ("skipped", "Không gửi (quy tắc, ý muốn)"),
    ("uncertain", "Không rõ đã tới chưa"),
    ("pending", "Còn chờ gửi"),
    ("came_by_link", "Đến từ mã QR, đường dẫn"),
    ("answered", "Có trả lời"),
    ("opted_out", "Thôi nhận tin"),
    ("screened", "Làm xong sơ tuyển"),
    ("eligible", "Có thể đủ điều kiện"),
    ("leads", "Gửi hồ sơ"),
    ("taken", "Cộng tác viên đã nhận"),
    ("decided", "Đã có quyết định"),
)
"""The columns of a report, by the names of `Funnel`'s fields."""
_LABELS = tuple(label for _, label in STEPS)
_ON_THE_WAY = frozenset(
    {"recipients", "sent", "came_by_link", "answered", "screened", "eligible", "leads", "taken", "decided"}
)


def funnel_rows(report: Report) -> list[tuple[str, int]]:
    """The steps of the whole campaign in words; those that came to nothing too."""
    return [(label, getattr(report.total, name)) for name, label in STEPS]


def way_rows(report: Report) -> list[tuple[str, int]]:
    """The steps from the list to the decision, for a chart."""
    return [(label, getattr(report.total, name)) for name, label in STEPS if name in _ON_THE_WAY]


def report_sheets(report: Report) -> list[Sheet]:
    """The report as tables: the whole with the reasons, then each way of counting."""
    reasons = tuple((reason_text(reason), count) for reason, count in report.failures.items())
    whole = Sheet("Tổng hợp", (report.kept.campaign.title, "Số người"), (*funnel_rows(report), *reasons))
    return [whole, *(Sheet(title, ("Nhóm", *_LABELS), _counts(groups)) for title, groups in _groups(report))]


def whole_sheet(report: Report) -> Sheet:
    """Everything in one table: the campaign, then each group under its way of counting."""
    groups = [("Tất cả", {report.kept.campaign.key: report.total}), *_groups(report)]
    rows = tuple((title, *row) for title, counted in groups for row in _counts(counted))
    return Sheet("Tổng hợp", ("Theo", "Nhóm", *_LABELS), rows)


def calls_sheet(calls: Iterable[ToCall]) -> Sheet:
    """Whom to call because no message reached them."""
    rows = tuple(
        (
            one.name or NOT_TOLD,
            phone(one.phone),
            one.place or NOT_TOLD,
            trade_name(one.trade),
            reason_text(one.reason or ""),
        )
        for one in calls
    )
    return Sheet("Gọi điện", ("Tên", "Điện thoại", "Nơi đặt xưởng", "Ngành", "Vì sao chưa nhắn được"), rows)


def _groups(report: Report) -> list[tuple[str, Mapping[str, Funnel]]]:
    return [
        ("Nơi đặt xưởng", {name or NOT_TOLD: one for name, one in report.by_place.items()}),
        ("Ngành", {trade_name(name): one for name, one in report.by_trade.items()}),
        ("Nơi treo áp phích", {name or "không ghi nơi": one for name, one in report.by_poster.items()}),
    ]


def _counts(groups: Mapping[str, Funnel]) -> tuple[tuple[str | int, ...], ...]:
    return tuple((name, *(getattr(one, step) for step, _ in STEPS)) for name, one in groups.items())


def render_report(report: Report) -> str:
    """The report as text."""
    kept = report.kept
    lines = [f"{kept.campaign.title} ({kept.campaign.key}): {STATES[kept.state]}", ""]
    lines += [f"{label}: {money.number(count)}" for label, count in funnel_rows(report)]
    arrived = f"{money.number(report.delivered)} trong {money.number(report.told_of)} tin mà kênh cho biết"
    arrived = arrived if report.told_of else "kênh không cho biết"
    lines.insert(4, f"Đã tới máy: {arrived}")
    if kept.campaign.goal is not None:
        reached = getattr(report.total, kept.campaign.goal.what)
        lines.append(f"Mục tiêu: {money.number(reached)}/{money.number(kept.campaign.goal.count)}")
    if report.failures:
        lines += ["", "Vì sao không gửi, không tới:"]
        lines += [f"• {reason_text(reason)}: {money.number(count)}" for reason, count in report.failures.items()]
    for title, groups in _groups(report):
        lines += _group(title, groups)
    return "\n".join(lines)


def _group(heading: str, groups: Mapping[str, Funnel]) -> list[str]:
    shown = ("sent", "came_by_link", "answered", "screened", "leads", "decided")
    labels = dict(STEPS)
    lines = [
        f"• {name}: "
        + ", ".join(
            f"{labels[step][:1].lower()}{labels[step][1:]} {getattr(one, step)}" for step in shown if getattr(one, step)
        )
        for name, one in groups.items()
        if any(getattr(one, step) for step in shown)
    ]
    return ["", f"{heading}:", *lines] if lines else []
