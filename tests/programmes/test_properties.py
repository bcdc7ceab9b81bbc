"""What must hold for any answers at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.eligibility.assessment import Verdict, assess
from bot.eligibility.criterion import Outcome
from bot.eligibility.facts import FACTS, Facts, Kind
from bot.eligibility.next_question import next_question
from bot.programmes.assess_lines import assess_programmes
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import Law, load_law
from bot.programmes.rules import RulesOn

TODAY = date(2026, 11, 23)
SIZES_FROM = date(2021, 10, 15)
"""First day of the size limits; before it an enterprise cannot be judged and the engine says so."""
MONEY_FROM = date(2014, 10, 21)
"""First day on which we hold rules for every support kind: the circular on typical products came last."""
NUMBERS = {
    "employees": (0, 8, 200, 201),
    "annual_revenue": (10**9, 200 * 10**9, 200 * 10**9 + 1),
    "total_capital": (10**9, 100 * 10**9, 100 * 10**9 + 1),
}
TEXTS = {
    "product": ("gốm", "gạch nung lò vòng", "gạch đất sét nung"),
    "place.province": ("Tỉnh Tây Ninh", "Thành phố Hồ Chí Minh"),
}


def values_of(name: str) -> st.SearchStrategy[Any]:
    spec = FACTS[name]
    by_kind = {
        Kind.NUMBER: NUMBERS.get(name, (1, 599_999_999, 600_000_000, 5 * 10**9)),
        Kind.TEXT: TEXTS.get(name, ("x",)),
        Kind.TIME: ("urgent", "can_wait", ("2027-01-01", "2027-03-31")),
    }
    return st.sampled_from([None, *by_kind.get(spec.kind, spec.choices)])


NAMES = [name for name in FACTS if name != "need"]
SOME_FACTS = st.fixed_dictionaries({}, optional={name: values_of(name) for name in NAMES}).map(Facts)
LAW: Law = load_law()
PROGRAMMES: Programmes = load_programmes(LAW)
RULES = RulesOn(LAW, TODAY)


@settings(max_examples=150, deadline=None)
@given(SOME_FACTS, st.data())
def test_one_more_answer_never_reopens_what_was_settled(facts: Facts, data: st.DataObject) -> None:
    unasked = [name for name in NAMES if name not in facts.values]
    if not unasked:
        return
    name = data.draw(st.sampled_from(unasked))
    more = facts.with_fact(name, data.draw(values_of(name)))

    for programme in PROGRAMMES.values():
        before, after = assess(programme, facts, RULES), assess(programme, more, RULES)
        if before.verdict is not Verdict.UNDECIDED:
            assert after.verdict is not Verdict.UNDECIDED
        if before.verdict is Verdict.NOT_ELIGIBLE:
            assert after.verdict is Verdict.NOT_ELIGIBLE
        failed = {f.criterion for f in before.findings if f.outcome is Outcome.NOT_MET}
        assert failed <= {f.criterion for f in after.findings if f.outcome is Outcome.NOT_MET}


@settings(max_examples=50, deadline=None)
@given(SOME_FACTS, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(facts: Facts, random: Any) -> None:
    shuffled = list(facts.values.items())
    random.shuffle(shuffled)

    assert assess_programmes(PROGRAMMES, facts, TODAY, PROGRAMMES, LAW) == assess_programmes(
        PROGRAMMES, Facts(dict(shuffled)), TODAY, PROGRAMMES, LAW
    )


@settings(max_examples=80, deadline=None)
@given(SOME_FACTS, st.integers(0, (TODAY - SIZES_FROM).days))
def test_no_day_since_the_size_limits_raises(facts: Facts, days: int) -> None:
    results = assess_programmes(PROGRAMMES, facts, SIZES_FROM + timedelta(days=days), PROGRAMMES, LAW)

    assert len(PROGRAMMES) == len(results)


@settings(max_examples=80, deadline=None)
@given(SOME_FACTS, st.integers(0, (TODAY - MONEY_FROM).days))
def test_a_household_can_be_judged_on_any_day_since_every_kind_has_rules(facts: Facts, days: int) -> None:
    household = facts.with_fact("legal_form", "household_business")

    results = assess_programmes(PROGRAMMES, household, MONEY_FROM + timedelta(days=days), PROGRAMMES, LAW)

    assert len(PROGRAMMES) == len(results)


@settings(max_examples=100, deadline=None)
@given(SOME_FACTS)
def test_facts_are_missing_exactly_while_nothing_is_decided(facts: Facts) -> None:
    for result in assess_programmes(PROGRAMMES, facts, TODAY, PROGRAMMES, LAW):
        assert bool(result.missing) is (result.verdict is Verdict.UNDECIDED)
        assert len(set(result.citations)) == len(result.citations)


@settings(max_examples=100, deadline=None)
@given(SOME_FACTS)
def test_support_is_never_above_share_or_ceiling_nor_there_for_the_ineligible(facts: Facts) -> None:
    for result in assess_programmes(PROGRAMMES, facts, TODAY, PROGRAMMES, LAW):
        if result.support is None:
            continue
        assert result.verdict is not Verdict.NOT_ELIGIBLE
        assert result.support.amount <= result.support.ceiling
        assert result.support.amount * 100 <= result.support.price * result.support.share


def test_nothing_asked_is_never_a_yes_or_a_no() -> None:
    for result in assess_programmes(PROGRAMMES, Facts({}), TODAY, PROGRAMMES, LAW):
        assert result.verdict is Verdict.UNDECIDED
        outcomes = {f.criterion: f.outcome for f in result.findings if f.outcome is not Outcome.UNKNOWN}
        assert set(outcomes) <= {"eligible_item", "timing", "law_abiding", "always_officer"}


def test_knowing_nothing_when_asked_is_for_an_officer() -> None:
    asked = Facts(dict.fromkeys(NAMES))

    verdicts = {result.verdict for result in assess_programmes(PROGRAMMES, asked, TODAY, PROGRAMMES, LAW)}

    assert {Verdict.NEEDS_OFFICER} == verdicts


@settings(max_examples=60, deadline=None)
@given(SOME_FACTS, st.lists(st.sampled_from(list(PROGRAMMES)), min_size=1, max_size=4, unique=True), st.data())
def test_asking_on_settles_every_programme_without_asking_twice(
    facts: Facts, need: list[str], data: st.DataObject
) -> None:
    programmes = [PROGRAMMES[name] for name in need]
    asked: list[str] = []
    while (name := next_question(facts, programmes, RULES, asked)) is not None:
        assert name not in asked
        asked.append(name)
        if name == "place":
            for part in ("place.unit_type", "place.province"):
                facts = facts.with_fact(part, data.draw(values_of(part)))
        else:
            facts = facts.with_fact(name, data.draw(values_of(name)))

    assert Verdict.UNDECIDED not in {assess(programme, facts, RULES).verdict for programme in programmes}
