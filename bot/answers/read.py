"""Reads the answer to one question, and what a free message tells: the way into this package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.answers.answer import NOT_UNDERSTOOD, UNKNOWN, Answer
from bot.answers.choices import read_activity as _read_activity
from bot.answers.choices import read_bought, read_condition, read_legal_form, read_need, read_own_capital
from bot.answers.counts import read_employees
from bot.answers.dates import read_timing
from bot.answers.money import read_money
from bot.answers.phone import read_phone
from bot.answers.places import PlaceReader
from bot.answers.rhetoric import plainly
from bot.answers.said import Said, hear
from bot.answers.small_talk import without_small_talk
from bot.answers.trades import makes_something, read_trade_group
from bot.answers.unknown import (
    WHEN,
    after_question,
    asks,
    is_lost,
    known_before,
    postpones,
    refuses,
    says_unknown,
    without_lack,
)
from bot.answers.yes_no import read_fact
from bot.errors import BotError


class UnknownQuestion(BotError):
    """A question that no reader knows."""


_MONEY = ("annual_revenue", "total_capital", "machine.price", "demonstration.cost")
_YES_NO = (
    "registered",
    "machine.line",
    "prior_support_same_item",
    "owner_female",
    "owner_ethnic_minority",
    "exports",
    "cleaner_production_aim",
    "demonstration.new_in_area",
    "demonstration.willing_to_show",
    "typical.self_made",
    "typical.series",
    "typical.copied",
    "typical.is_set",
    "typical.prior_certificate",
    "violations",
    "place.in_recognised_craft_village",
    "place.in_industrial_park",
    "place.two_sites",
    "place.difficult_area",
    "yes_no",
)
_CHOICES: Mapping[str, Callable[[Said], Answer | None]] = {
    "legal_form": read_legal_form,
    "trade_group": read_trade_group,
    "activity": lambda said: _read_activity(said, makes_something),
    "need": read_need,
    "machine.condition": read_condition,
    "machine.bought": read_bought,
    "own_capital_ready": read_own_capital,
}
QUESTIONS = frozenset({"employees", "place", "phone", "timing", *_MONEY, *_YES_NO, *_CHOICES})
"""The questions that can be read, named as the facts they give."""
# "không muốn cho ai coi" is an answer when that is what was asked.
_TELLING = "nói|trả lời|hỏi|khai|cho biết|cái này bí mật|bỏ qua|câu"
# In these "không biết, chừng 20" is twenty; in the others the words for not knowing look like a no.
_VALUE_FIRST = frozenset({"employees", "phone", "timing", *_MONEY})


def read(question: str, text: str, day: date, places: PlaceReader | None = None) -> Answer:  # noqa: PLR0911 (one return for each way to say it)
    """What *text* answers to *question* on *day*; UnknownQuestion for a name outside `QUESTIONS`.

    Without *places* a place is never understood.
    """
    if question not in QUESTIONS:
        raise UnknownQuestion(f"unknown question: {question}")
    said = without_small_talk(after_question(hear(text)))
    if not said.spelled.strip():
        return NOT_UNDERSTOOD
    if question == "place":
        return _read_place(said, text, day, places)
    if question not in _VALUE_FIRST:
        said = plainly(said)
    if _asks(question, said):
        return UNKNOWN if says_unknown(said) and not said.spelled.rstrip().endswith("?") else NOT_UNDERSTOOD
    if (
        is_lost(said)
        or (postpones(said) and question != "timing" and not says_unknown(said))
        or (refuses(said) and not (question == "demonstration.willing_to_show" and not said.has(_TELLING)))
    ):
        return NOT_UNDERSTOOD
    unknown = says_unknown(said, may_agree=question == "demonstration.willing_to_show")
    if unknown and question not in _VALUE_FIRST:
        before = said.part(known_before(said))
        earlier = _reader(question, day)(before) if before.spelled else None
        return earlier if earlier and earlier.understood and not earlier.candidates else UNKNOWN
    if unknown and question in _VALUE_FIRST:
        said = without_lack(said)
    answer = _reader(question, day)(said)
    if answer is not None and answer.understood:
        return answer
    return UNKNOWN if unknown else NOT_UNDERSTOOD


def _asks(question: str, said: Said) -> bool:
    if question == "phone":
        return False
    return asks(said) or (
        question != "timing"
        and said.has(rf"(?:{WHEN})(?! cũng)")
        and not said.has(r"(?:chưa|không|chẳng)(?: [^\W\d_]+){0,4} bao giờ")
    )


def _reader(question: str, day: date) -> Callable[[Said], Answer | None]:
    if question in _CHOICES:
        return _CHOICES[question]
    if question in _MONEY:
        return lambda said: read_money(question, said)
    if question in _YES_NO:
        return lambda said: read_fact(question, said)
    if question == "timing":
        return lambda said: read_timing(said, day)
    return {"employees": read_employees, "phone": read_phone}[question]


def _read_place(said: Said, text: str, day: date, places: PlaceReader | None) -> Answer:
    answer = places.read(text, day) if places else NOT_UNDERSTOOD
    if answer.understood and not answer.unknown:
        return answer if not asks(said) else NOT_UNDERSTOOD
    if refuses(said) or asks(said):
        return NOT_UNDERSTOOD
    return UNKNOWN if answer.unknown or says_unknown(said) else NOT_UNDERSTOOD


def to_json(answer: Answer) -> dict[str, Any]:
    """The fields of the `parse` contract."""
    return {
        "understood": answer.understood,
        "value": answer.value,
        "range": list(answer.range) if answer.range else None,
        "unknown": answer.unknown,
        "candidates": list(answer.candidates),
    }


def parse_line(line: Mapping[str, Any], day: date, places: PlaceReader | None = None) -> dict[str, Any]:
    """One line of `khuyencong parse --jsonl`: `{"id","question","text"}` → the id and `to_json` of the reading."""
    return {"id": line.get("id"), **to_json(read(str(line.get("question")), str(line.get("text") or ""), day, places))}
