"""Answers that change: one is corrected, told late, or asked for again."""

from __future__ import annotations

from actions.asking import go_on, put_again, put_question
from actions.explaining import put_right, second_thoughts
from actions.turn import BotAction, Turn
from bot.replies import screening as words
from bot.replies.reply import Reply
from bot.screening.draft import Draft
from bot.screening.memory import Task


class CorrectAnswer(BotAction):
    """One answer changes, the rest stays."""

    called = "action_correct_answer"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says what was changed and what that changed in the result."""
        # With no question open, what is put right is the answer given last: "không phải, ý em là nhãn hiệu".
        if turn.memory.task is Task.NONE and (right := put_right(turn)):
            return right
        draft = turn.draft
        corrected = turn.services.interview.correct(draft, turn.text, turn.day)
        if corrected is None:
            return put_right(turn) or [words.what_to_correct(draft.facts), *put_again(turn)]
        return _changed(turn, draft, corrected)


def late_answer(turn: Turn) -> list[Reply]:
    """An answer when no question is open changes or completes what was told in the screening; nothing when it cannot."""
    draft = turn.draft
    if turn.intent != "answer" or not draft.asked:
        return []
    changed = turn.services.interview.correct(draft, turn.text, turn.day)
    return [] if changed is None else _changed(turn, draft, changed)


def pressed_late(turn: Turn) -> list[Reply]:
    """The button of an answer to a question that is not open any more: it still says what it says.

    Nothing when that is known already, or when it is another button.
    """
    draft, question = turn.draft, turn.data.get("question")
    if turn.intent != "answer" or not isinstance(question, str) or "value" not in turn.data or not draft.asked:
        return []
    changed = chosen(turn, draft, question)
    return [] if changed.facts == draft.facts else _changed(turn, draft, changed)


def chosen(turn: Turn, draft: Draft, question: str) -> Draft:
    """The draft with what the pressed button answers to *question*, and with what goes with that."""
    taken = turn.services.interview.answered(draft, question, turn.data["value"])
    for name, value in dict(turn.data.get("also") or {}).items():
        taken = taken.with_fact(name, value)
    return taken


def _changed(turn: Turn, was: Draft, now: Draft) -> list[Reply]:
    """What is different now, then what was going on."""
    interview = turn.services.interview
    before, after = interview.results(was, turn.day), interview.results(now, turn.day)
    turn.keep(now)
    said = words.corrected(was.facts, now.facts, before, after, turn.services.programmes)
    if turn.memory.task is Task.CONTACT:
        return [said, *put_again(turn)]
    same = [result.verdict for result in before] == [result.verdict for result in after]
    finished = interview.next_question(now, turn.day) is None
    # A result that was shown and did not change is not read out again.
    return [said] if same and finished and turn.memory.task is Task.NONE else [said, *go_on(turn)]


class GoBack(BotAction):
    """The question before, again."""

    called = "action_go_back"

    def replies(self, turn: Turn) -> list[Reply]:
        """Forgets the last answer and asks for it again."""
        draft = turn.draft
        earlier = [name for name in draft.asked if name != turn.memory.question and draft.knows(name)]
        if not earlier and not draft.asked and (instead := second_thoughts(turn)):
            return instead
        if not earlier:
            return [words.nothing_before(), *put_again(turn)]
        turn.keep(draft.without_fact(earlier[-1]))
        return [put_question(turn, earlier[-1])]
