"""Cuts an answer down to what the person means in the end, or to what holds today."""

from __future__ import annotations

from bot.answers.said import Said
from bot.language.spelling import lenient

_SLIP = (
    "(?:à|ý|ấy|í|á|ủa|ờ|ừm|chết)?,? ?(?:nói |tính |viết |gõ |bấm )?(?:lộn|nhầm|xin lỗi|sorry|quên)(?: rồi)?|à không|ý không|à mà không|sửa lại|nói lại"
    r"|đính chính|à mà|(?:à|ý|ủa|á|í|ờ) khoan(?: đã)?|khoan đã|khoan(?=\s*[,.])"
)
_NOT_BUT = r"(?:không phải|đâu phải)(?: là)? (?P<wrong>[^,;.]*?)(?:,| mà là| mà| chỉ)"
_NOW = "bây giờ|hiện tại|hiện nay|hiện giờ|giờ|hiện|nay|giờ thì|lúc này|năm nay|thực tế"
_ONCE = (
    "hồi trước|lúc trước|trước kia|trước đây|trước dịch|hồi đó|hồi xưa|hồi đầu|ngày xưa|ngày trước|mọi năm|mấy năm trước|trước|hồi mới|mới đầu|năm kia"
    "|năm ngoái|năm rồi|lúc đầu|ban đầu|hồi|báo giá|giá cũ"
)
_LATELY = "năm ngoái|năm rồi|năm vừa rồi|năm qua|sau này|về sau|sau dịch"
_LONG_AGO = (
    "năm kia|hồi xưa|ngày xưa|ngày trước|trước dịch|mấy năm trước|hồi trước|trước kia|trước đây|hồi đầu|mới đầu|hồi mới"
)
_USUALLY = "bình thường|ngày thường|thường thì|thường xuyên|thường|còn lại|cố định|chính thức|quanh năm"
_PEAK = "cao điểm|lúc đông|tết|mùa|đông nhất|có hàng|nhiều hàng|đông khách|cận tết|lúc nhiều|nhiều nhất|khi nhiều"
_PLAN = "sang năm|năm sau|năm tới|sắp|sẽ|định|tính tuyển|dự kiến|kế hoạch|mong|muốn"
_NUMBER = r"\d[\d.,]*|nửa|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|mấy|tỷ"
_ABOUT = "chừng|khoảng|cỡ|tầm|có|chỉ|mới|được|độ|cao lắm|nhiều lắm|gần|đâu|hơn|trên"
_ONLY = "thôi|à|hà|hè|gì đó|là cùng"

_NOT_SO_MUCH = lenient(
    rf"(?:{_NUMBER})[^;\n]*?(?:thì |đâu )?(?:không|chưa|hổng)(?: (?:có|được|phải|mà|lên))* (?:tới|đến|đủ|nổi|nhiêu đó|nhiều vậy|cao vậy)(?: (?:đâu|đó|nổi|mức đó|vậy))*(?:[,;.]|(?= (?:chừng|khoảng|cỡ|tầm|có|chỉ|mới)(?!\w)))"
    rf"|(?:đâu có|đâu|không có|không|hổng|chưa|đâu đã|chẳng)(?: (?:có|lên|tới|đến|được|mà|đầy|phải))* (?:{_NUMBER})[^,;\n]*?(?: (?:đâu|lận))?[,;](?= (?:{_ABOUT})(?!\w)|[^,;\n]* (?:{_ONLY})(?!\w))"
    rf"|nói (?:{_NUMBER})[^;\n]*?(?:thiệt ra|thật ra|thực ra|thực tế|đúng ra)"
)
"""An amount that is denied before the right one follows: "500 thì không tới", "đâu có 20"."""
_CHANGED = lenient(
    r"(?:tăng|nâng|đội|đôn|đổi|sửa|vọt|rút|tụt|sụt|rớt|hạ|giảm|bớt|xuống|lên|trả|phát triển|nghỉ|vắng|mất)(?: [\w.,]+){0,8}? (?:còn|lên|thành|xuống)"
    rf"(?: (?:có|còn|tới|là|được|mức|thành|lên))*(?= (?:{_ABOUT})? ?(?:{_NUMBER})(?!\w))"
)
"""What leads up to the amount of today: "tăng từ 8 lên 12", "nghỉ hết hai người rồi nên còn 20"."""


def corrected(said: Said) -> Said:
    """What is left when the person takes an amount or a word back: "500 thì không tới, chừng 400", "à lộn, 18"."""
    denied = _NOT_SO_MUCH.search(said.spelled)
    if denied and lenient(_NUMBER).search(said.spelled[denied.end() :]):
        said = said.part(said.spelled[: denied.start()] + said.spelled[denied.end() :])
    return taken_back(said)


def taken_back(said: Said) -> Said:
    """What is left when the person takes a word back: "à lộn, 18", "18 chứ không phải 8"."""
    instead = said.find(r"chứ (?:không phải|đâu phải|hổng phải|không)")
    if instead and said.spelled[: instead.start()].strip():
        return said.part(said.spelled[: instead.start()].rstrip(" ,"))
    slip = said.find(_SLIP)
    if slip and lenient(_NUMBER).search(said.spelled[slip.end() :]):
        said = said.part(said.spelled[slip.end() :].lstrip(" ,.:"))
    cheaper = said.find(r"(?:bớt|giảm|xuống|hạ|trả giá|trả|nói|kỳ kèo|cò kè|thương lượng)(?: [^\W\d_]+)? còn|chốt")
    if cheaper and lenient(_NUMBER).search(said.spelled[cheaper.end() :]):
        return said.part(said.spelled[cheaper.end() :])
    changed = _CHANGED.search(said.spelled)
    if changed and not said.has(f"{_PEAK}|{_PLAN}") and lenient(_NUMBER).search(said.spelled[: changed.end()]):
        return said.part(said.spelled[changed.end() :])
    wrong = said.find(_NOT_BUT)
    if wrong and any(char.isdecimal() for char in wrong.group("wrong")):
        return said.part(said.spelled[: wrong.start()] + said.spelled[wrong.end() :])
    return said


_BEFORE_NOW = lenient(
    rf"(?:{_ONCE}|xưa|năm ngoái|năm rồi)(?! (?:giờ|nay|tới|đến))[^\n]*?(?:[,;.]\s*|(?: (?:mà|nhưng|còn|chứ|nên) ))(?:mà |nhưng |còn |chứ |nên )?(?P<now>{_NOW}|sau này)"
)
_NOW_BEFORE = lenient(
    rf"(?:{_NOW})(?!\w)[^\n]*?(?P<cut>[,;.]\s*(?:chứ |còn |mà )?(?:{_ONCE}|xưa)(?! (?:giờ|nay|tới|đến))(?!\w).*)"
)


def present(said: Said) -> Said:
    """What holds now of an answer that tells both: "hồi trước hai chỗ, giờ một", "giờ có rồi, trước thì chưa"."""
    if said.has("vẫn|cũng vậy|y vậy"):
        return said  # it goes on
    before = _BEFORE_NOW.search(said.spelled)
    if before:
        return said.part(said.spelled[before.start("now") :])
    now = _NOW_BEFORE.search(said.spelled)
    return said.part(said.spelled[: now.start("cut")]) if now else said


def of_today(said: Said) -> Said:
    """What holds now or usually, when it is set against before or against the busy season."""
    for wanted, other in ((_NOW, _ONCE), (_LATELY, _LONG_AGO), (_USUALLY, _PEAK)):
        here, there = said.find(wanted), said.find(other)
        if not here or not there or here.start() == there.start():
            continue
        if there.start() < here.start():
            kept = said.spelled[here.start() :]
            counted = any(char.isdecimal() for char in said.spelled) and not lenient(_NUMBER).search(kept)
            # "650 triệu năm ngoái, năm nay chưa biết": of today nothing is told.
            return said if counted else said.part(kept)
        cut = said.spelled[: there.start()].rstrip(" ,;")
        if lenient(_NUMBER).search(cut):
            return said.part(cut)
    return said
