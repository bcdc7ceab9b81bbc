"""Chooses what to ask next: the fact that most open support kinds wait for, cheap and excluding questions first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from bot.eligibility.assessment import Assessment, FigureRules, Verdict, assess, rank
from bot.eligibility.facts import ABSENT, Facts
from bot.eligibility.programme import Programme


def next_question(
    facts: Facts,
    programmes: Iterable[Programme],
    rules: FigureRules,
    asked: Collection[str] = (),
    *,
    shared_only: bool = False,
) -> str | None:
    """Name the fact to ask next, or None when no further answer could change or sharpen a result.

    Facts in *asked* are never named again. Deciding facts come first, then the price that a ceiling is counted from,
    then what an officer will want to see. Names are those of the `parse` contract. With *shared_only*, for somebody who
    has not said what they want, only facts that several open kinds wait for are asked.
    """
    results = [(programme, assess(programme, facts, rules)) for programme in programmes]
    waiting = Counter(name for _, result in results for name in result.missing if name not in asked)
    if shared_only:
        waiting = Counter({name: count for name, count in waiting.items() if count > 1})
    if waiting:
        return min(waiting, key=lambda name: (-waiting[name], rank(name)))
    if shared_only:
        return None
    sharpening = [name for programme, result in results for name in _sharpening(programme, result)]
    open_facts = [name for name in sharpening if name not in asked and facts.get(name) is ABSENT]
    return min(open_facts, key=rank) if open_facts else None


def _sharpening(programme: Programme, result: Assessment) -> Iterable[str]:
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return
    if programme.support:
        yield programme.support.price
    for finding in result.findings:
        yield from finding.would_help
