"""The screening: begin, take an answer, skip one, pause and go on, show the result and the papers."""

from __future__ import annotations

from actions.asking import after_answer, go_on, offer_to_go_on, put_again
from actions.contact import erase_now
from actions.contact import go_on as go_on_with_contact
from actions.correcting import chosen
from actions.explaining import figure_asked, put_right, rather_a_question, second_thoughts
from actions.learning import not_understood
from actions.turn import BotAction, Turn
from bot.knowledge.question import asks_how_much
from bot.replies import asking, smalltalk
from bot.replies import screening as words
from bot.replies.reply import Reply
from bot.review import Reason
from bot.screening.draft import delete_draft
from bot.screening.memory import Task

ASKED_WHICH = 2
"""Times that one asks which of several places is meant, before it is left to an officer."""


class BeginScreening(BotAction):
    """The person wants to know what their own workshop may get."""

    called = "action_begin_screening"

    def replies(self, turn: Turn) -> list[Reply]:
        """Takes what the message already tells, answers what it asks on the way, then asks what settles most."""
        if right := put_right(turn):
            return right
        before = turn.draft
        draft = turn.services.interview.take_from_text(before, turn.text, turn.day)
        if (
            draft.facts == before.facts
            and not turn.data
            and (instead := offer_to_go_on(turn) or rather_a_question(turn))
        ):
            return instead
        if isinstance(needed := turn.data.get("programmes"), list):
            draft = draft.with_fact("need", needed)
        turn.keep(draft)
        # "mua máy ép gỗ được mấy phần trăm": the share first, then whether this workshop may have it.
        told = figure_asked(turn) if asks_how_much(turn.text) else []
        return [*told, *go_on_with_noted(turn)]


def go_on_with_noted(turn: Turn) -> list[Reply]:
    """What was understood so far, then the next question."""
    told = words.noted(turn.draft.facts)
    return [*([told] if told else []), *go_on(turn)]


class TakeAnswer(BotAction):
    """The answer to the open question."""

    called = "action_take_answer"

    def replies(self, turn: Turn) -> list[Reply]:
        """Keeps it and goes on; asks again, differently, when it cannot be read."""
        question = str(turn.data.get("question") or turn.memory.question or "")
        interview, draft = turn.services.interview, turn.draft
        if not question:
            return [smalltalk.not_understood()]
        if "value" in turn.data:
            taken = chosen(turn, draft, question)
        else:
            reading = interview.take(draft, question, turn.text, turn.day)
            if reading.candidates and turn.memory.misread < ASKED_WHICH:
                turn.note(misread=turn.memory.misread + 1)
                return [asking.which(question, reading.candidates)]
            if reading.candidates:
                turn.keep(interview.whichever(draft, question, reading.candidates))
                return after_answer(turn)
            if reading.draft is None:
                return [_again(turn, question)]
            taken = reading.draft
            if reading.others:
                turn.keep(taken)
                turn.note(misread=0)
                return [words.noted_besides(reading.others, taken.facts), *go_on(turn)]
        turn.keep(taken)
        if turn.memory.task is not Task.SCREENING:
            turn.note(task=Task.SCREENING)
        return after_answer(turn)


def _again(turn: Turn, question: str) -> Reply:
    """The question once more, in other words the second time."""
    turn.note(misread=turn.memory.misread + 1)
    reply = asking.not_read(question, turn.draft.facts, times=turn.memory.misread)
    return not_understood(turn, Reason.UNREAD, ("answer",), reply=reply, offer=False)


class SkipQuestion(BotAction):
    """The person would rather not answer."""

    called = "action_skip_question"

    def replies(self, turn: Turn) -> list[Reply]:
        """Goes on honestly: what is not known is for an officer."""
        question = turn.memory.question
        if question is None:
            return second_thoughts(turn) or [smalltalk.help_text()]
        if turn.memory.task is Task.CONTACT:
            turn.note(task=Task.NONE, question=None)
            return [words.contact_skipped()]
        turn.keep(turn.draft.with_fact(question, None))
        return after_answer(turn)


class ShowSummary(BotAction):
    """What was told, and how it stands."""

    called = "action_show_summary"

    def replies(self, turn: Turn) -> list[Reply]:
        """The facts and the result so far, then the open question."""
        draft = turn.draft
        if not draft.facts:
            return second_thoughts(turn) or [words.nothing_told()]
        results = turn.services.interview.results(draft, turn.day)
        asked = str(turn.data.get("programme") or "")
        one = words.one_result(results, asked, turn.services.programmes, turn.services.law) if asked else None
        if one is not None:
            return [one, *put_again(turn)]
        return [words.summary(draft.facts, results, turn.services.programmes), *put_again(turn)]


class Pause(BotAction):
    """Later."""

    called = "action_pause"

    def replies(self, turn: Turn) -> list[Reply]:
        """Keeps everything."""
        turn.note(task=Task.NONE, question=None, offer="resume")
        return [words.paused()]


class Resume(BotAction):
    """On with what was begun."""

    called = "action_resume"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says what is known and asks the next question."""
        draft = turn.draft
        if not draft.facts:
            return second_thoughts(turn) or [words.nothing_told()]
        noted = words.noted(draft.facts)
        return [*([noted] if noted else []), *go_on(turn)]


class StartOver(BotAction):
    """Everything anew."""

    called = "action_start_over"

    def replies(self, turn: Turn) -> list[Reply]:
        """Forgets the draft and asks the first question."""
        delete_draft(turn.services.store.db, turn.person)
        turn.note(task=Task.NONE, question=None, offer=None, misread=0)
        return [words.started_over(), *go_on(turn)]


class ListDocuments(BotAction):
    """The papers for what the person wants."""

    called = "action_list_documents"

    def replies(self, turn: Turn) -> list[Reply]:
        """Merged over the support kinds that are still possible."""
        if not turn.draft.facts and (asked := rather_a_question(turn)):
            return asked
        results = turn.services.interview.results(turn.draft, turn.day)
        return [words.documents(results, turn.services.programmes), *put_again(turn)]


class UseLocation(BotAction):
    """A shared position."""

    called = "action_use_location"

    def replies(self, turn: Turn) -> list[Reply]:
        """The unit it lies in is taken as the place; somebody who only speaks of sending it is told how."""
        if "latitude" not in turn.data:
            return [asking.how_to_share_a_place(), *put_again(turn)]
        place = turn.services.interview.place_at(float(turn.data["latitude"]), float(turn.data["longitude"]))
        if place is None:
            return [asking.place_not_here(), *put_again(turn)]
        turn.keep(turn.services.interview.answered(turn.draft, "place", place))
        if turn.memory.task is Task.CONTACT:
            return [asking.place_taken(place), *go_on_with_contact(turn)]
        return [asking.place_taken(place), *after_answer(turn)]


class ReactToOffer(BotAction):
    """A bare yes or no when no question is open: it answers what was offered last."""

    called = "action_react_to_offer"

    def replies(self, turn: Turn) -> list[Reply]:
        """Does it, or lets it be."""
        offer, agreed = turn.memory.offer, turn.intent == "affirm"
        turn.note(offer=None)
        if offer == "erase":
            return [erase_now(turn)] if agreed else [smalltalk.kept()]
        if not agreed:
            told_so = (
                words.what_to_correct(turn.draft.facts) if offer == "resume" else smalltalk.ask_again_in_own_words()
            )
            return put_right(turn) or [told_so]
        if offer in {"handover", "pass_lead"}:
            return go_on_with_contact(turn)
        if offer == "resume":
            return go_on(turn)
        return [smalltalk.help_text()]
