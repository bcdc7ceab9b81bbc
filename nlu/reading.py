"""Whether a text answers the question that is open, or is about something else."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise

from bot.answers.consent import agrees_to_contact_only
from bot.answers.read import QUESTIONS, read
from bot.language import fold, nfc, normalise
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


def says_nothing(text: str) -> bool:
    """Whether *text* is signs, digits and lone letters only: it may answer a question, it asks none."""
    return not any(one.isalpha() and following.isalpha() for one, following in pairwise(nfc(text)))


def is_foreign(text: str) -> bool:
    """Whether *text* is English, or in a script that Vietnamese is not written in."""
    letters = [letter for letter in text if letter.isalpha()]
    strange = sum(not unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in letters)
    if letters and strange > _FOREIGN_SHARE * len(letters):
        return True
    said = nfc(text).lower()
    if said != fold(said):
        return False
    words = re.findall(r"[a-z']+", said)
    english = sum(word in _ENGLISH for word in words)
    return english >= _ENGLISH_WORDS and english > sum(word in _BARE_VIETNAMESE for word in words)


def is_an_answer(
    question: str, text: str, *, intent: str | None, confidence: float, yield_above: float, keep_above: float
) -> bool:
    """Whether *text* should be taken as the answer to *question*, given how the vote named it.

    A readable answer stands unless the vote is nearly sure of something else, or the text itself asks.
    An unreadable text is still an answer (and will be asked again) when the vote is not sure either.
    """
    if question == "consent":
        if agrees_to_contact_only(text):
            return True
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


_FOREIGN_SHARE = 0.5
_ENGLISH_WORDS = 2
# Words that nobody types in a Vietnamese sentence, and such as stand in nearly every one typed without diacritics.
_ENGLISH = frozenset(
    """
    what how who where when why which is are was were am have has had will would could should please thank thanks you
    your yours we our they their this that these those with for from and or of not get give tell want need help hello
    support business company money government apply application loan much many does did it its i i'm it's don't know
    about any there here grant funding factory machine equipment small owner english speak talk write make like just
    ignore previous instructions system prompt answer question best day today my the
    """.split()  # noqa: SIM905
)
_BARE_VIETNAMESE = frozenset(
    """
    khong ko hong hok k duoc dc mua cho cua toi tui minh em anh chi xuong tro gi nao voi hoi lam muon can nha nhe vay
    sao bao nhieu phai thi va ma con roi nay kia nguoi o dau chinh sach ho so giay to la co nuoc
    """.split()  # noqa: SIM905
)

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
    "steer_bot",
}
