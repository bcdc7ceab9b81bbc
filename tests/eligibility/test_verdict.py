"""The order in which outcomes make a verdict, and a figure's days."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.assessment import Verdict, verdict_of
from bot.eligibility.citation import Status
from bot.eligibility.criterion import Outcome
from bot.eligibility.parameter import DatedValue, Parameter
from bot.eligibility.provision import Provision, Wording
from bot.errors import NotInForce


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ("met", "eligible"),
        ("met officer", "needs_officer"),
        ("met officer unknown", "undecided"),
        ("officer unknown not_met met", "not_eligible"),
        ("not_met", "not_eligible"),
        ("unknown", "undecided"),
    ],
)
def test_a_failed_condition_comes_first_then_an_open_one_then_an_officer(outcomes: str, verdict: str) -> None:
    assert verdict_of(Outcome(name) for name in outcomes.split()) is Verdict(verdict)


def a_parameter(*values: DatedValue) -> Parameter:
    return Parameter("p.ceiling", "Trần", "VND", date(2026, 11, 23), values)


OLD = DatedValue(date(2014, 4, 8), 200, "a-1", Status.VERIFIED)
NEW = DatedValue(date(2018, 5, 11), 300, "b-1", Status.VERIFIED)
ENDED = DatedValue(date(2020, 1, 1), None, "b-1", Status.VERIFIED)
NOT_HELD = DatedValue(date(2020, 1, 1), None, "b-1", Status.UNVERIFIED)


def test_a_figure_changes_on_its_first_day() -> None:
    parameter = a_parameter(OLD, NEW)

    assert parameter.on(date(2018, 5, 10)) == OLD
    assert parameter.on(date(2018, 5, 11)) == NEW


def test_there_is_no_figure_before_the_first_day() -> None:
    with pytest.raises(NotInForce):
        a_parameter(OLD).on(date(2014, 4, 7))


def test_a_figure_that_ended_is_not_in_force() -> None:
    with pytest.raises(NotInForce):
        a_parameter(OLD, ENDED).on(date(2020, 1, 1))


def test_a_figure_that_we_do_not_hold_is_unverified_not_an_error() -> None:
    assert a_parameter(OLD, NOT_HELD).on(date(2020, 1, 1)) == NOT_HELD


def test_a_citation_carries_the_day_of_the_wording_that_is_used() -> None:
    first = Wording(date(2012, 7, 5), date(2025, 10, 14), None, Status.VERIFIED, "SEEN", "https://a", "cũ")
    second = Wording(date(2025, 10, 15), None, "235/2025/NĐ-CP", Status.SECONDHAND, "SEEN-EN", "https://b", "mới")
    provision = Provision("nd45-1-2", "45/2012/NĐ-CP", "khoản 2 Điều 1", (first, second))

    assert provision.cite(date(2025, 10, 14)).status is Status.VERIFIED
    assert provision.cite(date(2025, 10, 15)).in_force_from == date(2025, 10, 15)
    with pytest.raises(NotInForce):
        provision.cite(date(2012, 7, 4))
