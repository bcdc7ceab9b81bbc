"""Which answer a correction is about, when its value alone does not say so."""

from __future__ import annotations

import re

from bot.language import fold, nfc, normalise
from bot.screening.draft import Draft

# The closer words come first: "tổng vốn" before "vốn", "giấy đăng ký" before "đăng ký".
_NAMED: tuple[tuple[str, str], ...] = (
    ("place.in_recognised_craft_village", r"lang nghe"),
    ("place.in_industrial_park", r"(?:trong|ngoai|thuoc|o) (?:khu cong nghiep|kcn)"),
    ("place.two_sites", r"(?:hai|2) (?:noi|xuong|cho)"),
    ("typical.prior_certificate", r"chung nhan"),
    ("typical.copied", r"theo mau|sao chep|mau (?:cua )?nguoi (?:khac|ta)"),
    ("typical.is_set", r"(?:mot|1|nguyen|ca) bo|bo san pham|mot san pham"),
    ("typical.series", r"hang loat"),
    ("typical.self_made", r"chinh (?:co so|toi|minh|em|xuong).* lam|khong tu lam"),
    ("demonstration.willing_to_show", r"tham quan|den (?:xem|coi|hoc)|cho (?:xem|coi)"),
    ("demonstration.new_in_area", r"trong vung|quanh day|o day (?:da|chua)"),
    ("demonstration.cost", r"chi phi|mo hinh.* (?:trieu|ty|tr)"),
    ("cleaner_production_aim", r"san xuat sach|giam (?:dien|nuoc|nguyen lieu|chat thai)"),
    ("exports", r"(?:co|khong|ko|hong)(?: co)?(?: hang| lam hang)? xuat khau"),
    ("own_capital_ready", r"du von|du tien|lo (?:du|duoc)|vay|tu lo"),
    ("total_capital", r"von dieu le|tong von|nguon von|von"),
    ("annual_revenue", r"doanh thu|doanh so|ban duoc|thu nhap"),
    ("prior_support_same_item", r"(?:da|chua|tung|duoc) (?:duoc |tung )?(?:nhan )?ho tro"),
    ("machine.line", r"day chuyen|(?:mot|1) may|may le"),
    ("machine.bought", r"(?:da|chua) mua|mua (?:may )?roi|dat coc"),
    ("machine.condition", r"may (?:moi|cu|bai)|lo (?:moi|cu)|da qua su dung|second|tan trang"),
    ("machine.price", r"gia (?:may|lo|no)|gia|(?:may|lo).* ?(?:trieu|ty|tr|cu)"),
    ("registered", r"giay (?:dang ky|phep|to)|(?:co|chua) giay|(?:da|moi) dang ky(?: roi| xong)?"),
    ("legal_form", r"ho kinh doanh|ho kd|cong ty|doanh nghiep|hop tac xa|to hop tac|loai hinh|hinh thuc|dang ky"),
    ("activity", r"mua ban|ban lai|gia cong|dich vu|tu san xuat|trong trot|chan nuoi"),
    ("need", r"nhu cau|muon|can|hoi cho|nhan hieu|dao tao|tu van"),
    ("employees", r"lao dong|tho|nguoi lam|cong nhan|nhan cong|nhan vien|so nguoi|nguoi"),
    ("trade_group", r"nganh|san pham|lam ra|san xuat|nghe"),
    ("place", r"dia chi|xuong.* o|o (?:xa|phuong|thi tran)|cho dat xuong|dia diem|xa|phuong|huyen|noi dat"),
)
_BEFORE = re.compile(
    r"^(?:(?:a|ui|ua|da|uh|oi|xin loi|toi|em|minh) )*(?:quen|lon|nham|noi lon|noi nham|bam nham)(?: roi| mat)?[ ,.:]+"
)
"""What comes before a correction: "à quên" forgets nothing."""
_INTO = re.compile(r"^.*?\b(?:thanh|lai la|lai thanh|lai|la)\b")


def facts_meant(text: str, draft: Draft) -> list[str]:
    """The facts that *text* names, those already told and those most closely named first."""
    folded = fold(normalise(text))
    named = [name for name, pattern in _NAMED if re.search(rf"\b(?:{pattern})\b", folded)]
    return sorted(named, key=lambda name: not draft.knows(name))


def new_value(text: str) -> str:
    """What stands after "sửa … thành": the answer alone; the whole text when it is not said so."""
    typed = nfc(text).strip()
    before = _BEFORE.match(fold(typed))
    typed = typed[before.end() :] if before and len(fold(typed)) == len(typed) else typed
    found = _INTO.match(fold(typed))
    return typed[found.end() :].strip() or typed if found and len(fold(typed)) == len(typed) else typed
