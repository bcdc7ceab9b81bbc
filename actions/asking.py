"""Putting a question, and putting it again after an interruption."""

from __future__ import annotations

from actions.turn import Turn
from bot.replies import contact
from bot.replies.reply import Reply
from bot.replies.screening import ask
from bot.screening.memory import Task


def put_question(turn: Turn, question: str) -> Reply:
    """Asks for *question* and remembers that its answer is awaited."""
    turn.note(task=Task.SCREENING, question=question, misread=0)
    draft = turn.draft
    if question not in draft.asked:
        turn.keep(draft.having_asked(question))
    return ask(question, draft.facts)


def put_again(turn: Turn) -> list[Reply]:
    """The open question once more; nothing when none is open."""
    question = turn.memory.question
    if question is None:
        return []
    if turn.memory.task is Task.CONTACT:
        return [contact.ask(question)]
    if turn.memory.task is Task.SCREENING:
        return [ask(question, turn.draft.facts)]
    return []
