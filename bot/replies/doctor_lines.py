"""For staff who look after an installation: what `khuyencong doctor` found, a line each, with the next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Mark(StrEnum):
    """How much a line matters."""

    GOOD = "✅"
    LOOK = "❓"
    """Works, but somebody should look."""
    WRONG = "❌"
    """Something must be done."""
    ABSENT = "–"
    """Not set up, and need not be."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that was looked at: which of the lines below, and what fills its blanks. No secret is among them."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Words:
    mark: Mark
    about: str
    said: str
    step: str = ""


_G, _L, _W, _A = Mark.GOOD, Mark.LOOK, Mark.WRONG, Mark.ABSENT
_CONSENT = "làm lại bước 2 trong docs/how-to/connect-zalo.md rồi khởi động lại dịch vụ"
_WORDS = {
    "settings_good": _Words(_G, "Thiết lập", "đọc được ({count} mục)"),
    "settings_wrong": _Words(_W, "Thiết lập", "{why}", "sửa mục này rồi chạy lại khuyencong doctor"),
    "settings_open": _Words(_L, "Thiết lập", "người khác trên máy đọc được tệp có token", "chmod 600 {path}"),
    "home_absent": _Words(_W, "Thư mục", "chưa có {path}", "khởi động dịch vụ lần đầu: khuyencong serve"),
    "home_closed": _Words(_W, "Thư mục", "không ghi được vào {path}", "cho tài khoản chạy dịch vụ quyền ghi"),
    "database_good": _Words(_G, "Cơ sở dữ liệu", "đọc được, nguyên vẹn ({size})"),
    "database_absent": _Words(_L, "Cơ sở dữ liệu", "chưa có", "khởi động dịch vụ lần đầu: khuyencong serve"),
    "database_damaged": _Words(
        _W, "Cơ sở dữ liệu", "tệp hỏng ({why})", "dừng dịch vụ, rồi khuyencong restore với bản sao mới nhất"
    ),
    "database_other": _Words(_W, "Cơ sở dữ liệu", "không đọc được ({why})", "xem tệp và quyền đọc của tệp {path}"),
    "disk_good": _Words(_G, "Đĩa", "còn trống {free}"),
    "disk_low": _Words(_L, "Đĩa", "chỉ còn trống {free}", "dọn bớt, hoặc dời bản sao cũ sang máy khác"),
    "disk_full": _Words(_W, "Đĩa", "sắp đầy, còn {free}", "dọn ngay: hết chỗ thì tin của người dân không ghi lại được"),
    "zone_wrong": _Words(_W, "Giờ Việt Nam", "dữ liệu múi giờ của máy sai", "cài lại gói tzdata"),
    "clock_good": _Words(_G, "Đồng hồ", "đúng giờ (lệch {seconds} giây so với {host})"),
    "clock_wrong": _Words(_W, "Đồng hồ", "lệch {seconds} giây so với {host}", "bật đồng bộ: timedatectl set-ntp true"),
    "clock_alone": _Words(_A, "Đồng hồ", "múi giờ đúng; không có nơi nào trả lời để so giờ"),
    "model_good": _Words(_G, "Mô hình", "{name}, khớp với dữ liệu"),
    "model_absent": _Words(_W, "Mô hình", "chưa có cho dữ liệu hiện tại", "khuyencong train"),
    "model_other": _Words(_L, "Mô hình", "{name} không phải của dữ liệu hiện tại", "bỏ KHUYENCONG_MODEL, hoặc chạy khuyencong train"),
    "model_instead": _Words(_L, "Mô hình", "đang dùng {name} vì bản mới hiểu kém hơn", "khuyencong train --guard"),
    "staff_good": _Words(_G, "Trang cộng tác viên", "có mã, mở được từ máy khác"),
    "staff_short": _Words(_W, "Trang cộng tác viên", "mã quá ngắn", "đặt KHUYENCONG_STAFF_TOKEN từ {least} ký tự ngẫu nhiên"),
    "staff_local": _Words(
        _A, "Trang cộng tác viên", "chỉ mở trên máy chủ; muốn mở từ máy khác thì đặt KHUYENCONG_STAFF_TOKEN"
    ),
    "backup_good": _Words(_G, "Bản sao lưu", "mới nhất cách đây {age} ({name})"),
    "backup_old": _Words(_W, "Bản sao lưu", "mới nhất đã {age} ({name})", "khuyencong backup {folder}/…, rồi xem lịch sao lưu"),
    "backup_absent": _Words(_L, "Bản sao lưu", "không thấy bản nào trong {folder}", "khuyencong backup {folder}/…"),
    "telegram_absent": _Words(_A, "Telegram", "chưa cài (KHUYENCONG_TELEGRAM_TOKEN)"),
    "telegram_refused": _Words(_W, "Telegram", "không nhận token", "hỏi @BotFather /token, chép lại KHUYENCONG_TELEGRAM_TOKEN"),
    "telegram_silent": _Words(_W, "Telegram", "không nối được tới {host}", "xem mạng và tường lửa của máy chủ"),
    "telegram_good": _Words(_G, "Telegram", "token đúng, bot là @{name}"),
    "telegram_name": _Words(
        _W, "Telegram", "KHUYENCONG_TELEGRAM_NAME là {given}, bot lại là @{name}", "sửa tên: liên kết và áp phích đang dẫn sai"
    ),
    "telegram_polls": _Words(_G, "Telegram nhận tin", "bằng cách hỏi (polling)"),
    "telegram_hooked": _Words(_G, "Telegram nhận tin", "bằng webhook, đang chờ {waiting} tin"),
    "zalo_bot_absent": _Words(_A, "Zalo Bot", "chưa cài (KHUYENCONG_ZALO_BOT_TOKEN)"),
    "zalo_bot_refused": _Words(_W, "Zalo Bot", "không nhận token", "lấy lại token; nếu token đúng thì đổi KHUYENCONG_ZALO_BOT_BASE_URL"),
    "zalo_bot_silent": _Words(_W, "Zalo Bot", "không nối được tới {host}", "xem mạng; có thể máy chủ kia của Zalo mới đúng"),
    "zalo_bot_good": _Words(_G, "Zalo Bot", "token đúng, bot là {name}"),
    "zalo_bot_polls": _Words(_G, "Zalo Bot nhận tin", "bằng cách hỏi (polling)"),
    "zalo_bot_hooked": _Words(_G, "Zalo Bot nhận tin", "bằng webhook"),
    "hook_foreign": _Words(_L, "{channel} nhận tin", "nơi khác đang nhận ({url})", "khởi động lại dịch vụ để nhận về"),
    "hook_lost": _Words(_W, "{channel} nhận tin", "webhook không phải địa chỉ đã đặt", "khởi động lại dịch vụ"),
    "hook_trouble": _Words(_W, "{channel} nhận tin", "webhook lỗi: {why}", "mở thử {url} từ ngoài; xem chứng thư https"),
    "zalo_oa_absent": _Words(_A, "Zalo OA", "chưa cài (KHUYENCONG_ZALO_OA_APP_ID)"),
    "zalo_oa_fresh": _Words(_L, "Zalo OA", "chưa đổi token lần nào", "khởi động dịch vụ: khuyencong serve"),
    "zalo_oa_refused": _Words(_W, "Zalo OA", "Zalo không nhận refresh token", _CONSENT),
    "zalo_oa_application": _Words(
        _W, "Zalo OA", "Zalo không nhận App ID hoặc App Secret",
        "sửa KHUYENCONG_ZALO_OA_APP_ID, KHUYENCONG_ZALO_OA_APP_SECRET rồi khởi động lại dịch vụ",
    ),
    "zalo_oa_trouble": _Words(_L, "Zalo OA", "lần đổi token gần nhất chưa xong ({why})", "xem lại sau vài phút"),
    "zalo_oa_lapsing": _Words(_W, "Zalo OA", "refresh token còn {days} ngày", "khởi động dịch vụ; nếu vẫn vậy, " + _CONSENT),
    "zalo_oa_good": _Words(_G, "Zalo OA", "Zalo nhận, refresh token còn {days} ngày"),
    "zalo_oa_unsigned": _Words(
        _W, "Zalo OA nhận tin", "chưa có KHUYENCONG_ZALO_OA_SECRET nên không nhận tin nào", "chép OA Secret Key ở trang webhook của Zalo"
    ),
    "zalo_oa_signed": _Words(_G, "Zalo OA nhận tin", "có khóa kiểm chữ ký, webhook ở {path}"),
}  # fmt: skip
CODES = frozenset(_WORDS)


def mark(observation: Observation) -> Mark:
    """How much *observation* matters."""
    return _WORDS[observation.code].mark


def line(observation: Observation) -> str:
    """*observation* in one line: mark, what it is about, how it stands, and the next step."""
    words = _WORDS[observation.code]
    step = f" → {words.step}" if words.step else ""
    return f"{words.mark} {words.about}: {words.said}{step}".format_map(observation.values).replace("\n", " ")


def end(observed: Sequence[Observation]) -> str:
    """How many of *observed* ask for something."""
    wrong = sum(mark(one) is Mark.WRONG for one in observed)
    return f"{wrong} việc phải làm." if wrong else "Không có việc gì phải làm."
