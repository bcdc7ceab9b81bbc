"""What may be asked of a person in a segment: one class a condition, named as the file names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.campaigns.segment import Because, Condition, Known, Match, Screening
from bot.eligibility.assessment import Verdict
from bot.language import fold

STANDING: Mapping[Verdict | None, int] = {Verdict.NOT_ELIGIBLE: 0, Verdict.NEEDS_OFFICER: 1, Verdict.ELIGIBLE: 2}
"""Verdicts that say something, the worst first; an undecided one says nothing yet."""


@dataclass(frozen=True, slots=True)
class InPlace(Condition):
    """The workshop stands in one of these places, by the names of today or before."""

    names: tuple[str, ...]

    def match(self, known: Known) -> Match:
        """Compared without diacritics and capitals."""
        wanted = {fold(name) for name in self.names}
        return _one("place", self.names, tuple(name for name in known.places if fold(name) in wanted))


@dataclass(frozen=True, slots=True)
class InTrade(Condition):
    """The workshop's trade group is one of these."""

    groups: tuple[str, ...]

    def match(self, known: Known) -> Match:
        """By the trade that was told."""
        return _one("trade", self.groups, (known.trade,) if known.trade in self.groups and known.trade else ())


@dataclass(frozen=True, slots=True)
class IsRegistered(Condition):
    """The business has its papers, or has not; who did not say is neither."""

    registered: bool

    def match(self, known: Known) -> Match:
        """By what was told."""
        holds = known.registered is self.registered
        return Match(holds, (Because("registered", holds, ("yes" if self.registered else "no",)),))


@dataclass(frozen=True, slots=True)
class HasVerdict(Condition):
    """A programme stands like this today, with what the person told."""

    programme: str
    verdicts: tuple[Verdict, ...]

    def match(self, known: Known) -> Match:
        """Judged anew on the day of the campaign."""
        verdict = known.verdict(self.programme, known.day)
        found = (self.programme, verdict.value) if verdict in self.verdicts and verdict else ()
        return _one("verdict", (self.programme, *self.verdicts), found)


@dataclass(frozen=True, slots=True)
class BecameEligible(Condition):
    """A programme stands better for the person than on a day: open where it was closed, or clear where it was not."""

    programme: str
    since: date

    def match(self, known: Known) -> Match:
        """By the law of both days over the same answers."""
        before = known.verdict(self.programme, self.since)
        now = known.verdict(self.programme, known.day)
        opened = before in STANDING and now in STANDING and STANDING[before] < STANDING[now]
        wanted = (self.programme, self.since.isoformat())
        return _one("became_eligible", wanted, wanted if opened else ())


@dataclass(frozen=True, slots=True)
class ScreeningIs(Condition):
    """The person's own screening came so far."""

    states: tuple[Screening, ...]

    def match(self, known: Known) -> Match:
        """By the draft that is kept."""
        state = known.screening()
        return _one("screening", self.states, (state,) if state in self.states else ())


@dataclass(frozen=True, slots=True)
class LastContact(Condition):
    """The person last wrote within some days, or longer ago than some days."""

    within_days: int | None = None
    older_than_days: int | None = None

    def match(self, known: Known) -> Match:
        """Who never wrote is longer ago than anything."""
        ago = None if known.last_contact is None else known.now - known.last_contact
        holds = True
        if self.within_days is not None:
            holds = ago is not None and ago <= timedelta(days=self.within_days)
        if self.older_than_days is not None:
            holds = holds and (ago is None or ago > timedelta(days=self.older_than_days))
        said = () if ago is None else (str(ago.days),)
        return Match(holds, (Because("last_contact", holds, said),))


@dataclass(frozen=True, slots=True)
class Answered(Condition):
    """The person answered an earlier campaign in one of these ways; no ways mean any."""

    campaign: str
    ways: tuple[str, ...] = ()

    def match(self, known: Known) -> Match:
        """By the answers that are kept."""
        found = tuple(
            way for campaign, way in sorted(known.answers) if campaign == self.campaign and way in (self.ways or (way,))
        )
        return _one("answered", (self.campaign, *self.ways), (self.campaign, *found) if found else ())


@dataclass(frozen=True, slots=True)
class Speaks(Condition):
    """One of the person's chats is in this language."""

    language: str

    def match(self, known: Known) -> Match:
        """As the accounts say."""
        return _one("language", (self.language,), (self.language,) if self.language in known.languages else ())


@dataclass(frozen=True, slots=True)
class OnChannel(Condition):
    """The person has a chat on one of these channels."""

    channels: tuple[str, ...]

    def match(self, known: Known) -> Match:
        """As the accounts say."""
        return _one("channel", self.channels, tuple(sorted(known.channels & set(self.channels))))


def _one(what: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> Match:
    return Match(bool(found), (Because(what, bool(found), tuple(found or wanted)),))
