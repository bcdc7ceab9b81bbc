"""Who belongs to a segment, and that nobody does who has not agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.campaigns.conditions import read_condition
from bot.campaigns.leaves import (
    BecameEligible,
    InPlace,
    InTrade,
    IsRegistered,
    LastContact,
    OnChannel,
    ScreeningIs,
    Speaks,
)
from bot.campaigns.segment import All, AnyOf, Because, Condition, Known, Not, Screening, Segment
from bot.eligibility.assessment import Verdict
from bot.errors import ContentError
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.programmes.source import read_text

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
CHANGED = date(2025, 10, 15)


def verdict(programme: str, day: date) -> Verdict | None:
    """Machinery opened with the change of the law; nothing is known of the rest."""
    if programme != "machinery":
        return None
    return Verdict.ELIGIBLE if day >= CHANGED else Verdict.NOT_ELIGIBLE


def known(**more: object) -> Known:
    told = {
        "places": ("Xã Phú Giáo", "Huyện Phú Giáo"),
        "trade": "handicraft",
        "registered": True,
        "screening": lambda: Screening.UNFINISHED,
        "last_contact": NOW - timedelta(days=10),
        "answers": frozenset({("fair", "later")}),
        "languages": frozenset({"vi"}),
        "channels": frozenset({"telegram"}),
        **more,
    }
    return Known("p", consent=True, day=DAY, now=NOW, verdict=verdict, **told)  # type: ignore[arg-type]


def read(text: str) -> Condition:
    return read_condition(read_text("campaign", text), load_programmes(load_law()))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("place: xa phu giao", True),
        ("place: [Huyện Phú Giáo, Huyện Dầu Tiếng]", True),
        ("place: Xã Phước Hòa", False),
        ("trade: [handicraft]", True),
        ("trade: mining", False),
        ("registered: true", True),
        ("registered: false", False),
        ("verdict: {programme: machinery, is: [eligible, needs_officer]}", True),
        ("verdict: {programme: machinery, is: not_eligible}", False),
        ("verdict: {programme: training, is: eligible}", False),
        ("became_eligible: {programme: machinery, since: 2025-10-14}", True),
        ("became_eligible: {programme: machinery, since: 2025-10-15}", False),
        ("screening: unfinished", True),
        ("screening: [none, finished]", False),
        ("last_contact: {within_days: 10}", True),
        ("last_contact: {within_days: 9}", False),
        ("last_contact: {older_than_days: 9}", True),
        ("last_contact: {older_than_days: 10}", False),
        ("answered: {campaign: fair}", True),
        ("answered: {campaign: fair, how: check}", False),
        ("language: vi", True),
        ("language: en", False),
        ("channel: [telegram, zalo_oa]", True),
        ("channel: zalo_oa", False),
        ("all: [place: Xã Phú Giáo, trade: handicraft]", True),
        ("all: [place: Xã Phú Giáo, trade: mining]", False),
        ("any: [place: Xã Phước Hòa, trade: handicraft]", True),
        ("any: []", False),
        ("all: []", True),
        ("not: {trade: handicraft}", False),
        ("not: {any: [{trade: mining}, {language: en}]}", True),
    ],
)
def test_a_condition_is_read_and_judged(text: str, inside: bool) -> None:
    assert Segment(read(text)).match(known()).inside is inside


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("place: []\nmore: 1", 1, "one condition"),
        ("plce: Xã Phú Giáo", 1, "there is no condition 'plce'"),
        ("all:\n  - trade: pottery", 2, "there is no trade group 'pottery'"),
        ("verdict: {programme: machine, is: eligible}", 1, "there is no programme 'machine'"),
        ("verdict: {programme: machinery, is: approved}", 1, "there is no verdict 'approved'"),
        ("became_eligible: {programme: machinery, since: soon}", 1, "a day such as"),
        ("last_contact: {}", 1, "within_days or older_than_days"),
        ("last_contact: {within_days: many}", 1, "a number was expected"),
        ("not: [trade: mining]", 1, "a mapping was expected"),
        ("not: {not: {not: {not: {not: {not: {not: {not: {not: {not: {all: []}}}}}}}}}}", 1, "inside one another"),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError, match=f"campaign:{line}: .*{said}"):
        read(text)


def test_the_reasons_are_those_that_decide() -> None:
    tree = All((InPlace(("Xã Phú Giáo",)), AnyOf((InTrade(("mining",)), Speaks("vi")))))

    inside, outside = tree.match(known()), tree.match(known(languages=frozenset()))

    assert inside.because == (Because("place", True, ("Xã Phú Giáo",)), Because("language", True, ("vi",)))
    assert outside.because == (Because("trade", False, ("mining",)), Because("language", False, ("vi",)))


def test_who_said_nothing_of_papers_is_neither_registered_nor_not() -> None:
    silent = known(registered=None)

    assert tuple(IsRegistered(value).match(silent).inside for value in (True, False)) == (False, False)


leaves = some.sampled_from(
    [
        InPlace(("Xã Phú Giáo",)),
        InTrade(("mining",)),
        IsRegistered(True),
        BecameEligible("machinery", date(2025, 1, 1)),
        ScreeningIs((Screening.UNFINISHED,)),
        LastContact(within_days=30),
        Speaks("vi"),
        OnChannel(("web",)),
    ]
)
trees = some.recursive(
    leaves,
    lambda inner: (
        some.builds(Not, inner)
        | some.lists(inner, max_size=3).map(lambda parts: All(tuple(parts)))
        | some.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(trees)
def test_nobody_without_consent_is_ever_in(tree: Condition) -> None:
    assert not Segment(tree).match(Known("p", consent=False, day=DAY, now=NOW, verdict=verdict)).inside


@settings(deadline=None)
@given(trees)
def test_not_is_the_other_way_round_for_the_same_reasons(tree: Condition) -> None:
    one, other = tree.match(known()), Not(tree).match(known())

    assert (one.inside, one.because) == (not other.inside, other.because)


@settings(deadline=None)
@given(trees, trees)
def test_and_is_or_turned_inside_out(one: Condition, other: Condition) -> None:
    assert All((one, other)).match(known()).inside is not AnyOf((Not(one), Not(other))).match(known()).inside


def test_every_sample_campaign_can_be_read(tmp_path: Path) -> None:
    from bot.campaigns.book import SAMPLES
    from bot.campaigns.loader import load_campaign

    law = load_law()
    read_now = [load_campaign(path, law, load_programmes(law), DAY)[0].key for path in sorted(SAMPLES.glob("*.yml"))]

    assert read_now == ["hoi-cho", "may-moc", "dang-ky-ho-kinh-doanh", "nhan-hieu", "san-pham-tieu-bieu"]
