"""Whether one frozen recipient gets the message now, later or never; decides only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.campaigns.campaign import Campaign
from bot.campaigns.manners import is_late, next_chance, rested, wants

WAIT_FOR_OTHER = timedelta(minutes=10)
"""How long a campaign waits for another one whose message to the same person is on its way."""


class Why(StrEnum):
    """Why a recipient is not written to."""

    NO_CONSENT = "no_consent"
    UNWANTED_TOPIC = "unwanted_topic"
    LATE = "late"
    UNREACHABLE = "unreachable"
    """No chat can be written to at the moment."""
    WINDOW_CLOSED = "window_closed"
    """The channel takes messages only for some time after the person wrote."""
    CANCELLED = "cancelled"
    ERASED = "erased"
    INTERRUPTED = "interrupted"
    """It was on its way when the service died; whether it arrived is not known."""
    NOT_NOW = "not_now"
    """For the sender: the night or a holiday began, or the campaign was paused, while it waited."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A recipient at the moment of sending."""

    consent: bool
    reachable: bool
    window_open: bool = True
    wishes: Mapping[str, bool] = field(default_factory=dict)
    """Topics the person named: wanted or not."""
    last_campaign: datetime | None = None
    """When the person last had a message of any campaign."""
    another_on_its_way: bool = False
    asked_for: bool = False
    """The person asked to be reminded: the week's rest does not apply."""


@dataclass(frozen=True, slots=True)
class Send:
    """The message goes now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may go from a moment on."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """It will not go."""

    why: Why


def decide(campaign: Campaign, person: Standing, moment: datetime) -> Send | Wait | Skip:
    """What happens with a recipient of *campaign* at *moment*; a wish of the person comes before everything else."""
    refusal = refused(campaign, person, moment)
    if refusal is not None:
        return Skip(refusal)
    start = moment if person.asked_for else rested(person.last_campaign, campaign.days_between, moment)
    start = next_chance(start)
    if is_late(campaign.valid_until, start):
        return Skip(Why.LATE)
    if start > moment:
        return Wait(start)
    return Wait(moment + WAIT_FOR_OTHER) if person.another_on_its_way else Send()


def refused(campaign: Campaign, person: Standing, moment: datetime) -> Why | None:
    """Why the message may not go to this person at all; None when it may."""
    if not person.consent:
        return Why.NO_CONSENT
    if not wants(campaign.topic, person.wishes):
        return Why.UNWANTED_TOPIC
    if is_late(campaign.valid_until, moment):
        return Why.LATE
    if not person.reachable:
        return Why.UNREACHABLE
    return None if person.window_open else Why.WINDOW_CLOSED
