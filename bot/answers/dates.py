"""Reads when somebody wants to go ahead: two days of the calendar, "urgent" or "can_wait"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.answers.answer import Answer
from bot.answers.corrections import corrected
from bot.answers.said import Said
from bot.language.spelling import lenient

_NUMBERS = {
    "một|nhất": 1, "hai": 2, "ba": 3, "tư|bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12,
}  # fmt: skip
_WORD = "mười hai|mười một|mười|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín"
_NUMBER = rf"(?:\d{{1,2}}(?!\d)|{_WORD})"
_WAIT = (
    "(?:không|chưa|chẳng|đâu có|đâu) (?:có |cần |phải |thấy )*(?:gấp|vội|cần|gấp gáp|vội vàng|cần liền|gì gấp)|(?:khi nào|lúc nào|bao giờ|sao|chừng nào|hồi nào|sớm muộn gì|sớm hay muộn) (?:cũng )?được"
    "|từ từ|thong thả|thủng thẳng|đợi được|chờ được|tới đâu hay tới đó|tham khảo thôi|hỏi cho biết|hỏi chơi|khi nào có cũng được|chậm cũng được|lâu cũng được|tùy nhà nước|tùy bên|rảnh"
    "|(?:khi nào|chừng nào|hồi nào|lúc nào|bao giờ|khi mô|chung nao)(?: [^\\W\\d_]+){0,3} (?:có|được|rảnh|xong|duyệt|rót|cấp|giải ngân|cho)(?: [^\\W\\d_]+){0,4} (?:thì|cũng|hay)(?: [^\\W\\d_]+){0,3}|chưa có kế hoạch|không có hạn"
    "|chung nao(?: [^\\W\\d_]+){0,2} cũng được|mai mốt(?: [^\\W\\d_]+){0,2} cũng được|thủng thỉnh|thủng thẳng|tà tà|lai rai|có thì (?:làm|mua|lấy)(?:,)? (?:không|chưa)(?: có)? thì thôi|(?:không|chưa) (?:hối|hối thúc|gấp rút|cần lẹ|lẹ)|chậm (?:chút|một chút|xíu|tí) cũng|sao cũng được|lúc nào tiện"
)
_URGENT = (
    "gấp|cần (?:liền|ngay|sớm|gấp)|liền|ngay(?: (?:bây giờ|lập tức|và luôn|hôm nay|liền))?|càng (?:sớm|nhanh) càng tốt|sớm (?:nhất|chừng nào|ngày nào)(?: [^\\W\\d_]+){0,4}|lập tức|khẩn|khẩn cấp|nhanh nhất|nhanh lên|hối|asap|bây giờ"
    "|nhanh nhanh|lẹ(?! (?:hơn|thôi))|máy (?:cũ )?(?:bị )?(?:hư|hỏng|chết|đứng|nằm|liệt|rớt)(?: [^\\W\\d_]+){0,2}|liền tay|cần sớm|được sớm|sớm (?:chừng|ngày|bữa|khi|lúc) nào|(?:càng )?sớm(?= [^\\W\\d_]+ (?:chừng|tốt))|nước (?:tới|đến) (?:chân|cổ)|cấp bách|cháy máy|đang kẹt|trễ (?:đơn|hàng)"
    "|đang cần|mau|sớm sớm|càng nhanh|gấp rút|tức thì|hỏa tốc|nội ngày"
)
_CANNOT_WAIT = "(?:không|hết|sao mà|đâu có) (?:thể )?(?:đợi|chờ)(?: lâu)? (?:được|nổi)|(?:đợi|chờ) (?:hết nổi|không nổi|không được|hổng nổi)"
_NEXT_YEAR = "sang năm|năm sau|năm tới|qua năm|năm kế"
_THIS_YEAR = "năm nay|trong năm|năm này"


def read_timing(said: Said, day: date) -> Answer | None:
    """A range of ISO dates seen from *day*, or "urgent" or "can_wait"; None when no time was said."""
    said = corrected(said)
    said = said.part(
        re.sub(r"\bq\s*([1-4])\b", r"quyS \1", re.sub(r"\bth?\.?\s*(\d{1,2})\b", r"thangS \1", said.spelled))
    )
    waits = said.has(_WAIT) and not said.has(_CANNOT_WAIT)
    spelled = lenient(_WAIT).sub(" ", said.spelled)
    dated = said.part(re.sub(r"\s+", " ", spelled))
    span = _between(dated, day) or _span(dated, day)
    if span:
        return Answer(understood=True, range=(span[0].isoformat(), span[1].isoformat()))
    if waits:
        return Answer(understood=True, value="can_wait")
    if dated.has(_URGENT) or said.has(_CANNOT_WAIT):
        return Answer(understood=True, value="urgent")
    return None


Span = tuple[date, date]


def _between(said: Said, day: date) -> Span | None:
    """As in "từ tháng 3 đến tháng 5", "tháng 3-4", "quý 1 hoặc quý 2"."""
    for kind in ("tháng", "quý"):
        match = said.find(
            rf"{kind} (?P<a>{_NUMBER}) ?(?:-|–|đến|tới|hoặc|hay|,|và|với|hoặc là|hay là|{kind}) ?(?:đến |tới )?(?:{kind} )?(?P<b>{_NUMBER})(?! ?/)"
        )
        if not match:
            continue
        first, last = _number(match["a"]), _number(match["b"])
        most = 12 if kind == "tháng" else 4
        if not first or not last or first > most or last > most or first >= last:
            continue
        size = 1 if kind == "tháng" else 3
        year = _year(said, day, last * size)
        return date(year, (first - 1) * size + 1, 1), _month_end(year, last * size)
    match = re.search(r"(\d{1,2}/\d{1,2}(?:/\d{4})?)\s*(?:-|–|\w+)\s*(\d{1,2}/\d{1,2}(?:/\d{4})?)", said.spelled)
    if match:
        start, end = _calendar_day(match[1], day), _calendar_day(match[2], day)
        if start and end and start < end:
            return start, end
    return None


def _span(said: Said, day: date) -> Span | None:
    span = _day_said(said, day) or _quarter(said, day) or _month(said, day) or _tet(said, day) or _ahead(said, day)
    return span or _week(said, day) or _part_of_year(said, day)


def _day_said(said: Said, day: date) -> Span | None:
    match = re.search(r"(?<![\d/])(\d{1,2})[/\-.](\d{1,2})(?:[/\-.](\d{4}))?(?![\d/])", said.spelled)
    found = _calendar_day(match.group(), day) if match else None
    if match and not match[3] and lenient(r"(?:.*\W)?(?:tháng|quý)").fullmatch(said.spelled[: match.start()].rstrip()):
        found = None
    spoken = said.find(
        rf"(?:ngày|mùng|hôm)? ?(?P<d>\d{{1,2}}|{_WORD})(?: tây)? tháng (?P<m>{_NUMBER})(?:[/ ](?:năm )?(?P<y>\d{{4}}))?"
    )
    if not found and spoken and not said.has("đầu|giữa|cuối|trong|nửa|khoảng"):
        number, month = _number(spoken["d"]), _number(spoken["m"])
        year = int(spoken["y"]) if spoken["y"] else None
        found = _real_day(number, month, year or _year(said, day, month or 0), day, fixed=bool(year))
    if found:
        return found, found
    put_off = r"(?:để|thôi|hẹn|chờ) (?:ngày )?mai|mai (?:mốt|này|kia)|mai(?: (?:em|tôi|anh|chị))? (?:trả lời|tính|nói|coi|xem|hỏi|báo|gửi|nhắn|gọi|rảnh)"
    if said.has(put_off):
        return None
    for words, days in (("ngày mốt", 2), ("ngày mai|mai", 1), ("hôm nay", 0)):
        # In a longer sentence "hôm nay" is small talk.
        if said.has(words) and len(said.spelled.split()) <= 6:
            return day + timedelta(days), day + timedelta(days)
    return None


def _calendar_day(text: str, day: date) -> date | None:
    parts = [int(part) for part in re.split(r"[/\-.]", text)]
    year = parts[2] if len(parts) > 2 else None
    return _real_day(parts[0], parts[1], year or day.year, day, fixed=bool(year))


def _real_day(number: int | None, month: int | None, year: int, day: date, *, fixed: bool) -> date | None:
    if not number or not month:
        return None
    try:
        found = date(year, month, number)
        return found if fixed or found >= day else date(year + 1, month, number)
    except ValueError:
        return None


def _quarter(said: Said, day: date) -> Span | None:
    match = said.find(rf"quý (?P<q>[1-4](?!\d)|iv|iii|ii|i|{_WORD})")
    if match:
        number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["q"]) or _number(match["q"])
        if not number or number > 4:
            return None
        year = _year(said, day, number * 3)
        return _part(said, date(year, number * 3 - 2, 1), _month_end(year, number * 3))
    current = (day.month - 1) // 3
    for words, later in (("quý này", 0), ("quý (?:sau|tới|kế)", 1)):
        if said.has(words):
            year, quarter = day.year + (current + later) // 4, (current + later) % 4
            return date(year, quarter * 3 + 1, 1), _month_end(year, quarter * 3 + 3)
    return None


def _month(said: Said, day: date) -> Span | None:
    numeric = re.search(r"(?<![\d/])(\d{1,2})[/\-](20\d\d)(?!\d)", said.spelled)
    match = said.find(rf"tháng (?P<m>{_NUMBER})(?! (?:nữa|sau|đầu|cuối|ngày|tháng))")
    if said.has("tháng (?:này|đây)"):
        first = day.replace(day=1)
    elif (
        said.has("tháng (?:sau|tới|kế)")
        and (not match or (match["m"] == "sau" and not said.has("sau (?:sang|năm)")))
        and not said.has(rf"{_NUMBER} tháng (?:sau|tới)")
    ):
        first = (day.replace(day=28) + timedelta(4)).replace(day=1)
    elif numeric and 1 <= int(numeric[1]) <= 12:
        first = date(int(numeric[2]), int(numeric[1]), 1)
    elif (
        match
        and not re.search(r"\d $", said.spelled[: match.start()])
        and 1 <= (month := _number(match["m"]) or 0) <= 12
    ):
        first = date(_year(said, day, month), month, 1)
    else:
        return None
    return _part(said, first, _month_end(first.year, first.month), of="tháng", day=day)


def _part(said: Said, start: date, end: date, *, of: str = "quý", day: date | None = None) -> Span:
    """The beginning, middle or end of a month or quarter; "trước" and "sau" it."""
    if of == "tháng":
        thirds = [start, start + timedelta(10), start + timedelta(20)]
    else:
        thirds = [start.replace(month=start.month + months) for months in range(3)]
    if said.has(f"đầu {of}"):
        return thirds[0], thirds[1] - timedelta(1)
    if said.has(f"giữa {of}"):
        return thirds[1], thirds[2] - timedelta(1)
    if said.has(f"cuối {of}"):
        return thirds[2], end
    if day and start > day and said.has(rf"trước {of} {_NUMBER}"):
        return day, start - timedelta(1)
    if said.has(rf"(?:sau|qua|hết) {of} {_NUMBER}"):
        return end + timedelta(1), date((end + timedelta(1)).year, 12, 31)
    return start, end


def _week(said: Said, day: date) -> Span | None:
    monday = day - timedelta(day.weekday())
    for words, weeks in (("(?:cuối )?tuần này|trong tuần", 0), ("tuần (?:sau|tới|kế|rồi tới)", 1), ("tuần sau nữa", 2)):
        if said.has(words):
            start = monday + timedelta(weeks=weeks)
            return max(start, day), start + timedelta(6)
    return None


def _tet(said: Said, day: date) -> Span | None:
    """Before or after the next Lunar New Year holiday."""
    if not said.has("tết|ra giêng|tháng giêng|qua giêng|tháng chạp"):
        return None
    first = next(found for year in range(day.year, day.year + 3) if (found := _tet_day(year)) and found > day)
    if said.has("tháng chạp"):
        return max(day, first - timedelta(30)), first - timedelta(1)
    if said.has("trước tết|cận tết|gần tết|giáp tết"):
        return day, first - timedelta(1)
    return first + timedelta(6), first + timedelta(66)


@lru_cache(maxsize=64)
def _tet_day(year: int) -> date | None:
    """The first day of the lunar year, by the public holidays of Vietnam; None where they are not known."""
    named = holidays.country_holidays("VN", years=year, language="vi").items()
    return next((day for day, name in sorted(named) if "Tết Nguyên Đán" in re.split(r"[;,] ", name)), None)


def _ahead(said: Said, day: date) -> Span | None:
    """As in "2 tháng nữa", "trong 3 tháng tới", "1-2 tuần nữa"."""
    match = said.find(
        rf"(?P<a>\d{{1,2}}|{_WORD}|vài|mấy|nửa)(?: ?(?:-|đến|tới|hoặc|hay) ?(?P<b>\d{{1,2}}|{_WORD})| (?P<c>{_WORD}))? (?P<unit>tháng|tuần|ngày|năm) (?:nữa|tới|sau)"
    )
    within = said.find(rf"(?:trong|nội|trong vòng) (?P<a>\d{{1,2}}|{_WORD}) (?P<unit>tháng|tuần|ngày|năm)")
    found = within or match
    if not found:
        return None
    if found["a"] in ("vaiF", "vai", "maAyS", "may"):
        low, high = 2, 5
    else:
        low = _number(found["a"]) or 0
        other = None if within else found["b"] or found["c"]
        high = (_number(other) if other else low) or low
    if not low or high < low:
        return None
    unit = found["unit"]
    if low == high and not within and not said.has("trong|nội") and lenient("tháng").fullmatch(unit):
        month = _later(day, low, unit)
        return month.replace(day=1), _month_end(month.year, month.month)
    start = day if within or said.has("trong|nội") else _later(day, low, unit)
    return start, _later(day, high, unit)


def _later(day: date, count: int, unit: str) -> date:
    if lenient("tuần").fullmatch(unit):
        return day + timedelta(weeks=count)
    if lenient("ngày").fullmatch(unit):
        return day + timedelta(count)
    months = day.month - 1 + count * (12 if lenient("năm").fullmatch(unit) else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _part_of_year(said: Said, day: date) -> Span | None:
    parts = (
        ("nửa đầu(?: của)?(?: năm)?|(?:6|sáu) tháng đầu", (1, 6)),
        ("nửa (?:cuối|sau)(?: năm)?|(?:6|sáu) tháng cuối", (7, 12)),
        ("đầu năm", (1, 3)),
        ("giữa năm", (5, 8)),
        ("cuối năm", (10, 12)),
        ("(?:mùa |dịp |nghỉ )hè|hè (?:này|tới|sau|năm)", (6, 8)),
    )
    for words, (first, last) in parts:
        if said.has(words):
            year = _year(said, day, last)
            return date(year, first, 1), _month_end(year, last)
    if said.has(_NEXT_YEAR):
        return date(day.year + 1, 1, 1), date(day.year + 1, 12, 31)
    if match := re.search(r"(?<!\d)(20\d\d)(?!\d)", said.spelled):
        year = int(match[1])
        return (max(day, date(year, 1, 1)), date(year, 12, 31)) if year >= day.year else None
    if said.has(_THIS_YEAR):
        return day, date(day.year, 12, 31)
    return None


def _year(said: Said, day: date, last_month: int) -> int:
    """The year meant with a month: the one said, else the next in which that month is not over."""
    if match := re.search(r"(?<!\d)(20\d\d)(?!\d)", said.spelled):
        return int(match[1])
    if said.has(_NEXT_YEAR) or said.has("(?:đầu|giữa|cuối) năm (?:sau|tới)"):
        return day.year + 1
    if said.has(_THIS_YEAR):
        return day.year
    return day.year if last_month >= day.month else day.year + 1


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _number(spelled: str) -> int | None:
    if spelled.isdecimal():
        return int(spelled)
    return next((value for words, value in _NUMBERS.items() if lenient(words).fullmatch(spelled)), None)
