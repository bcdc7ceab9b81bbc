"""How each collaborator and each place did with what came its way, and what the Centre should ask about.

A share counts only what had its chance, and causes a concern only once enough can be said: `LeadPolicy` has the limits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads import rows
from bot.leads.collaborator import Collaborator, of_row
from bot.leads.lead import CloseReason, DeclineReason, Lead
from bot.leads.life import WORKING, State
from bot.leads.policy import LeadPolicy
from bot.store import as_text

_FINISHED = frozenset({CloseReason.HELPED, CloseReason.NOT_ELIGIBLE, CloseReason.ELSEWHERE})
"""How a lead ends when somebody brought it to its end; a household that cannot be reached was not helped."""


class Concern(StrEnum):
    """What the Centre should ask about."""

    DECLINED = "declined"
    """Much of what was offered was declined or run out."""
    FINISHED = "finished"
    """Little of what was begun came to an end."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None


def concerns(declined: Share, finished: Share, policy: LeadPolicy) -> Mapping[Concern, Share]:
    """What is to be asked about at these shares, by the limits of *policy*."""
    much = declined.part * 100 >= policy.alert_declined_percent * declined.whole
    little = finished.part * 100 <= policy.alert_finished_percent * finished.whole
    return {
        concern: share
        for concern, share, is_met in ((Concern.DECLINED, declined, much), (Concern.FINISHED, finished, little))
        if is_met and share.whole >= policy.alert_least
    }


@dataclass(frozen=True, slots=True)
class CollaboratorFigures:
    """How one collaborator did."""

    who: Collaborator
    offered: int
    taken: int
    declined: int
    expired: int
    open: int
    """Leads it has now and has not finished."""
    declined_share: Share
    """Of the offers that ended, those declined or run out; what it was asked on a day off does not count."""
    finished_share: Share
    """Of the leads that ended, or were long in its hands, those brought to an end."""
    concerns: Mapping[Concern, Share]
    """What the Centre should ask about."""


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """How the leads of one place went, whoever had them."""

    place: str
    cases: int
    asked: int
    """Collaborators who were asked."""
    declined_share: Share
    finished_share: Share
    """Of the leads that ended, or came in long ago, those brought to an end."""
    concerns: Mapping[Concern, Share]


@dataclass(frozen=True, slots=True)
class Cases:
    """The leads that came in between two days, with all their offers."""

    first_day: date
    last_day: date
    leads: tuple[Lead, ...]
    offers: tuple[Mapping[str, Any], ...]

    @property
    def span(self) -> tuple[str, str]:
        """The first moment of the first day, and of the day after the last, as the database keeps them."""
        return _span(self.first_day, self.last_day)


def cases_between(db: Database, first_day: date, last_day: date) -> Cases:
    """The leads that came in from *first_day* to *last_day* in Vietnam, both included."""
    span = _span(first_day, last_day)
    leads = db.query(f"{rows.LEADS} WHERE created >= ? AND created < ? ORDER BY id", span)
    offers = db.query(
        "SELECT offers.* FROM offers JOIN leads ON leads.id = lead_id WHERE created >= ? AND created < ?", span
    )
    return Cases(first_day, last_day, tuple(map(rows.to_lead, list(leads))), tuple(offers))


def _span(first_day: date, last_day: date) -> tuple[str, str]:
    start = datetime.combine(first_day, time.min, VIETNAM)
    end = datetime.combine(last_day, time.min, VIETNAM) + timedelta(days=1)
    return as_text(start), as_text(end)


def by_collaborator(db: Database, cases: Cases, policy: LeadPolicy, now: datetime) -> tuple[CollaboratorFigures, ...]:
    """One for each who was asked or has something, by id."""
    leads, offers = cases.leads, cases.offers
    staff = [of_row(row) for row in list(db.query("SELECT * FROM collaborators ORDER BY id"))]
    found = []
    for one in staff:
        made = [offer for offer in offers if offer["collaborator_id"] == one.id]
        states = Counter(offer["state"] for offer in made)
        own = [lead for lead in leads if lead.owner_id == one.id]
        if not made and not own:
            continue
        declined = _declined(made)
        finished = _finished([(lead, lead.taken_at) for lead in own], policy, now)
        found.append(
            CollaboratorFigures(
                who=one,
                offered=states.total(),
                taken=states["taken"],
                declined=states["declined"],
                expired=states["expired"],
                open=sum(lead.state in WORKING for lead in own),
                declined_share=declined,
                finished_share=finished,
                concerns=concerns(declined, finished, policy),
            )
        )
    return tuple(found)


def by_place(cases: Cases, policy: LeadPolicy, now: datetime) -> tuple[PlaceFigures, ...]:
    """One for each place that a lead came from, by name; leads without a place belong to none."""
    leads_of: dict[str, list[Lead]] = defaultdict(list)
    for lead in cases.leads:
        if lead.place.name is not None:
            leads_of[lead.place.name].append(lead)
    offers_of: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for offer in cases.offers:
        offers_of[offer["lead_id"]].append(offer)
    found = []
    for place, there in sorted(leads_of.items()):
        made = [offer for lead in there for offer in offers_of[lead.id]]
        declined = _declined(made)
        finished = _finished([(lead, lead.created) for lead in there], policy, now)
        found.append(
            PlaceFigures(
                place=place,
                cases=len(there),
                asked=len({offer["collaborator_id"] for offer in made}),
                declined_share=declined,
                finished_share=finished,
                concerns=concerns(declined, finished, policy),
            )
        )
    return tuple(found)


def _declined(offers: Iterable[Mapping[str, Any]]) -> Share:
    """Who said that it was away was in no position to take anything: that offer does not count."""
    states = Counter(offer["state"] for offer in offers if offer["reason"] != DeclineReason.ABSENT)
    ended = states.total() - states["open"] - states["ended"]
    return Share(states["declined"] + states["expired"], ended)


def _finished(leads: Iterable[tuple[Lead, datetime | None]], policy: LeadPolicy, now: datetime) -> Share:
    """Of leads with the moment since when they should have moved."""
    long_ago = now - timedelta(days=policy.silence_centre_days)
    part = whole = 0
    for lead, since in leads:
        if lead.state in (State.WITHDRAWN, State.ERASED) or lead.close_reason is CloseReason.SPAM:
            continue
        done = lead.state in (State.APPROVED, State.REJECTED) or lead.close_reason in _FINISHED
        given_up = lead.close_reason is not None and not done
        part += done
        whole += done or given_up or (lead.is_open and since is not None and since <= long_ago)
    return Share(part, whole)
