"""A lead on one screen, for the collaborator: what matters first, then how to reach the household."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

import phonenumbers
from babel.dates import format_date, format_datetime

from bot.clock import VIETNAM
from bot.eligibility.facts import FACTS, FactError, Facts, read_facts
from bot.eligibility.programme import Programme
from bot.leads.notices import LeadCard
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.replies.questions import say_fact
from bot.replies.reply import Choice

_MOST_REMARKS = 4
"""More than this a card does not carry; the answers have them all."""


TALK = "Nhắn cho cơ sở"
"""Begins a conversation with the household in its own chat."""


def choice(title: str, intent: str, lead_id: int, **data: Any) -> Choice:
    """A button about one lead."""
    return Choice(title, intent, {"lead": lead_id, **data})


def open_choice(number: str, lead_id: int) -> Choice:
    """The way to a lead's card and its next steps."""
    return choice(f"Mở {number}", "lead_open", lead_id)


def when(moment: datetime) -> str:
    """A time of day on a day, as said to somebody: `10:30 thứ Tư 25/11`."""
    text = str(format_datetime(moment.astimezone(VIETNAM), "HH:mm EEEE d/M", locale="vi"))
    return text.replace("Thứ", "thứ").replace("Chủ", "chủ")


def until(moment: datetime) -> str:
    """A time limit: a time of day, or the day alone where it is the whole day."""
    there = moment.astimezone(VIETNAM)
    return weekday(there.date()) if there.time() == time.min else when(moment)


def weekday(day: date) -> str:
    """A day as on a button: `thứ Tư 25/11`."""
    text = str(format_date(day, "EEEE d/M", locale="vi"))
    return text.replace("Thứ", "thứ").replace("Chủ", "chủ")


def phone(number_e164: str) -> str:
    """A phone number as it is dialled here: `0903 123 456`; one that cannot be dialled stays as it is."""
    parsed = phonenumbers.parse(number_e164)
    if not phonenumbers.is_valid_number(parsed):
        return number_e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def at_place(place: str | None) -> str:
    """A place inside a sentence: ` ở xã Phú Giáo`; nothing when it is not known."""
    return f" ở {_lower(place)}" if place else ""


def needs_text(needs: Iterable[str]) -> str:
    """Support kinds in a sentence: `máy móc, hội chợ trong nước`."""
    programmes = _programmes()
    return ", ".join(_lower(programmes[need].short) if need in programmes else need for need in needs)


def card_lines(card: LeadCard, heading: str) -> list[str]:
    """The lines of a card under *heading*."""
    title = " · ".join(part for part in (heading, card.number, card.place) if part)
    results = _telling(card)
    return [
        f"**{title}**",
        *(_business(card) or [_JUST_A_CALL]),
        *_verdicts(results),
        *_remarks(results),
        _reach(card),
    ]


_JUST_A_CALL = "Chưa nói cần gì, chỉ muốn được gọi lại."


def _telling(card: LeadCard) -> tuple[dict[str, Any], ...]:
    """The results worth reading: of what is wanted, or for somebody without a wish of what is decided."""
    if card.needs:
        return card.results
    return tuple(
        result
        for result in card.results
        if all(criterion["outcome"] != "unknown" for criterion in result.get("criteria", ()))
    )


def _programmes() -> Mapping[str, Programme]:
    return load_programmes(load_law())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def read(facts: Mapping[str, Any]) -> Facts:
    """A lead's facts, typed; those of an earlier version that are no facts any more are left out."""
    try:
        return read_facts(facts)
    except FactError:
        known = {name: value for name, value in facts.items() if name in FACTS}
        return Facts({name: tuple(value) if isinstance(value, list) else value for name, value in known.items()})


_BUSINESS = ("legal_form", "product", "trade_group", "employees")
_WISH = ("machine.price", "machine.condition", "machine.bought", "machine.line", "demonstration.cost", "timing")


def _business(card: LeadCard) -> list[str]:
    facts = read(card.facts)
    business = ", ".join(text for name in _BUSINESS if (text := say_fact(name, facts)))
    details = ", ".join(text for name in _WISH if (text := say_fact(name, facts)))
    wish = needs_text(card.needs)
    lines = [f"{business[:1].upper()}{business[1:]}."] if business else []
    if wish or details:
        lines.append(f"Muốn: {f'{wish} ({details})' if wish and details else wish or details}.")
    return lines


_MARKS = (
    ("not_met", "❌", "chưa đạt"),
    ("officer", "👤", "cần anh/chị xem"),
    ("unknown", "❓", "chưa rõ"),
    ("met", "✅", "đạt"),
)


def _verdicts(results: tuple[dict[str, Any], ...]) -> list[str]:
    programmes = _programmes()
    lines = []
    for result in results:
        counts = Counter(criterion["outcome"] for criterion in result.get("criteria", ()))
        told = ", ".join(f"{mark} {counts[name]} điều {word}" for name, mark, word in reversed(_MARKS) if counts[name])
        programme = programmes.get(result.get("programme", ""))
        if told and programme is not None:
            lines.append(f"{programme.short}: {told}")
    return lines


def _remarks(results: tuple[dict[str, Any], ...]) -> list[str]:
    """What stands in the way or waits for the officer, each once, the hardest first; then what gives priority."""
    programmes = _programmes()
    found: dict[str, None] = {}
    for outcome, mark, _ in _MARKS[:3]:
        for result in results:
            programme = programmes.get(result.get("programme", ""))
            for criterion in result.get("criteria", ()):
                words = programme.words.get(criterion["id"]) if programme else None
                if words is not None and criterion["outcome"] == outcome:
                    found[f"{mark} {getattr(words, outcome)}"] = None
    lines = list(found)
    if len(lines) > _MOST_REMARKS:
        lines = [*lines[:_MOST_REMARKS], f"… và {len(lines) - _MOST_REMARKS} điều nữa"]
    return [*lines, *_priorities(results)]


def _priorities(results: tuple[dict[str, Any], ...]) -> list[str]:
    programmes = _programmes()
    notes = dict.fromkeys(
        note
        for result in results
        if (programme := programmes.get(result.get("programme", ""))) is not None
        for note in result.get("notes", ())
        if note not in programme.notes
    )
    return list(notes)


def _reach(card: LeadCard) -> str:
    who = " · ".join(part for part in (card.name, phone(card.phone) if card.phone else None) if part)
    if not who:
        return "Chưa có số điện thoại; nhắn qua Khuyến công."
    return f"Liên hệ: {who}" + (f" · gọi được {card.call_after}" if card.call_after else "")
