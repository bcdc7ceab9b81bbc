"""Questions about the policy, and everything that is nothing else: an answer told late, a case, a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.asking import put_again
from actions.correcting import late_answer, pressed_late
from actions.doubt import doubt, offer_a_person
from actions.explaining import (
    Found,
    asked_by_heart,
    explain,
    explanation,
    look_up,
    put_right,
    rather_a_question,
)
from actions.learning import meant
from actions.scope import OURS
from actions.screening import go_on_with_noted as go_on_with_screening
from actions.turn import BotAction, Turn
from bot.answers.said import hear
from bot.answers.unknown import asks
from bot.language import fold, normalise
from bot.replies.asking import why
from bot.replies.reply import Reply
from bot.replies.smalltalk import stale_button, steady
from bot.screening.memory import Task
from nlu.reading import asks_back, is_foreign, says_nothing

_WHO = frozenset({"product", "legal_form", "place", "employees"})
_MAY_I = re.compile(
    r"\b(?:duoc|huong|dien|xin)\b.*\b(?:khong|ko|k|hong|hok|chua|a|ha)\b|\b(?:co|thi|thuoc) (?:duoc|dien|xin|huong)\b"
)
"""Asks whether one may have it: "có được không", "thuộc diện không", "xin được gì không"."""
TOLD_OF_A_CASE = 2
"""Facts about the workshop besides the wish: of our topics' 2,500 example questions, one tells as much."""


class ExplainPolicy(BotAction):
    """Answers a question about the policy."""

    called = "action_explain_policy"

    def replies(self, turn: Turn) -> list[Reply]:
        """One answer per part of the question, then the open question again."""
        topic = turn.data.get("topic")
        if isinstance(topic, str) and topic in turn.services.topics:
            meant(turn, topic)
            return [explain(turn, topic, long=bool(turn.data.get("long"))), *put_again(turn)]
        return answer(turn)


class DeclineTopic(BotAction):
    """The classifier says that this is not khuyến công; the search may know better."""

    called = "action_decline_topic"

    def replies(self, turn: Turn) -> list[Reply]:
        """Answers after all, or says kindly that it is outside."""
        return answer(turn)


class StaySteady(BotAction):
    """Somebody wants the bot to drop its rules, or to show what is not theirs."""

    called = "action_stay_steady"

    def replies(self, turn: Turn) -> list[Reply]:
        """Answers after all when it is a question of ours, or says that this is not done here."""
        return rather_a_question(turn) or [steady(english=is_foreign(turn.text)), *put_again(turn)]


class DefaultFallback(BotAction):
    """No intent was sure enough."""

    called = "action_default_fallback"

    def replies(self, turn: Turn) -> list[Reply]:
        """The policy answer when the search is sure of one, else the doubt is spoken."""
        if turn.data.get("none_of_these"):
            return [offer_a_person(turn), *put_again(turn)]
        return answer(turn)


class ExplainWhy(BotAction):
    """Why a question is asked, with the article."""

    called = "action_explain_why"

    def replies(self, turn: Turn) -> list[Reply]:
        """The reason, then the question again."""
        if turn.memory.question is None:
            return answer(turn)  # "còn máy cũ thì sao?" asks about the policy, not about a question of ours
        return [why(turn.memory.question, turn.day, turn.services.law), *put_again(turn)]


def answer(turn: Turn) -> list[Reply]:
    """What a message that is nothing else comes to: told late, a case to screen, or a question; then what was open."""
    if instead := _no_question(turn):
        return instead
    found = look_up(turn)
    if turn.memory.task is Task.NONE and not found.sure and (own := _own_case(turn, found)):
        _keep_what_is_new(turn, own)
        return go_on_with_screening(turn)
    return [*explanation(turn, found), *put_again(turn)]


def _no_question(turn: Turn) -> list[Reply]:
    """What is said to a message that asks nothing new: signs, a missed answer put right, a case told; else nothing.

    Without a text it is a button of ours whose time is over.
    """
    if not turn.text:
        return pressed_late(turn) or [stale_button(), *put_again(turn)]
    if says_nothing(turn.text):
        return [doubt(turn, ()), *put_again(turn)]
    if instead := put_right(turn) or (late_answer(turn) if turn.memory.task is Task.NONE else []):
        return instead
    if turn.memory.task is not Task.NONE:
        return []
    told = turn.services.interview.told_in(turn.text, turn.day)
    # A message may tell of the workshop ("dntn của tôi làm khuôn mẫu, muốn …"): a screening begun later knows it.
    new = _keep_what_is_new(turn, told)
    # "xã Phú Giáo" with no question open is said for a reason: it is noted, and the next thing asked.
    answers = bool(told) and turn.intent == "answer" and not asks_back(turn.text) and not asked_by_heart(turn)
    return go_on_with_screening(turn) if answers or (new and _tells_a_case(turn.text, told)) else []


def _keep_what_is_new(turn: Turn, told: Mapping[str, Any]) -> bool:
    """Adds to the draft what nobody had told before; whether there was anything."""
    draft = turn.draft
    added = draft.with_new(told)
    if added == draft:
        return False
    turn.keep(added)
    return True


def _own_case(turn: Turn, found: Found) -> Mapping[str, Any]:
    """What "hợp tác xã làm bánh ở Long Hòa có được không" tells of the person's own case; nothing when it is no such thing."""
    if not _MAY_I.search(fold(normalise(turn.text))):
        return {}
    told = turn.services.interview.told_in(turn.text, turn.day, own=True)
    who = _WHO & told.keys()
    # A text that may well be outside must tell more than a trade or a place.
    return told if len(who) >= (1 if found.ours >= OURS else TOLD_OF_A_CASE) else {}


def _tells_a_case(text: str, told: Mapping[str, Any]) -> bool:
    """Whether a message states who somebody is and what they want and asks nothing: it is a case, not a question."""
    return len(_WHO & told.keys()) >= TOLD_OF_A_CASE and "need" in told and not asks_back(text) and not asks(hear(text))
