"""The screening's questions with their buttons: asked, explained, asked again, and which of several places is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.programmes.loader import Law
from bot.replies.questions import question_choices, question_text, why_asked
from bot.replies.reply import Choice, Outcome, Reply

_WHY = Choice("Vì sao hỏi?", "ask_why")


def ask(question: str, facts: Mapping[str, Any], *, first: str = "") -> Reply:
    """One question with its buttons; *first* is a line said before it."""
    text = question_text(question)
    if question == "place" and facts.get("place"):
        text = "Ở đó, xưởng nằm trong xã hay phường nào (tên mới từ 1/7/2025)? Tên ấp, khu phố hay tên cũ cũng được."
    return Reply(
        f"{first}\n{text}" if first else text,
        (*_choices(question, facts), _WHY),
        Outcome.SCREENING,
        question=question,
        asks_location=question == "place",
    )


def _choices(question: str, facts: Mapping[str, Any]) -> tuple[Choice, ...]:
    choices = [
        Choice(title, "answer", {"question": question, "value": value}) for title, value in question_choices(question)
    ]
    if question == "legal_form" and "registered" not in facts:
        # One tap says both; who types "hộ kinh doanh" is asked for the papers.
        choices[0] = Choice(f"{choices[0].title} có giấy", "answer", {**choices[0].data, "also": {"registered": True}})
    if question == "trade_group" and "activity" not in facts:
        choices += [
            Choice(title, "answer", {"question": "activity", "value": value})
            for title, value in question_choices("activity")
            if value != "manufactures"
        ]
    if question == "product":
        choices = [Choice(title, "answer", {"question": "product", "value": value}) for title, value in _KILNS]
    return tuple(choices)


_KILNS = (
    ("Gạch không nung", "gạch không nung"),
    ("Lò tuynel", "gạch tuynel"),
    ("Lò thủ công, lò vòng", "gạch nung lò thủ công"),
)


def why(question: str, day: date, law: Law) -> Reply:
    """Why a question is asked, with the article."""
    return Reply(why_asked(question, day, law), (), Outcome.SCREENING)


def not_read(question: str, facts: Mapping[str, Any], *, times: int) -> Reply:
    """An answer that could not be read; other words each time, a way past it from the second."""
    if times <= 1:
        return ask(question, facts, first="Câu vừa rồi chưa rõ ý, anh/chị trả lời lại giúp.")
    first = (
        "Vẫn chưa hiểu được. Anh/chị chọn một nút, hoặc bỏ qua câu này cũng được."
        if times % 2 == 0
        else "Câu này để cán bộ hỏi lại sau cũng được: anh/chị bấm “Bỏ qua”, hoặc trả lời gọn hơn giúp."
    )
    again = ask(question, facts, first=first)
    skip = Choice("Bỏ qua", "skip_question")
    person = Choice("Gặp người phụ trách", "handover")
    return Reply(again.text, (*again.choices, skip, person), again.outcome, question, asks_location=again.asks_location)


def which(question: str, candidates: Sequence[Any]) -> Reply:
    """An answer that can be read in several ways: which one is meant."""
    if question == "place":
        return which_place(candidates)
    titles = {value: title for title, value in question_choices(question) if isinstance(value, str | bool)}
    meant = [value for value in candidates if isinstance(value, str | bool)]
    choices = [
        Choice(titles.get(value) or str(value), "answer", {"question": question, "value": value})
        for value in meant
        if value in titles
    ]
    unsure = Choice("Không rõ", "answer", {"question": question, "value": None})
    return Reply(
        f"Có thể hiểu mấy cách, anh/chị chọn giúp.\n{question_text(question)}",
        (*choices, unsure),
        Outcome.SCREENING,
        question=question,
    )


def which_place(candidates: Sequence[Mapping[str, Any]]) -> Reply:
    """A name that means several places whose readings lead to different results."""
    return Reply(
        "Tên này có nhiều nơi. Xưởng của anh/chị nằm ở đâu?",
        (
            *(
                Choice(_place_title(place), "answer", {"question": "place", "value": dict(place)})
                for place in candidates[:4]
            ),
            Choice("Không rõ", "answer", {"question": "place", "value": None}),
        ),
        Outcome.SCREENING,
        question="place",
        asks_location=True,
    )


def _place_title(place: Mapping[str, Any]) -> str:
    new, old = place.get("new_unit"), place.get("old")
    if new and old:
        return f"{new} ({old[:1].lower()}{old[1:]} cũ)"
    if new:
        return f"{new} (tên mới)"
    return f"{old} (tên cũ)" if old else str(place.get("province"))


def place_taken(place: Mapping[str, Any]) -> Reply:
    """The unit in which a shared position lies."""
    return Reply(
        f"Theo vị trí thì xưởng ở **{place['new_unit']}**. Không đúng thì nhắn tên xã, phường giúp.",
        (),
        Outcome.SCREENING,
    )


def how_to_share_a_place() -> Reply:
    """Somebody offers to send the position."""
    return Reply(
        "Được ạ. Trên Telegram: bấm nút gửi vị trí, hoặc dấu kẹp giấy rồi chọn Vị trí. "
        "Không tiện thì nhắn tên xã, phường, ấp, khu phố cũng được.",
        (),
        Outcome.SCREENING,
        asks_location=True,
    )


def place_not_here() -> Reply:
    """A shared position outside the area."""
    return Reply(
        "Vị trí này nằm ngoài khu vực Khuyến công đang phục vụ. Anh/chị nhắn tên xã, phường giúp.",
        (),
        Outcome.SCREENING,
    )
