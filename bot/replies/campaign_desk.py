"""What staff read about campaigns: reasons, states, previews and proposals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.campaigns.book import Kept
from bot.campaigns.campaign import Campaign
from bot.campaigns.life import State
from bot.campaigns.message import message_for
from bot.campaigns.preview import Preview, Sample
from bot.clock import VIETNAM
from bot.programmes.catalogue import Programmes
from bot.replies import money
from bot.replies.campaign import poster_text, render
from bot.replies.campaign_words import NOT_TOLD, STATES, because_text, channel_name, trade_name


def render_list(all_kept: Sequence[Kept]) -> str:
    """One line a campaign."""
    return "\n".join(f"{one.campaign.key}  {STATES[one.state]}  {one.campaign.title}" for one in all_kept) or (
        "Chưa có đợt tin nào. Xem mẫu: khuyencong campaign samples"
    )


def render_kept(kept: Kept) -> str:
    """Where a campaign stands."""
    since = money.day(kept.state_since.astimezone(VIETNAM).date())
    start = kept.start_at.astimezone(VIETNAM) if kept.start_at and kept.state is State.SCHEDULED else None
    begins = f"; bắt đầu từ {start:%H:%M} ngày {money.day(start.date())}" if start else ""
    return f"{kept.campaign.key}: {STATES[kept.state]} (từ {since}){begins}"


def render_next(kept: Kept, *, previewed: bool = False) -> str:
    """The step that comes next, as a command to type."""
    key, blanks = kept.campaign.key, kept.campaign.blanks
    if kept.state is State.DRAFT and blanks:
        return f"Tiếp theo: {_to_fill_in(blanks)}, rồi chạy lại: khuyencong campaign new TỆP"
    if kept.state is State.DRAFT and previewed:
        return (
            f'Tiếp theo: gửi thử cho mình: khuyencong campaign test {key} --to "tên anh/chị"\n'
            f"Ưng rồi thì cho gửi: khuyencong campaign schedule {key}"
        )
    steps = {
        State.DRAFT: f"xem ai sẽ nhận: khuyencong campaign preview {key}",
        State.SCHEDULED: f"dịch vụ đang chạy sẽ tự gửi. Xem kết quả: khuyencong campaign report {key}",
        State.RUNNING: f"xem kết quả: khuyencong campaign report {key}; tạm dừng: khuyencong campaign pause {key}",
        State.PAUSED: f"gửi tiếp: khuyencong campaign resume {key}; hủy hẳn: khuyencong campaign cancel {key}",
        State.FINISHED: f"xem kết quả: khuyencong campaign report {key}",
        State.CANCELLED: "đợt này không gửi lại được; muốn gửi thì đổi mã (key) trong tệp thành mã mới",
    }
    return f"Tiếp theo: {steps[kept.state]}"


def _to_fill_in(blanks: Sequence[str]) -> str:
    return f"điền {', '.join(blanks)} ở mục values của tệp"


def render_tried(key: str, name: str) -> str:
    """A trial is on its way to one of the staff."""
    return (
        f"Đã xếp hàng gửi thử cho {name}; dịch vụ đang chạy sẽ gửi ngay.\n"
        f"Tiếp theo: ưng rồi thì cho gửi: khuyencong campaign schedule {key}"
    )


def render_message(campaign: Campaign, day: date) -> str:
    """What a person reads, with the buttons and the file."""
    shown = render(message_for(campaign, day))
    buttons = " ".join(f"[{choice.title}]" for choice in shown.choices)
    file = [f"(kèm tệp {shown.document.filename})"] if shown.document else []
    return "\n".join([shown.text.replace("**", ""), *file, buttons])


def render_checked(campaign: Campaign, day: date) -> str:
    """A file without faults: what is still to be filled in, the message, the poster."""
    headline, lines = poster_text(campaign, day)
    said = (
        f"còn {len(campaign.blanks)} chỗ phải {_to_fill_in(campaign.blanks)}" if campaign.blanks else "dùng được ngay"
    )
    return "\n".join(
        [
            f"{campaign.key}: tệp không có lỗi, {said}.",
            "",
            "Người nhận đọc thấy:",
            render_message(campaign, day),
            "",
            "Trên áp phích:",
            headline,
            *lines,
        ]
    )


def render_preview(preview: Preview, programmes: Programmes) -> str:
    """How many, on which channels, at what cost, and ten of them with the reasons."""
    channels = ", ".join(f"{channel_name(name)} {money.number(count)}" for name, count in preview.by_channel.items())
    cost = "chưa rõ giá của một kênh, hỏi kênh trước khi gửi" if preview.cost_vnd is None else _cost(preview.cost_vnd)
    lines = [
        f"{money.number(preview.count)} người, trong {money.number(preview.agreed)} người đồng ý nhận tin.",
        f"Nhắn được {money.number(preview.reachable)} người{f': {channels}' if channels else ''}.",
        f"Chi phí: {cost}. Thời gian gửi: {_duration(preview.seconds)}.",
    ]
    if preview.closed:
        lines.append(
            f"{money.number(preview.closed)} người trong đó nhắn lần cuối đã lâu, kênh của họ không cho gửi nữa: "
            "họ sẽ không nhận được, trừ khi nhắn lại trước lúc gửi."
        )
    lines += [
        f"{channel_name(name)} chỉ nhận một số tin mỗi tháng: {money.number(count)} tin phải chờ sang tháng sau."
        for name, count in preview.beyond_quota.items()
    ]
    if not preview.agreed:
        lines.append("Chưa ai đồng ý nhận tin: treo áp phích (khuyencong campaign poster) để mời người ta quét mã.")
    elif not preview.count:
        lines.append("Không ai hợp với nhóm nhận tin: xem lại mục segment trong tệp.")
    if preview.samples:
        lines += ["", "Vài người trong đó, và vì sao:", *(_sample(one, programmes) for one in preview.samples)]
    return "\n".join(lines)


def _cost(vnd: int) -> str:
    return f"khoảng {money.money(vnd)}" if vnd else "không mất tiền"


def _duration(seconds: float) -> str:
    minutes = timedelta(seconds=seconds) / timedelta(minutes=1)
    return "dưới một phút" if minutes < 1 else f"khoảng {money.number(round(minutes))} phút"


def _sample(one: Sample, programmes: Programmes) -> str:
    why = "; ".join(because_text(reason, programmes) for reason in one.because) or "ai đồng ý nhận tin cũng được gửi"
    where = channel_name(one.channel) if one.channel else "không nhắn được"
    return f"• {one.place or NOT_TOLD}, {trade_name(one.trade)}, {where}: {why}"
