"""What became of a campaign: counted from the message or the poster to the decision, by place and by trade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.campaigns import recipients
from bot.campaigns.answers import How
from bot.campaigns.book import CampaignBook, Kept
from bot.campaigns.campaign import Campaign
from bot.campaigns.known import Assessor
from bot.campaigns.links import place_of
from bot.campaigns.recipients import Recipient, Stage
from bot.campaigns.segment import Screening
from bot.eligibility.assessment import Verdict
from bot.leads import export_rows
from bot.leads.rows import number_of
from bot.outbox.outcomes import outcomes
from bot.people import Purpose
from bot.screening.draft import Draft
from bot.screening.kept import kept_drafts
from bot.store import from_text

BY_THIS = timedelta(days=14)
"""How long after the message an opt-out counts as its doing."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many came how far."""

    recipients: int = 0
    came_by_link: int = 0
    """Came by a poster or a link, recipients or not."""
    sent: int = 0
    """Taken by the channel."""
    failed: int = 0
    skipped: int = 0
    uncertain: int = 0
    pending: int = 0
    answered: int = 0
    opted_out: int = 0
    screened: int = 0
    """Finished the screening after the message or the link."""
    eligible: int = 0
    """Of those, may be eligible for what the campaign is about."""
    leads: int = 0
    taken: int = 0
    decided: int = 0

    def __add__(self, other: Funnel) -> Funnel:
        return Funnel(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one campaign; no names, no numbers."""

    kept: Kept
    total: Funnel
    by_place: Mapping[str | None, Funnel]
    by_trade: Mapping[str | None, Funnel]
    by_poster: Mapping[str | None, Funnel]
    """By the place in the link by which people came."""
    failures: Mapping[str, int]
    """Why it could not be delivered, or was not sent."""
    delivered: int = 0
    """Arrived on the phone, of those whose channel tells."""
    told_of: int = 0
    """How many were sent on a channel that tells; Telegram and Zalo Bot only say that they took the message."""


@dataclass(frozen=True, slots=True)
class _Comer:
    """One person as the report counts it."""

    funnel: Funnel
    place: str | None
    trade: str | None
    poster: str | None = None


@dataclass(slots=True)
class _Told:
    """What the tables say, read once."""

    drafts: dict[str, tuple[Draft, datetime]]
    answers: dict[str, list[tuple[How, datetime, str | None]]] = field(default_factory=dict)
    withdrawn: dict[str, list[datetime]] = field(default_factory=dict)
    leads: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)


def report(book: CampaignBook, assessor: Assessor, key: str, places: Iterable[str] = ()) -> Report:
    """Counts campaign *key* as it stands; *places* are names that posters were made for."""
    db, kept = book.store.db, book.get(key)
    frozen = recipients.select(db, "campaign_id = ? ORDER BY id", [kept.id])
    told = _read(db, key)
    counter = _Counter(kept.campaign, assessor, told, book)
    comers = [counter.recipient(one) for one in frozen]
    known = {one.person_id for one in frozen}
    comers += [counter.by_link(person) for person in told.answers if person not in known]
    comers += [
        _Comer(counter.leads(person), None, None) for person in told.leads if person not in known | told.answers.keys()
    ]
    names = tuple(places)
    told_of = [one.outbox_id or 0 for one in frozen if one.stage is Stage.SENT and _tells(book, one)]
    return Report(
        kept=kept,
        total=sum((one.funnel for one in comers), Funnel()),
        by_place=_by(comers, lambda one: one.place),
        by_trade=_by(comers, lambda one: one.trade),
        by_poster=_by((one for one in comers if one.funnel.came_by_link), lambda one: place_of(one.poster, names)),
        failures=Counter(one.reason for one in frozen if one.reason and one.sent_at is None),
        delivered=sum(outcome.delivered for outcome in outcomes(db, told_of).values()),
        told_of=len(told_of),
    )


def _tells(book: CampaignBook, one: Recipient) -> bool:
    terms = book.terms.get(one.channel)
    return terms is not None and terms.tells_delivery


def _by(comers: Iterable[_Comer], name: Callable[[_Comer], str | None]) -> dict[str | None, Funnel]:
    groups: dict[str | None, Funnel] = {}
    for one in comers:
        groups[name(one)] = groups.get(name(one), Funnel()) + one.funnel
    return dict(sorted(groups.items(), key=lambda item: (-item[1].recipients - item[1].came_by_link, item[0] or "")))


def _read(db: Database, key: str) -> _Told:
    told = _Told({draft.person: (draft, at) for draft, at in kept_drafts(db)})
    for row in list(
        db.query("SELECT * FROM campaign_answers WHERE campaign_key = ? AND person_id IS NOT NULL ORDER BY id", [key])
    ):
        given = (How(row["how"]), from_text(row["at"]), row["place"])
        told.answers.setdefault(row["person_id"], []).append(given)
    for row in list(
        db.query(
            "SELECT person_id, withdrawn_at FROM consents WHERE purpose = ? AND withdrawn_at IS NOT NULL",
            [Purpose.CAMPAIGN],
        )
    ):
        told.withdrawn.setdefault(row["person_id"], []).append(from_text(row["withdrawn_at"]))
    whose = {row["number"]: row for row in export_rows(db) if row["campaign"] == key}
    for row in list(db.query("SELECT id, person_id FROM leads WHERE campaign = ?", [key])):
        exported = whose.get(number_of(row["id"]))
        if exported is not None:
            told.leads.setdefault(row["person_id"] or f"erased:{row['id']}", []).append(exported)
    return told


class _Counter:
    """Counts one person at a time."""

    def __init__(self, campaign: Campaign, assessor: Assessor, told: _Told, book: CampaignBook) -> None:
        self._campaign, self._assessor, self._told = campaign, assessor, told
        self._today, self._programmes = book.clock.today(), tuple(book.programmes)

    def recipient(self, one: Recipient) -> _Comer:
        """A frozen recipient, and all that followed."""
        stage = {
            Stage.SENT: "sent",
            Stage.FAILED: "failed",
            Stage.SKIPPED: "skipped",
            Stage.UNCERTAIN: "uncertain",
        }.get(one.stage, "pending")
        # Who had it and waits for a reminder, or will not get that one, was sent it all the same.
        funnel = Funnel(recipients=1, **{"sent" if one.sent_at else stage: 1})
        if one.person_id is None:
            return _Comer(funnel, None, None)
        link = self._link(one.person_id)
        since = one.sent_at or (link[1] if link else None)
        funnel = funnel + self._after(one.person_id, since) + Funnel(came_by_link=int(link is not None))
        return _Comer(funnel, one.place, one.trade, link[2] if link else None)

    def by_link(self, person: str) -> _Comer:
        """One who came by a link and was no recipient."""
        link = self._link(person)
        since = self._told.answers[person][0][1]
        draft = self._told.drafts.get(person)
        facts = draft[0].facts if draft else {}
        place, trade = facts.get("place"), facts.get("trade_group")
        unit = place.get("new_unit") or place.get("old") if isinstance(place, Mapping) else None
        funnel = self._after(person, since) + Funnel(came_by_link=int(link is not None))
        return _Comer(funnel, unit, trade if isinstance(trade, str) else None, link[2] if link else None)

    def _link(self, person: str) -> tuple[How, datetime, str | None] | None:
        return next((given for given in self._told.answers.get(person, ()) if given[0] is How.LINK), None)

    def _after(self, person: str, since: datetime | None) -> Funnel:
        if since is None:
            return self.leads(person)
        ways = {how for how, _, _ in self._told.answers.get(person, ())} - {How.LINK}
        stopped = any(since <= at <= since + BY_THIS for at in self._told.withdrawn.get(person, ()))
        screened = self._screened(person, since)
        return replace(
            self.leads(person),
            answered=int(bool(ways)),
            opted_out=int(stopped or How.STOP in ways),
            screened=int(screened),
            eligible=int(screened and self._eligible(person)),
        )

    def _screened(self, person: str, since: datetime) -> bool:
        draft = self._told.drafts.get(person)
        if draft is None or draft[1] < since:
            return False
        return self._assessor.progress(draft[0], self._today) is Screening.FINISHED

    def _eligible(self, person: str) -> bool:
        verdict = self._assessor.verdicts(self._told.drafts[person][0])
        asked = (self._campaign.programme,) if self._campaign.programme else self._programmes
        return any(verdict(programme, self._today) is Verdict.ELIGIBLE for programme in asked)

    def leads(self, person: str) -> Funnel:
        """The cases that the campaign brought."""
        brought = self._told.leads.get(person, ())
        return Funnel(
            leads=len(brought),
            taken=sum(row["taken"] is not None for row in brought),
            decided=sum(row["decision"] is not None for row in brought),
        )
