"""What a change of the law means for those who were screened: who became eligible or lost it, and by which article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bot.campaigns.known import Assessor, facts_of
from bot.campaigns.leaves import STANDING
from bot.eligibility.assessment import Assessment, Verdict
from bot.eligibility.citation import Citation
from bot.people import Purpose
from bot.programmes.catalogue import Programmes
from bot.screening.kept import kept_drafts
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everybody for whom one programme changed in the same way by the same articles."""

    programme: str
    before: Verdict
    after: Verdict
    citations: tuple[Citation, ...]
    """The articles under which the conditions came out otherwise, in the wording of the later day."""
    criteria: tuple[str, ...]
    people: int
    agreed: int
    """How many of them agreed to campaigns: only these can be written to."""
    since: date

    @property
    def better(self) -> bool:
        """Whether it is good news."""
        return STANDING[self.after] > STANDING[self.before]


def suggest(store: Store, assessor: Assessor, programmes: Programmes, since: date, today: date) -> tuple[Proposal, ...]:
    """Judges every kept screening by the law of both days; proposals with the most people first, good news before bad."""
    agreed = {
        row["person_id"]
        for row in store.db.query(
            "SELECT person_id FROM consents WHERE purpose = ? AND withdrawn_at IS NULL", [Purpose.CAMPAIGN]
        )
    }
    found: defaultdict[tuple[object, ...], list[bool]] = defaultdict(list)
    for draft, _ in kept_drafts(store.db):
        facts = facts_of(draft)
        if facts is None:
            continue
        for programme in programmes:
            before, after = (assessor.assess(facts, programme, day) for day in (since, today))
            if before is not None and after is not None and _changed(before, after):
                key = (programme, before.verdict, after.verdict, *_why(before, after))
                found[key].append(draft.person in agreed)
    proposals = [
        Proposal(*key, people=len(whose), agreed=sum(whose), since=since)  # type: ignore[misc, arg-type]  # as put in above
        for key, whose in found.items()
    ]
    return tuple(sorted(proposals, key=lambda one: (not one.better, -one.people, one.programme)))


def _changed(before: Assessment, after: Assessment) -> bool:
    known = before.verdict in STANDING and after.verdict in STANDING
    return known and before.verdict is not after.verdict


def _why(before: Assessment, after: Assessment) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """The articles and names of the conditions that came out otherwise."""
    earlier = {finding.criterion: finding.outcome for finding in before.findings}
    changed = [finding for finding in after.findings if earlier.get(finding.criterion) is not finding.outcome]
    citations = tuple(dict.fromkeys(finding.citation for finding in changed))
    return citations, tuple(finding.criterion for finding in changed)
