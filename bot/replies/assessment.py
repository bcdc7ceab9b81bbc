"""Results of the pre-screening in Vietnamese: preliminary, cited, never a promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.eligibility.assessment import Assessment, Support, Verdict
from bot.eligibility.citation import Citation
from bot.eligibility.criterion import Finding, Outcome
from bot.eligibility.programme import Programme
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.replies.citation import format_citation
from bot.replies.money import amount, money, number, percent
from bot.replies.questions import fact_summary, question_choices, question_text, why_asked

__all__ = [
    "fact_summary",
    "question_choices",
    "question_text",
    "render_ceiling",
    "render_documents",
    "render_partial",
    "render_result",
    "why_asked",
]

MARKS = {Outcome.MET: "✅", Outcome.NOT_MET: "❌", Outcome.UNKNOWN: "❓", Outcome.OFFICER: "👤"}
VERDICT_MARKS = {
    Verdict.ELIGIBLE: "✅",
    Verdict.NOT_ELIGIBLE: "❌",
    Verdict.UNDECIDED: "❓",
    Verdict.NEEDS_OFFICER: "👤",
}
VERDICTS = {
    Verdict.ELIGIBLE: "**có thể đủ điều kiện, kết quả sơ bộ**",
    Verdict.NOT_ELIGIBLE: "hiện **chưa đủ điều kiện**",
    Verdict.UNDECIDED: "**còn điều cần biết thêm**",
    Verdict.NEEDS_OFFICER: "**cần cán bộ xem**, chưa kết luận được",
}
PRELIMINARY = "Đây là kết quả sơ bộ; người quyết định là cơ quan có thẩm quyền."
LOCAL_LEVEL = "mức trần khuyến công quốc gia; mức của địa phương có thể thấp hơn"
NO_PRICE = "Biết giá thì tính được mức trần; hiện chưa có giá."
NO_FIGURE = "Mức tiền cụ thể cần cán bộ xác nhận."
ONE_BY_ONE = 4
"""Up to so many support kinds get a line each in a running result; more are listed by verdict."""


def render_partial(results: Sequence[Assessment], programmes: Programmes) -> str:
    """Say where each support kind stands while questions are still open."""
    if not results:
        return ""
    if len(results) > ONE_BY_ONE and all(result.verdict is Verdict.UNDECIDED for result in results):
        return f"Đến lúc này:\n{VERDICT_MARKS[Verdict.UNDECIDED]} Cả {number(len(results))} khoản đều còn có thể được, cần biết thêm"
    if len(results) <= ONE_BY_ONE:
        lines = [_standing([programmes[result.programme].short], result) for result in results]
    else:
        lines = [
            _standing([programmes[result.programme].short for result in group], group[0], together=True)
            for verdict in Verdict
            if (group := [result for result in results if result.verdict is verdict])
        ]
    return "\n".join(["Đến lúc này:", *lines])


def render_result(result: Assessment, programme: Programme, law: Law) -> str:
    """Say one result in full: verdict, ceiling, each condition with a numbered article, notes.

    When a condition fails, what was not asked yet is left out: it no longer matters.
    """
    sources = _Sources(law)
    failed = result.verdict is Verdict.NOT_ELIGIBLE
    lines = [f"{programme.name}: {VERDICTS[result.verdict]}."]
    if not failed:
        lines.append(
            _ceiling(result.support, sources) if result.support else NO_PRICE if programme.support else NO_FIGURE
        )
    for outcome in (Outcome.NOT_MET, Outcome.OFFICER, *(() if failed else (Outcome.UNKNOWN,))):
        lines += _conditions([f for f in result.findings if f.outcome is outcome], programme, sources)
    lines += _met([f for f in result.findings if f.outcome is Outcome.MET and f.actual is not None], programme, sources)
    if not failed:
        lines += [f"• {note}" for note in result.notes]
    return "\n".join([*lines, *sources.lines(), PRELIMINARY])


def render_ceiling(support: Support, law: Law) -> str:
    """Say a national ceiling with its arithmetic, as a ceiling and not as a grant."""
    sources = _Sources(law)
    return "\n".join([_ceiling(support, sources), *sources.lines()])


def render_documents(programme: Programme) -> str:
    """List the papers to prepare, each with what it is for."""
    lines = [f"• {document.name}: {document.why}." for document in programme.documents]
    return "\n".join([f"Giấy tờ cho {programme.name[:1].lower()}{programme.name[1:]}:", *lines])


def _standing(names: Sequence[str], result: Assessment, *, together: bool = False) -> str:
    who = f"{VERDICT_MARKS[result.verdict]} {_listed(names)}"
    if result.verdict is Verdict.UNDECIDED:
        return (
            f"{who}: có thể được, cần biết thêm"
            if together
            else f"{who}: có thể được, còn {number(len(result.missing))} điều cần biết"
        )
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return f"{who}: hiện chưa đủ điều kiện"
    if result.verdict is Verdict.NEEDS_OFFICER:
        return f"{who}: cần cán bộ xem"
    return f"{who}: có thể đủ điều kiện, kết quả sơ bộ"


class _Sources:
    """The articles of one result, numbered in the order they are first used."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._numbers: dict[str, int] = {}

    def mark(self, citation: Citation) -> str:
        """Number *citation*: `[2]`."""
        said = format_citation(citation, self._law)
        return f"[{self._numbers.setdefault(said, len(self._numbers) + 1)}]"

    def lines(self) -> list[str]:
        """List what was numbered, under its heading."""
        return ["Căn cứ:", *(f"[{place}] {said}" for said, place in self._numbers.items())] if self._numbers else []


def _ceiling(support: Support, sources: _Sources) -> str:
    product = f"{percent(support.share)} × {amount(support.price)} = {money(support.of_price)}"
    if support.of_price > support.ceiling:
        product = f"{product}, vượt trần {money(support.ceiling)}"
    return f"Tối đa **{money(support.amount)}** ({product}): {LOCAL_LEVEL} {sources.mark(support.citation)}."


def _conditions(findings: Iterable[Finding], programme: Programme, sources: _Sources) -> list[str]:
    """One line a condition, and under it what would change it."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{MARKS[finding.outcome]} {_said(finding, programme)} {sources.mark(finding.citation)}")
        if finding.change:
            lines.append(f"→ {finding.change}")
    return lines


def _met(findings: Iterable[Finding], programme: Programme, sources: _Sources) -> list[str]:
    """What was answered and is met, on one line for each article."""
    by_source: dict[str, list[str]] = {}
    for finding in findings:
        by_source.setdefault(sources.mark(finding.citation), []).append(programme.words[finding.criterion].met)
    return [f"{MARKS[Outcome.MET]} {_listed(words)} {mark}" for mark, words in by_source.items()]


def _listed(words: Sequence[str]) -> str:
    return ", ".join([words[0], *(f"{word[:1].lower()}{word[1:]}" for word in words[1:])])


def _said(finding: Finding, programme: Programme) -> str:
    words = programme.words[finding.criterion]
    if finding.outcome is Outcome.UNKNOWN:
        return words.unknown
    general = words.not_met if finding.outcome is Outcome.NOT_MET else words.officer
    text = words.by_actual.get(str(finding.actual).lower(), general)
    if finding.measured is None or not isinstance(finding.actual, int) or not isinstance(finding.required, int):
        return text
    if finding.measured == "employees":
        return f"{text}: {number(finding.actual)} lao động, được xét khi không quá {number(finding.required)}"
    return f"{text}: doanh thu {money(finding.actual)}, được xét khi không quá {money(finding.required)}"
