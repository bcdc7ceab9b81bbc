"""Putting the next question, or the result when there is none; and putting one again after an interruption."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.turn import Turn
from bot.replies import contact
from bot.replies import screening as words
from bot.replies.asking import ask
from bot.replies.reply import Reply
from bot.screening.draft import last_told
from bot.screening.memory import Task

AWAY = timedelta(minutes=30)
"""After so long without an answer a person is offered to go on, instead of being asked as if nothing had been."""


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


def offer_to_go_on(turn: Turn) -> list[Reply]:
    """For who comes back to an unfinished screening: what was told, and the offer to go on; else nothing.

    The draft is the person's, so it is found again on every channel.
    """
    draft = turn.draft
    told = last_told(turn.services.store.db, turn.person)
    if told is None or turn.services.clock.now() - told < AWAY or not draft.asked or not draft.facts:
        return []
    if turn.services.interview.next_question(draft, turn.day) is None:
        return []
    answered = sum(draft.knows(question) for question in draft.asked)
    turn.note(task=Task.NONE, question=None, offer="resume", misread=0)
    return [words.go_on_where_left(draft.facts, answered + 1)]


def after_answer(turn: Turn) -> list[Reply]:
    """The next question, with a partial result where it is worth showing."""
    turn.note(misread=0)
    interview, draft = turn.services.interview, turn.draft
    replies = go_on(turn)
    asking = any(reply.question for reply in replies)
    told = interview.facts_told(draft)
    if asking and told - draft.partial_shown >= words.PARTIAL_AFTER:
        turn.keep(replace(turn.draft, partial_shown=told))
        return [words.partial(interview.results(draft, turn.day), turn.services.programmes), *replies]
    return replies


def go_on(turn: Turn) -> list[Reply]:
    """The next question, or the result when nothing more can change it."""
    interview, draft = turn.services.interview, turn.draft
    question = interview.next_question(draft, turn.day)
    if question is not None:
        return [put_question(turn, question)]
    turn.note(task=Task.NONE, question=None, offer="pass_lead", misread=0)
    return words.results(interview.results(draft, turn.day), turn.services.programmes, turn.services.law, turn.day)
