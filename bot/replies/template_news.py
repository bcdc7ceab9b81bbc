"""News about a case as the values of an approved template, in the few words that such a template has room for."""

from __future__ import annotations

from typing import Any

from bot.leads.news import LeadEnded, LeadHandedOn, LeadTaken, LeadWaiting
from bot.replies.lead_card import phone
from bot.replies.reply import News

NUMBER, STATUS, OWNER, OWNER_PHONE = "ma_ho_so", "trang_thai", "nguoi_phu_trach", "so_dien_thoai"
"""The names that the blanks of a template must have."""

_NO_PHONE = "sẽ báo sau"

_STATUS = {
    LeadTaken: "đã có người nhận",
    LeadWaiting: "chưa có người nhận, vẫn đang tìm",
    LeadHandedOn: "đang đổi người phụ trách",
    LeadEnded: "đã kết thúc",
}


def news_of(notice: Any) -> News | None:
    """*notice* for a template; None when it is no news that a household waits for."""
    if type(notice) not in _STATUS:
        return None
    values = {NUMBER: notice.number, STATUS: _STATUS[type(notice)]}
    if isinstance(notice, LeadTaken):
        # A template is refused when one of its blanks is left out.
        values |= {OWNER: notice.collaborator, OWNER_PHONE: phone(notice.phone) if notice.phone else _NO_PHONE}
    return News(notice.kind, values)
