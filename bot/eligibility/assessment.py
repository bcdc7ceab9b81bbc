"""Judges a workshop against a support kind: findings, verdict, what is still to ask, and the national ceiling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from bot.eligibility.citation import Citation, Status
from bot.eligibility.criterion import Finding, Outcome, Rules, Ruling
from bot.eligibility.facts import FACTS, Facts
from bot.eligibility.programme import Document, Programme, SupportRule
from bot.errors import NotInForce


class Verdict(StrEnum):
    """What all conditions of a support kind come to together; never an approval."""

    ELIGIBLE = "eligible"
    """May be eligible, preliminary."""
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_OFFICER = "needs_officer"
    UNDECIDED = "undecided"


class FigureRules(Rules, Protocol):
    """Rules that can also say how sure a figure is."""

    def status(self, parameter: str) -> Status:
        """How the figure in force that day was seen."""
        ...

    def cite_figure(self, parameter: str) -> Citation:
        """Cite where the figure stands."""
        ...


@dataclass(frozen=True, slots=True)
class Support:
    """The national ceiling for one price, with the arithmetic behind it; dong and percent."""

    amount: int
    price: int
    share: int | float
    ceiling: int
    of_price: int
    """The share of the price, before the ceiling."""
    citation: Citation
    status: Status


@dataclass(frozen=True, slots=True)
class Assessment:
    """A preliminary result for one support kind on one day."""

    programme: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    """Facts still to ask, best first; empty unless undecided."""
    notes: tuple[str, ...]
    support: Support | None
    citations: tuple[Citation, ...]
    documents: tuple[Document, ...]


def verdict_of(outcomes: Iterable[Outcome]) -> Verdict:
    """Return the verdict of *outcomes*: a failed condition first, then an open one, then one for an officer."""
    seen = set(outcomes)
    if Outcome.NOT_MET in seen:
        return Verdict.NOT_ELIGIBLE
    if Outcome.UNKNOWN in seen:
        return Verdict.UNDECIDED
    return Verdict.NEEDS_OFFICER if Outcome.OFFICER in seen else Verdict.ELIGIBLE


def assess(programme: Programme, facts: Facts, rules: FigureRules) -> Assessment:
    """Judge *facts* against *programme* by the law of the day that *rules* stand for."""
    findings = tuple(_find(criterion.id, criterion.judge(facts, rules), rules) for criterion in programme.criteria)
    verdict = verdict_of(finding.outcome for finding in findings)
    support = None
    if programme.support and verdict is not Verdict.NOT_ELIGIBLE:
        support = _support(programme.support, facts, rules)
    citations = [finding.citation for finding in findings]
    citations += [rules.cite(provision) for provision in programme.provisions if rules.is_in_force(provision)]
    citations += [support.citation] if support else []
    priority = [note for note in programme.priority_notes if facts.get(note.fact) is True]
    return Assessment(
        programme=programme.id,
        verdict=verdict,
        findings=findings,
        missing=_missing(findings) if verdict is Verdict.UNDECIDED else (),
        notes=(*programme.notes, *(note.note for note in priority)),
        support=support,
        citations=tuple(dict.fromkeys([*citations, *(rules.cite(note.provision) for note in priority)])),
        documents=programme.documents,
    )


def _find(criterion: str, ruling: Ruling, rules: Rules) -> Finding:
    return Finding(
        criterion=criterion,
        outcome=ruling.outcome,
        citation=rules.cite(ruling.provision),
        actual=ruling.actual,
        required=ruling.required,
        change=ruling.change if ruling.outcome is Outcome.NOT_MET else None,
        needs=ruling.needs if ruling.outcome is Outcome.UNKNOWN else (),
        would_help=ruling.would_help,
        measured=ruling.measured,
    )


def _missing(findings: Iterable[Finding]) -> tuple[str, ...]:
    names = dict.fromkeys(name for finding in findings for name in finding.needs)
    return tuple(sorted(names, key=rank))


def rank(fact: str) -> int:
    """Where a question stands among others: cheap and excluding ones first; `place` as its kind of unit."""
    spec = FACTS.get("place.unit_type" if fact == "place" else fact)
    return spec.rank if spec else len(FACTS) * 100


def _support(rule: SupportRule, facts: Facts, rules: FigureRules) -> Support | None:
    price = facts.number(rule.price)
    ceiling_name = _ceiling_name(rule, facts, rules)
    if not isinstance(price, int) or {rules.status(rule.share), rules.status(ceiling_name)} != {Status.VERIFIED}:
        return None
    share, ceiling = rules.number(rule.share), int(rules.number(ceiling_name))
    of_price = int(price * Fraction(str(share)) / 100)
    return Support(
        amount=min(of_price, ceiling),
        price=price,
        share=share,
        ceiling=ceiling,
        of_price=of_price,
        citation=rules.cite_figure(ceiling_name),
        status=Status.VERIFIED,
    )


def _ceiling_name(rule: SupportRule, facts: Facts, rules: FigureRules) -> str:
    """The higher ceiling for a whole line, where one is in force."""
    if rule.line is None or rule.line_ceiling is None or facts.get(rule.line) is not True:
        return rule.ceiling
    try:
        rules.status(rule.line_ceiling)
    except NotInForce:
        return rule.ceiling
    return rule.line_ceiling
