"""What the Centre must know of its leads: how fast, how many, why not, whom it helped, who needs a word.

Times are working time of the Centre. A share counts only what had its chance: a lead that came an hour ago is not yet
"not taken within a day".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads.handling import CollaboratorFigures, PlaceFigures, Share, by_collaborator, by_place, cases_between
from bot.leads.lead import CloseReason, Lead
from bot.leads.life import OPEN, State
from bot.leads.policy import LeadPolicy
from bot.store import from_text


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
    places: tuple[PlaceFigures, ...]


def figures(db: Database, policy: LeadPolicy, first_day: date, last_day: date, now: datetime) -> Figures:
    """The figures of the leads that came in from *first_day* to *last_day*, both included, as of *now*."""
    cases = cases_between(db, first_day, last_day)
    leads, offers, span = cases.leads, cases.offers, cases.span
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
        collaborators=by_collaborator(db, cases, policy, now),
        places=by_place(cases, policy, now),
    )


def _median(times: Iterable[timedelta]) -> timedelta | None:
    seconds = [span.total_seconds() for span in times]
    return timedelta(seconds=median(seconds)) if seconds else None


def _taken_within(leads: Sequence[Lead], policy: LeadPolicy, days: float, now: datetime) -> Share:
    part = whole = 0
    for lead in leads:
        until = policy.hours.add(lead.created, policy.hours.days(days))
        in_time = lead.taken_at is not None and lead.taken_at <= until
        part += in_time
        whole += in_time or now > until
    return Share(part, whole)


def _declines(offers: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    found = Counter(offer["reason"] for offer in offers if offer["state"] == "declined")
    expired = sum(offer["state"] == "expired" for offer in offers)
    return {**dict(found.most_common()), **({"expired": expired} if expired else {})}


def _decided(db: Database, span: tuple[str, str], state: State) -> int:
    """Leads whose last decision was *state*, also when they were closed afterwards."""
    decisions = (str(State.APPROVED), str(State.REJECTED))
    (row,) = db.query(
        "SELECT count(*) AS n FROM leads WHERE created >= ? AND created < ? AND state IN (?, ?, 'closed') AND ? ="
        " (SELECT to_state FROM lead_events e WHERE e.lead_id = leads.id AND e.event IN ('approve', 'reject')"
        "  ORDER BY e.id DESC LIMIT 1)",
        [*span, *decisions, str(state)],
    )
    return int(row["n"])


def _feedback(db: Database, span: tuple[str, str]) -> FeedbackFigures:
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
