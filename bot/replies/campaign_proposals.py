"""What a change of the law means for those who were screened: as a list for staff, and as drafts of campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.campaigns.suggest import Proposal
from bot.eligibility.assessment import Verdict
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.replies import money
from bot.replies.campaign_words import VERDICTS
from bot.replies.citation import format_citations

_NOW = {
    Verdict.ELIGIBLE: "xưởng ở {place} nay có thể thuộc nhóm được hỗ trợ",
    Verdict.NEEDS_OFFICER: "xưởng ở {place} nay có thể được cán bộ xem xét",
}
"""What good news comes to; `{place}` is a variable of the campaign."""


def render_proposals(proposals: Sequence[Proposal], since: date, programmes: Programmes, law: Law) -> str:
    """Who became eligible or lost it, by which article, and how to write to them."""
    if not proposals:
        return f"Từ {money.day(since)} tới nay không ai có kết quả khác, xét theo các câu đã trả lời."
    head = f"Xét lại các câu đã trả lời, hôm nay so với {money.day(since)}:"
    said = [head, *(_proposal(one, programmes, law) for one in proposals)]
    if any(one.better and one.agreed for one in proposals):
        said.append(
            "Một người có thể ở nhiều nhóm, mà mỗi tuần chỉ nhận một tin: chọn nhóm cần báo trước.\n"
            "Tiếp theo: viết sẵn đợt tin cho từng nhóm ▲: "
            f"khuyencong campaign suggest --since {since.isoformat()} --into dot-tin"
        )
    return "\n\n".join(said)


def _proposal(one: Proposal, programmes: Programmes, law: Law) -> str:
    programme = programmes[one.programme]
    changed = "; ".join(
        words.met if one.better else words.not_met for words in map(programme.words.__getitem__, one.criteria)
    )
    lines = [
        f"{'▲' if one.better else '▼'} {programme.short}: {VERDICTS[one.before]} → {VERDICTS[one.after]}",
        f"  {money.number(one.people)} người, {money.number(one.agreed)} người đồng ý nhận tin.",
        f"  Điều kiện đổi: {changed}.",
        f"  Căn cứ: {format_citations(one.citations, law)}.",
    ]
    if one.better and not one.agreed:
        lines.append("  Chưa ai trong số này đồng ý nhận tin, nên không gửi được.")
    return "\n".join(lines)


def proposal_key(one: Proposal) -> str:
    """What the campaign for a proposal is called, e.g. `doi-fair-domestic-2025-10`."""
    return f"doi-{one.programme.replace('_', '-')}-{one.since:%Y-%m}"


def proposal_file(one: Proposal, programmes: Programmes) -> str:
    """A campaign for those to whom a proposal is good news, as a file to read again and to send."""
    short = programmes[one.programme].short
    topic = f"{short[:1].lower()}{short[1:]}"
    return f"""# Viết sẵn vì quy định đổi từ sau ngày {one.since.isoformat()}: đọc lại lời nhắn, rồi chạy khuyencong campaign new.
key: {proposal_key(one)}
title: "{short}: quy định đổi, thuận hơn cho {one.agreed} người"
topic: {one.programme}
text: |
  {{name}} ơi, quy định về hỗ trợ {topic} vừa có thay đổi.
  Theo các câu anh/chị đã trả lời, {_NOW[one.after]}. Đây là kết quả sơ bộ, cán bộ sẽ xác nhận.
  Bấm nút đầu để xem lại cho chắc.
buttons: [check, conditions, later, stop_topic, stop]
segment:
  became_eligible: {{programme: {one.programme}, since: {one.since.isoformat()}}}
goal: {{what: screened, count: {one.agreed}}}
"""
