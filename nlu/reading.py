"""Whether a text answers the question that is open, or is about something else."""

from __future__ import annotations

import re
from datetime import date

from bot.answers.read import QUESTIONS, read
from bot.language import fold, normalise
from bot.places import GazetteerReader

# Contact questions are read by the contact action; any text may be a name.
FREE_TEXT = {"name", "product"}
# Whether a text can be read does not depend on the day; only which units exist does.
_ANY_DAY = date(2026, 1, 1)

# Intents that interrupt a question: a text that the vote gives to one of them is not forced into an answer.
_ASKING = re.compile(
    r"\b(bao nhieu|the nao|lam sao|nhu nao|ra sao|thi sao|khi nao|bao gio|bao lau|o dau|gi vay|la gi|tai sao|vi sao|sao hoi"
    r"|co duoc khong|duoc khong|co phai|phai khong|dung khong|duoc ho tro khong|dc ko|dc k|duoc k)\b|\?\s*$"
)


def asks_back(text: str) -> bool:
    """Whether *text* has the form of a question."""
    return bool(_ASKING.search(fold(normalise(text))))


def is_an_answer(
    question: str, text: str, *, intent: str | None, confidence: float, yield_above: float, keep_above: float
) -> bool:
    """Whether *text* should be taken as the answer to *question*, given how the vote named it.

    A readable answer stands unless the vote is nearly sure of something else, or the text itself asks.
    An unreadable text is still an answer (and will be asked again) when the vote is not sure either.
    """
    if question == "consent":
        question = "yes_no"
    # What is made and whether it is made are asked in one question.
    asked = (question, "activity") if question == "trade_group" else (question,)
    readable = any(name in QUESTIONS and read(name, text, _ANY_DAY, GazetteerReader()).understood for name in asked)
    if readable:
        return not (
            asks_back(text) and confidence >= keep_above and intent not in {"affirm", "deny", "answer"}
        ) and not (confidence >= yield_above and intent in _STRONG)
    if question in FREE_TEXT:
        return confidence < yield_above or intent not in _STRONG
    return intent in {None, "answer", "affirm", "deny"} or confidence < keep_above


_STRONG = {
    "ask_policy",
    "ask_why",
    "correct_answer",
    "go_back",
    "skip_question",
    "summary",
    "pause",
    "start_over",
    "handover",
    "ask_status",
    "opt_out",
    "erase_data",
    "help",
    "abuse",
}
