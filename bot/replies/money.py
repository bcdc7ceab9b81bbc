"""Money, shares, counts and days as Vietnamese readers expect them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, format_percent

LOCALE = "vi"
MILLION = 1_000_000
BILLION = 1_000_000_000


def number(value: int | float | Decimal) -> str:
    """A plain number with Vietnamese separators: `1.200.000`, `1,5`."""
    return str(format_decimal(value, locale=LOCALE, decimal_quantization=False))


def amount(vnd: int) -> str:
    """An amount of dong without its unit, short where that loses nothing: `300 triệu`, `1,2 tỷ`, `123.456.789`."""
    if abs(vnd) >= BILLION and vnd % (BILLION // 100) == 0:
        return str(format_compact_decimal(vnd, format_type="long", locale=LOCALE, fraction_digits=2))
    if abs(vnd) >= BILLION and vnd % MILLION == 0:
        return f"{number(vnd // MILLION)} triệu"
    if abs(vnd) >= MILLION and vnd % (MILLION // 100) == 0:
        return str(format_compact_decimal(vnd, format_type="long", locale=LOCALE, fraction_digits=2))
    return number(vnd)


def money(vnd: int) -> str:
    """An amount of dong: `300 triệu đồng`, `1,2 tỷ đồng`, `450.500 đồng`."""
    return f"{amount(vnd)} đồng"


def money_range(low: int | None, high: int | None) -> str:
    """A span of money, open on either side: `350 triệu đến 400 triệu đồng`, `trên 200 triệu đồng`."""
    if low is None and high is None:
        return "chưa rõ"
    if high is None:
        return f"từ {money(low or 0)} trở lên"
    if low is None:
        return f"không quá {money(high)}"
    return f"{amount(low)} đến {money(high)}"


def percent(value: int | float | Decimal) -> str:
    """A share given in hundredths (50 means one half): `50%`, `1,5%`."""
    return str(format_percent(Decimal(str(value)) / 100, locale=LOCALE, decimal_quantization=False))


def day(value: date) -> str:
    """A calendar day: `15/10/2025`."""
    return str(format_date(value, format="dd/MM/y", locale=LOCALE))


def day_of_year(value: str) -> str:
    """A day that comes back every year, held as `06-20`: `20/6`."""
    month, day_in_month = value.split("-")
    return f"{int(day_in_month)}/{int(month)}"


_NOUNS = {
    "people": "người",
    "days": "ngày",
    "months": "tháng",
    "years": "năm",
    "times": "lần",
    "points": "điểm",
    "sets": "bộ",
}


def figure(value: int | float | str | date, unit: str) -> str:
    """A figure of law said in its own *unit*: `300 triệu đồng`, `50%`, `200 người`, `15/10/2025`, `20/6`."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return day_of_year(value)
    if unit == "VND":
        return money(int(value))
    if unit == "percent":
        return percent(value)
    noun = _NOUNS.get(unit, "")
    return f"{number(value)} {noun}".rstrip()
