"""One line of `khuyencong assess`: facts in, results out, in the JSON shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.eligibility.assessment import Assessment, assess
from bot.eligibility.citation import Citation
from bot.eligibility.criterion import Finding
from bot.eligibility.facts import FactError, Facts, FactValue, read_facts
from bot.errors import BotError
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.programmes.rules import RulesOn

_KEYS = frozenset({"id", "facts", "need"})


def assess_line(obj: Mapping[str, Any], day: date, programmes: Programmes, law: Law) -> dict[str, Any]:
    """Judge one line; a line that cannot be used gives no results and an `error` that names the field."""
    line_id = obj.get("id") if isinstance(obj, Mapping) else None
    try:
        results = [result_json(assessment) for assessment in assess_request(obj, day, programmes, law)]
    except BotError as error:
        return {"id": line_id, "results": [], "error": str(error)}
    return {"id": line_id, "results": results}


def assess_request(obj: Mapping[str, Any], day: date, programmes: Programmes, law: Law) -> tuple[Assessment, ...]:
    """Judge the programmes that a request names (else its facts, else all); `FactError` for what cannot be used."""
    if not isinstance(obj, Mapping):
        raise FactError("line: an object was expected")
    if unknown := sorted(obj.keys() - _KEYS):
        raise FactError(f"{unknown[0]}: there is no such field")
    if "facts" not in obj:
        raise FactError("facts: is missing")
    facts = read_facts(obj["facts"])
    wanted = obj.get("need") or facts.get("need") or tuple(programmes)
    if not isinstance(wanted, list | tuple):
        raise FactError("need: a list of programmes was expected")
    return assess_programmes(wanted, facts, day, programmes, law)


def assess_programmes(
    names: Iterable[str], facts: Facts, day: date, programmes: Programmes, law: Law
) -> tuple[Assessment, ...]:
    """Judge *facts* against the named programmes, each once; `FactError` for a name that is none."""
    rules = RulesOn(law, day)
    unique = tuple(dict.fromkeys(names))
    for name in unique:
        if name not in programmes:
            raise FactError(f"need: there is no programme {name!r}")
    return tuple(assess(programmes[name], facts, rules) for name in unique)


def result_json(assessment: Assessment) -> dict[str, Any]:
    """One result in the shape of the contract."""
    support = assessment.support
    return {
        "programme": assessment.programme,
        "verdict": assessment.verdict.value,
        "criteria": [_finding_json(finding) for finding in assessment.findings],
        "missing": list(assessment.missing),
        "notes": list(assessment.notes),
        "max_support": support.amount if support else None,
        "max_support_status": support.status.value if support else None,
        "citations": [citation_json(citation) for citation in assessment.citations],
        "documents": [{"name": document.name, "why": document.why} for document in assessment.documents],
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation in the shape of the contract."""
    return {
        "document": citation.document,
        "article": citation.article,
        "amended_by": citation.amended_by,
        "in_force_from": citation.in_force_from.isoformat(),
        "status": citation.status.value,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.criterion,
        "outcome": finding.outcome.value,
        "citation": citation_json(finding.citation),
        "actual": _plain(finding.actual),
        "required": _plain(finding.required),
        "change": finding.change,
    }


def _plain(value: FactValue | None) -> str | int | bool | list[str] | None:
    return list(value) if isinstance(value, tuple) else value
