"""What the Centre must know of its leads: how fast, how many, why not, whom it helped, who needs a word.

Times are working time of the Centre. A share counts only what had its chance: a lead that came an hour ago is not yet
"not taken within a day". A collaborator is named in an alert only once enough can be said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads import rows
from bot.leads.lead import CloseReason, Lead
from bot.leads.life import OPEN, WORKING, State
from bot.leads.policy import LeadPolicy
from bot.store import as_text, from_text

DECLINED_ALERT = 0.30
"""A collaborator who declines or lets run out this share of its offers, or more, needs a word."""
FINISHED_ALERT = 0.25
"""A collaborator who brings this share of its leads to an end, or less, needs a word."""
LEAST_FOR_ALERT = 3
"""Offers, or leads, below which a share says nothing."""

_FINISHED = frozenset({CloseReason.HELPED, CloseReason.NOT_ELIGIBLE, CloseReason.ELSEWHERE})
"""How a lead ends when somebody brought it to its end; a household that cannot be reached was not helped."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class CollaboratorFigures:
    """How one collaborator did."""

    name: str
    offered: int
    taken: int
    declined: int
    expired: int
    open: int
    """Leads it has now and has not finished."""
    declined_share: Share
    """Of the offers that ended, those declined or run out."""
    finished_share: Share
    """Of the leads that ended, or were long in its hands, those brought to an end."""

    @property
    def declines_much(self) -> bool:
        """Whether the Centre should ask why."""
        share = self.declined_share
        return share.whole >= LEAST_FOR_ALERT and share.part >= DECLINED_ALERT * share.whole

    @property
    def finishes_little(self) -> bool:
        """Whether the Centre should ask what is in the way."""
        share = self.finished_share
        return share.whole >= LEAST_FOR_ALERT and share.part <= FINISHED_ALERT * share.whole


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    """What households answered afterwards."""

    asked: int
    contacted: Share
    useful: Share


@dataclass(frozen=True, slots=True)
class Figures:
    """The leads that came in between two days, as they stand now."""

    first_day: date
    last_day: date
    cases: int
    by_state: Mapping[State, int]
    open: int
    to_take: timedelta | None
    """Median working time from the beginning; None when none was."""
    to_contact: timedelta | None
    to_close: timedelta | None
    taken_in_1_day: Share
    """Working days."""
    taken_in_3_days: Share
    declines: Mapping[str, int]
    """By reason; `expired` is silence."""
    closed: Mapping[CloseReason, int]
    approved: int
    rejected: int
    feedback: FeedbackFigures
    collaborators: tuple[CollaboratorFigures, ...]


def figures(db: Database, policy: LeadPolicy, first_day: date, last_day: date, now: datetime) -> Figures:
    """The figures of the leads that came in from *first_day* to *last_day*, both included, as of *now*."""
    start = datetime.combine(first_day, time.min, VIETNAM)
    end = datetime.combine(last_day, time.min, VIETNAM) + timedelta(days=1)
    span = [as_text(start), as_text(end)]
    leads = [
        rows.to_lead(row)
        for row in list(db.query(f"{rows.LEADS} WHERE created >= ? AND created < ? ORDER BY id", span))
    ]
    offers = list(
        db.query(
            "SELECT offers.* FROM offers JOIN leads ON leads.id = lead_id WHERE created >= ? AND created < ?", span
        )
    )
    hours = policy.hours
    by_state = Counter(lead.state for lead in leads)
    return Figures(
        first_day=first_day,
        last_day=last_day,
        cases=len(leads),
        by_state=by_state,
        open=sum(by_state[state] for state in OPEN),
        to_take=_median(hours.between(lead.created, lead.taken_at) for lead in leads if lead.taken_at),
        to_contact=_median(hours.between(lead.created, lead.contacted_at) for lead in leads if lead.contacted_at),
        to_close=_median(hours.between(lead.created, lead.closed_at) for lead in leads if lead.closed_at),
        taken_in_1_day=_taken_within(leads, policy, 1, now),
        taken_in_3_days=_taken_within(leads, policy, 3, now),
        declines=_declines(offers),
        closed=Counter(lead.close_reason for lead in leads if lead.close_reason is not None),
        approved=_decided(db, span, State.APPROVED),
        rejected=_decided(db, span, State.REJECTED),
        feedback=_feedback(db, span),
        collaborators=_collaborators(db, leads, offers, policy, now),
    )


def _median(times: Iterable[timedelta]) -> timedelta | None:
    seconds = [span.total_seconds() for span in times]
    return timedelta(seconds=median(seconds)) if seconds else None


def _taken_within(leads: list[Lead], policy: LeadPolicy, days: float, now: datetime) -> Share:
    part = whole = 0
    for lead in leads:
        until = policy.hours.add(lead.created, policy.hours.days(days))
        in_time = lead.taken_at is not None and lead.taken_at <= until
        part += in_time
        whole += in_time or now > until
    return Share(part, whole)


def _declines(offers: list[dict[str, Any]]) -> Mapping[str, int]:
    found = Counter(offer["reason"] for offer in offers if offer["state"] == "declined")
    expired = sum(offer["state"] == "expired" for offer in offers)
    return {**dict(found.most_common()), **({"expired": expired} if expired else {})}


def _decided(db: Database, span: list[str], state: State) -> int:
    """Leads whose last decision was *state*, also when they were closed afterwards."""
    decisions = (str(State.APPROVED), str(State.REJECTED))
    (row,) = db.query(
        "SELECT count(*) AS n FROM leads WHERE created >= ? AND created < ? AND state IN (?, ?, 'closed') AND ? ="
        " (SELECT to_state FROM lead_events e WHERE e.lead_id = leads.id AND e.event IN ('approve', 'reject')"
        "  ORDER BY e.id DESC LIMIT 1)",
        [*span, *decisions, str(state)],
    )
    return int(row["n"])


def _feedback(db: Database, span: list[str]) -> FeedbackFigures:
    answers = list(
        db.query(
            "SELECT contacted, useful FROM lead_feedback JOIN leads ON leads.id = lead_id"
            " WHERE created >= ? AND created < ?",
            span,
        )
    )
    return FeedbackFigures(len(answers), *(_answered(row[name] for row in answers) for name in ("contacted", "useful")))


def _answered(answers: Iterable[int | None]) -> Share:
    given = [answer for answer in answers if answer is not None]
    return Share(sum(given), len(given))


def _collaborators(
    db: Database, leads: list[Lead], offers: list[dict[str, Any]], policy: LeadPolicy, now: datetime
) -> tuple[CollaboratorFigures, ...]:
    names = {row["id"]: row["name"] for row in list(db.query("SELECT id, name FROM collaborators ORDER BY id"))}
    found = []
    for number, name in names.items():
        states = Counter(offer["state"] for offer in offers if offer["collaborator_id"] == number)
        ended = states.total() - states["open"] - states["ended"]
        own = [lead for lead in leads if lead.owner_id == number]
        if states.total() or own:
            figure = CollaboratorFigures(
                name=name,
                offered=states.total(),
                taken=states["taken"],
                declined=states["declined"],
                expired=states["expired"],
                open=sum(lead.state in WORKING for lead in own),
                declined_share=Share(states["declined"] + states["expired"], ended),
                finished_share=_finished(own, now - timedelta(days=policy.silence_centre_days)),
            )
            found.append(figure)
    return tuple(found)


def _finished(own: list[Lead], long_ago: datetime) -> Share:
    part = whole = 0
    for lead in own:
        if lead.state in (State.WITHDRAWN, State.ERASED) or lead.close_reason is CloseReason.SPAM:
            continue
        done = lead.state in (State.APPROVED, State.REJECTED) or lead.close_reason in _FINISHED
        given_up = lead.close_reason is not None and not done
        long_in_hand = lead.is_open and lead.taken_at is not None and lead.taken_at <= long_ago
        part += done
        whole += done or given_up or long_in_hand
    return Share(part, whole)


def months_span(month: str) -> tuple[date, date]:
    """The first and the last day of a month written `2026-11`; ValueError for anything else."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def in_span(moment: str, first_day: date, last_day: date) -> bool:
    """Whether a moment, as the database keeps it, is on one of these days in Vietnam."""
    return first_day <= from_text(moment).astimezone(VIETNAM).date() <= last_day


def first_case(db: Database) -> date | None:
    """The day on which the first lead came in; None when there is none."""
    (row,) = db.query("SELECT min(created) AS first FROM leads")
    return from_text(row["first"]).astimezone(VIETNAM).date() if row["first"] else None
