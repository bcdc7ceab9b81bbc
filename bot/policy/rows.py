"""The same findings as rows for other programs, names as in the files."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.eligibility.parameter import DatedValue
from bot.eligibility.provision import Wording
from bot.policy.content import Content
from bot.policy.difference import Difference
from bot.policy.doubts import find_doubts
from bot.policy.stale import Stale

Row = dict[str, Any]


def difference_rows(difference: Difference) -> list[Row]:
    """One row for each change: `kind`, `name`, `before`, `after`."""
    rows: list[Row] = [
        {"kind": "instrument", "name": c.instrument.number, "before": not c.begins, "after": c.begins}
        for c in difference.instruments
    ]
    rows += [
        {"kind": "provision", "name": c.provision.id, "before": _wording(c.before), "after": _wording(c.after)}
        for c in difference.provisions
    ]
    rows += [
        {"kind": "figure", "name": c.parameter.name, "before": _value(c.before), "after": _value(c.after)}
        for c in difference.figures
    ]
    rows += [
        {
            "kind": "outcome",
            "name": c.criterion,
            "programmes": [programme.id for programme in c.programmes],
            "answers": dict(c.answers),
            "before": c.before and c.before.outcome.value,
            "after": c.after and c.after.outcome.value,
        }
        for c in difference.outcomes
    ]
    rows += [
        {"kind": "topic", "name": c.topic.id, "before": c.before is not None, "after": c.after is not None}
        for c in difference.topics
    ]
    return rows


def doubt_rows(content: Content, day: date) -> list[Row]:
    """One row for each thing that is not certain on *day*, with the questions that would settle it."""
    return [
        {
            "name": doubt.name,
            "status": doubt.status.value,
            "doubt": doubt.wording or None,
            "questions": [question.id for question in content.questions if question.covers(doubt.name)],
        }
        for doubt in find_doubts(content, day)
    ]


def stale_rows(stale: Stale) -> list[Row]:
    """One row for each figure to compare again and each topic that has run out."""
    rows: list[Row] = [
        {"kind": "figure", "name": figure.name, "last_checked": figure.last_checked.isoformat()}
        for figure in stale.figures
    ]
    ended = ((topic.id, topic.versions[-1].end) for topic in stale.topics)
    return rows + [{"kind": "topic", "name": name, "ended": end.isoformat()} for name, end in ended if end]


def _wording(wording: Wording | None) -> Row | None:
    if wording is None:
        return None
    return {
        "from": wording.in_force_from.isoformat(),
        "amended_by": wording.amended_by,
        "status": wording.status.value,
        "gist": wording.gist,
    }


def _value(dated: DatedValue | None) -> Row | None:
    if dated is None:
        return None
    value = dated.value.isoformat() if isinstance(dated.value, date) else dated.value
    return {
        "from": dated.in_force_from.isoformat(),
        "value": value,
        "provision": dated.provision,
        "status": dated.status.value,
    }
