"""When a recipient gets the message: properties that hold for every person at every moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.campaigns.campaign import Campaign
from bot.campaigns.decision import Send, Skip, Standing, Wait, Why, decide
from bot.campaigns.life import TRANSITIONS, Event, State, advance
from bot.campaigns.manners import DAYTIME, is_late, may_disturb, wants
from bot.clock import VIETNAM
from bot.errors import TransitionRefused

moments = some.integers(0, 60 * 24 * 700).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
topics = some.sampled_from(["machinery", "fair_domestic", "general"])
campaigns = some.builds(
    lambda topic, until, days: Campaign("k", "t", topic, None, "x", valid_until=until, days_between=days),
    topics,
    some.none() | some.dates(date(2026, 1, 1), date(2027, 12, 1)),
    some.integers(1, 30),
)
standings = some.builds(
    Standing,
    consent=some.booleans(),
    reachable=some.booleans(),
    window_open=some.booleans(),
    wishes=some.dictionaries(topics, some.booleans()),
    last_campaign=some.none() | moments,
    another_on_its_way=some.booleans(),
    asked_for=some.booleans(),
)


@settings(deadline=None)
@given(campaigns, standings, moments)
def test_what_goes_now_offends_no_rule(campaign: Campaign, person: Standing, moment: datetime) -> None:
    step = decide(campaign, person, moment)
    if not isinstance(step, Send):
        return
    local = moment.astimezone(VIETNAM)

    assert person.consent
    assert person.reachable
    assert person.window_open
    assert wants(campaign.topic, person.wishes)
    assert 8 <= local.hour < 20
    assert DAYTIME.is_working_day(local.date())
    assert campaign.valid_until is None or local.date() <= campaign.valid_until
    assert not person.another_on_its_way
    rest = timedelta(days=campaign.days_between)
    assert person.asked_for or person.last_campaign is None or moment - person.last_campaign >= rest


@settings(deadline=None)
@given(campaigns, standings, moments)
def test_waiting_ends(campaign: Campaign, person: Standing, moment: datetime) -> None:
    step = decide(campaign, person, moment)
    if not isinstance(step, Wait):
        return

    assert step.until > moment
    assert person.another_on_its_way or may_disturb(step.until)
    assert not is_late(campaign.valid_until, moment)


@settings(deadline=None)
@given(campaigns, standings, moments)
def test_who_did_not_agree_is_refused_before_anything_else(
    campaign: Campaign, person: Standing, moment: datetime
) -> None:
    step = decide(campaign, person, moment)

    assert person.consent or step == Skip(Why.NO_CONSENT)


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-11-27 07:59", False),
        ("2026-11-27 08:00", True),
        ("2026-11-27 19:59", True),
        ("2026-11-27 20:00", False),
        ("2026-11-29 10:00", True),
        ("2026-11-24 10:00", False),
        ("2027-01-01 10:00", False),
        ("2027-02-06 10:00", False),
        ("2027-04-30 10:00", False),
        ("2026-09-02 10:00", False),
    ],
    ids=["early", "eight", "late", "twenty", "a Sunday", "24 November", "New Year", "Tết", "30 April", "2 September"],
)
def test_people_are_left_alone_at_night_and_on_holidays(moment: str, may: bool) -> None:
    assert may == may_disturb(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM))


@settings(deadline=None)
@given(some.lists(some.sampled_from(list(Event)), max_size=12))
def test_a_cancelled_campaign_never_sends_again(events: list[Event]) -> None:
    state, cancelled = State.DRAFT, False
    for event in events:
        try:
            state = advance(state, event)
        except TransitionRefused:
            continue
        cancelled = cancelled or event is Event.CANCEL

    assert (state is State.CANCELLED) == cancelled


def test_only_a_scheduled_campaign_can_be_started() -> None:
    assert [state for state in State if Event.START in TRANSITIONS[state]] == [State.SCHEDULED]
