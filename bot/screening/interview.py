"""The screening itself: what was told → results → the next question. Rasa and the channels know nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answers.answer import Answer
from bot.answers.facts import read_facts
from bot.answers.lexicon import load
from bot.answers.read import QUESTIONS, read
from bot.eligibility.assessment import Assessment
from bot.eligibility.facts import read_facts as typed_facts
from bot.eligibility.next_question import next_question
from bot.language import fold, normalise
from bot.places import Gazetteer, GazetteerReader, readings_differ
from bot.programmes.assess_lines import assess_programmes, result_json
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.programmes.rules import RulesOn
from bot.screening.answered import is_partial_place, of_range, widest, with_known, without_contradiction
from bot.screening.correction import facts_meant, new_value
from bot.screening.draft import Draft
from bot.screening.implied import (
    LISTED_TRADES,
    kiln_is_open,
    product_named,
    product_of,
    shows_papers,
    with_implied,
    with_kiln,
    with_making,
    without_form,
)

FIRST_QUESTION = "need"
_TELLING = frozenset(
    {"legal_form", "machine.condition", "machine.bought", "machine.line", "own_capital_ready", "place", "employees"}
)
"""Questions whose answers say by themselves what they answer; a bare yes or no never does."""
_OF_A_WISH = ("prior_support_same_item", "own_capital_ready")
"""Questions about the very thing that is wanted: without a wish there is nothing they could be about."""
_LONG_ANSWER = 4
"""Words from which an answer may tell more than it was asked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer came to: a draft with the fact, or readings to choose from, or neither."""

    draft: Draft | None = None
    candidates: tuple[Any, ...] = ()
    others: tuple[str, ...] = ()
    """The questions that were answered instead of the one that was asked."""


class Interview:
    """Judges drafts by the programmes and the law; keeps nothing itself."""

    def __init__(self, programmes: Programmes, law: Law, places: Gazetteer) -> None:
        self._programmes = programmes
        self._law = law
        self._places = places
        self._reader = GazetteerReader()

    # -- judging ---------------------------------------------------------------------------------------------------

    def results(self, draft: Draft, day: date) -> tuple[Assessment, ...]:
        """How every support kind the person wants stands; all of them while the wish is not known."""
        facts = typed_facts(with_implied(draft.facts))
        return assess_programmes(self._wanted(draft), facts, day, self._programmes, self._law)

    def results_as_json(self, draft: Draft, day: date) -> tuple[dict[str, Any], ...]:
        """The results in the shape of the `assess` contract."""
        return tuple(result_json(result) for result in self.results(draft, day))

    def next_question(self, draft: Draft, day: date) -> str | None:
        """What to ask next; None when no answer could change or sharpen a result any more.

        The wish comes first, because it decides what need not be asked at all.
        """
        if not draft.knows(FIRST_QUESTION) and FIRST_QUESTION not in draft.asked:
            return FIRST_QUESTION
        if kiln_is_open(draft) and "product" not in draft.asked:
            return "product"
        wanted = [self._programmes[name] for name in self._wanted(draft)]
        return next_question(
            typed_facts(with_implied(draft.facts)),
            wanted,
            RulesOn(self._law, day),
            self._not_to_ask(draft),
            # Without a wish only what most support kinds share is worth a question.
            shared_only=not draft.facts.get("need"),
        )

    def _wanted(self, draft: Draft) -> tuple[str, ...]:
        wanted = draft.facts.get("need")
        return tuple(wanted) if wanted else tuple(self._programmes)

    def _not_to_ask(self, draft: Draft) -> tuple[str, ...]:
        """Facts already told, or told to be unknown: an answer is never asked for twice."""
        told = (name for name in QUESTIONS if draft.knows(name) and not is_partial_place(name, draft))
        return (*told, *(() if draft.facts.get(FIRST_QUESTION) else _OF_A_WISH))

    # -- taking answers ---------------------------------------------------------------------------------------------

    def read(self, question: str, text: str, day: date) -> Answer:
        """The reading of *text* under *question*."""
        return read(question, text, day, self._reader)

    def take(self, draft: Draft, question: str, text: str, day: date) -> Reading:
        """The draft with the answer to *question*, and with whatever else the same message tells."""
        if question == "product":
            return Reading(with_kiln(draft, text))
        answer = self._named_kind(text) if question == FIRST_QUESTION else None
        answer = answer or self.read(question, text, day)
        before = draft
        if question == "trade_group":
            draft = self._with_work(draft, text, day)
        if not answer.understood:
            # "Thu mua mủ bán lại" names no trade, but says that nothing is made.
            return Reading(draft) if draft != before else self._answer_to_another(draft, question, text, day)
        if answer.unknown:
            return Reading(draft.with_fact(question, None))
        draft = self._with_what_else_is_told(draft, question, text, day)
        value = answer.value
        if question == "trade_group" and answer.candidates and set(answer.candidates) <= LISTED_TRADES:
            # Two trades of the list are as good as one: which of them it is changes no result.
            value = answer.candidates[0]
        if answer.candidates and value is None:
            if question == "place" and not readings_differ(answer.candidates):
                return Reading(with_known(draft, question, widest(answer.candidates)))
            return Reading(candidates=answer.candidates)
        return Reading(self.answered(draft, question, value if value is not None else of_range(question, answer.range)))

    def _named_kind(self, text: str) -> Answer | None:
        """The wish, where the short name of a support kind stands in *text* that the reader of answers never met."""
        folded = fold(normalise(text))
        unmet = [kind for kind in self._programmes.values() if kind.id not in load("choices")[FIRST_QUESTION]]
        named = [kind.id for kind in unmet if fold(kind.short) in folded]
        return Answer(understood=True, value=named) if named else None

    def answered(self, draft: Draft, question: str, value: Any) -> Draft:
        """The draft with the *value* that was read, or chosen by a button, under *question*."""
        if question == "product" and isinstance(value, str):
            return with_kiln(draft, value)
        draft = with_known(draft, question, value)
        return with_making(draft) if question == "trade_group" else draft

    @staticmethod
    def whichever(draft: Draft, question: str, candidates: tuple[Any, ...]) -> Draft:
        """The draft with an answer of several readings that the person cannot tell apart: an officer sees which it is."""
        if question != "place":
            return draft.with_fact(question, None)
        return with_known(draft, "place", {**widest(candidates), "unit_type": None}).with_fact("place.unit_type", None)

    def _with_work(self, draft: Draft, text: str, day: date) -> Draft:
        """The draft with what an answer about products tells of who makes them, and of what they are."""
        activity = self.read("activity", text, day).value
        if activity is not None and not draft.knows("activity"):
            draft = draft.with_fact("activity", activity)
        product = product_named(text)
        return draft if product is None else draft.with_fact("product", product)

    def _answer_to_another(self, draft: Draft, question: str, text: str, day: date) -> Reading:
        """The draft with the answer to a question that was not asked, where only one can be meant or several are told."""
        if self.read("yes_no", text, day).understood:
            return Reading()
        open_questions = {name for result in self.results(draft, day) for name in result.missing} & _TELLING
        readings = {name: self.read(name, text, day) for name in open_questions - {question}}
        told = {name: answer.value for name, answer in readings.items() if answer.value is not None}
        # "Xưởng em làm gốm ở Phú Giáo, 8 thợ" tells several things for certain, whatever was asked.
        free = {name: value for name, value in read_facts(text, day, self._reader).items() if not draft.knows(name)}
        if len(free) > 1:
            told = free
        elif len(told) != 1:
            return Reading()
        for name, value in told.items():
            draft = with_known(draft, name, value)
        if "product" in told and not draft.knows("activity"):
            draft = self._with_making_told(draft, text, day)
        return Reading(draft, others=tuple(told))

    def _with_what_else_is_told(self, draft: Draft, question: str, text: str, day: date) -> Draft:
        """The draft with what a long answer tells besides: "hộ kinh doanh, có giấy từ 2019" answers two questions.

        What was told before is left as it is.
        """
        if len(text.split()) < _LONG_ANSWER:
            return draft
        told = {name: value for name, value in read_facts(text, day, self._reader).items() if name != "need"}
        if question == "legal_form" and isinstance(papers := self.read("registered", text, day).value, bool):
            told["registered"] = papers
        # "Có giấy từ 2019" is about papers, not about making paper.
        papers_only = question in {"legal_form", "registered"} and "giấy" in str(told.get("product"))
        for name, value in told.items():
            about_papers = papers_only and name in {"trade_group", "product", "activity"}
            if name != question and not about_papers and not draft.knows(name):
                draft = with_known(draft, name, value)
        making = "product" in told and not papers_only and not draft.knows("activity")
        return self._with_making_told(draft, text, day) if making else draft

    def _with_making_told(self, draft: Draft, text: str, day: date) -> Draft:
        """The draft with making, where a product was told of the person's own workshop: "xưởng em làm gốm"."""
        makes = self.read("activity", without_form(text), day).value == "manufactures"
        return draft.with_fact("activity", "manufactures") if makes else draft

    def take_from_text(self, draft: Draft, text: str, day: date, *, own: bool = False) -> Draft:
        """The draft with every fact that a free message tells for certain; *own*, of what it asks about too."""
        told = read_facts(text, day, self._reader, own=own)
        for name, value in told.items():
            draft = with_known(draft, name, value)
        if "place" not in told:
            named = self._reader.read(text, day)
            # A name that an old and a new unit share is taken when it makes no difference which is meant.
            if named.candidates and not readings_differ(named.candidates):
                draft = with_known(draft, "place", widest(named.candidates))
        if "product" in told and not draft.knows("activity"):
            draft = self._with_making_told(draft, text, day)
            draft = draft.with_fact("product", product_of(told["product"], text))
        if "legal_form" in told and "registered" not in told and shows_papers(text):
            draft = draft.with_fact("registered", True)
        return draft

    def told_in(self, text: str, day: date, *, own: bool = False) -> Mapping[str, Any]:
        """Every fact that a free message tells for certain; *own*, of what it asks about too."""
        return self.take_from_text(Draft("", {}), text, day, own=own).facts

    def correct(self, draft: Draft, text: str, day: date) -> Draft | None:
        """The draft with what *text* changes; None when it does not say what, or to what.

        The fact that is named closest counts; what a free message tells for certain only where none is named.
        """
        for name in facts_meant(text, draft):
            for words in dict.fromkeys((new_value(text), text)):
                reading = self.take(draft.without_fact("activity") if name == "activity" else draft, name, words, day)
                corrected = reading.draft
                if corrected is None or reading.others or not corrected.knows(name):
                    continue
                if corrected.fact(name) is not None and corrected.facts != draft.facts:
                    return self._in_accord(corrected, name, text, day)
        changed = draft
        for name, value in read_facts(text, day, self._reader).items():
            if name != "need" and (not draft.knows(name) or draft.fact(name) != value):
                changed = with_known(changed, name, value)
        return changed if changed.facts != draft.facts else None

    def _in_accord(self, draft: Draft, changed: str, text: str, day: date) -> Draft:
        """The draft without what the *changed* fact contradicts, and with what the same message tells of it."""
        draft = without_contradiction(draft, changed)
        for name, value in read_facts(text, day, self._reader).items():
            if name != "need" and not draft.knows(name):
                draft = with_known(draft, name, value)
        return draft

    def place_at(self, latitude: float, longitude: float) -> dict[str, Any] | None:
        """The unit in which a position lies, as the `place` fact holds it."""
        unit = self._places.unit_by_location(latitude, longitude)
        if unit is None:
            return None
        return {"old": None, "new_unit": unit.name, "unit_type": unit.unit_type, "province": unit.province}

    @staticmethod
    def facts_told(draft: Draft) -> int:
        """How many questions were answered or told unasked."""
        return sum(draft.knows(name) for name in QUESTIONS if "." not in name or name.split(".")[0] != "place")
