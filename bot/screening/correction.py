"""Which answer a correction is about, when its value alone does not say so."""

from __future__ import annotations

import re

from bot.language import fold, normalise
from bot.screening.draft import Draft

_NAMED: tuple[tuple[str, str], ...] = (
    ("employees", r"lao dong|tho|nguoi lam|cong nhan|nhan cong|nhan vien|so nguoi|nguoi"),
    ("machine.price", r"gia may|gia|may .*(?:trieu|ty|tr)|trieu|ty"),
    ("annual_revenue", r"doanh thu|ban duoc|thu nhap"),
    ("total_capital", r"von dieu le|tong von|nguon von|von"),
    ("place", r"dia chi|o (?:xa|phuong)|xuong o|cho dat xuong|dia diem|xa|phuong|huyen"),
    ("legal_form", r"ho kinh doanh|cong ty|doanh nghiep|hop tac xa|loai hinh|giay phep"),
    ("registered", r"da dang ky|dang ky roi|chua dang ky|giay dang ky"),
    ("machine.condition", r"may (?:moi|cu)|da qua su dung|second"),
    ("machine.bought", r"(?:da|chua) mua|dat coc"),
    ("machine.line", r"day chuyen|mot may"),
    ("prior_support_same_item", r"(?:da|chua) (?:duoc )?(?:nhan )?ho tro"),
    ("own_capital_ready", r"du von|vay"),
    ("trade_group", r"nganh|san pham|lam ra|san xuat"),
    ("need", r"muon|can|nhu cau"),
)


def fact_meant(text: str, draft: Draft) -> str | None:
    """The fact that *text* names among those already told; None when it names none or leaves a doubt."""
    folded = fold(normalise(text))
    named = [name for name, pattern in _NAMED if re.search(rf"\b(?:{pattern})\b", folded) and draft.knows(name)]
    return named[0] if named else None
