"""Policy answers: a topic in the wording of the day, with its figures, its doubts and where it stands in law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.eligibility.citation import Citation, Status
from bot.errors import NotInForce
from bot.knowledge.question import asks_figure
from bot.knowledge.topic import FIGURE, Reference, Scope, Topic, TopicVersion
from bot.language import fold, normalise
from bot.programmes.loader import Law
from bot.replies import money
from bot.replies.citation import TO_CONFIRM, format_citations
from bot.replies.dead_figure import dead_figure_note
from bot.replies.reply import Choice, Outcome, Reply

CITATIONS_SAID = 3
"""How many sources one line can carry on a phone; the reply itself carries all of them."""
SCREEN = 600
"""Characters that a reply may take; sources beyond the first are left out of its text before it grows longer."""
CHOICES = 5
_NEAREST = 3
_ORIGINS = {"SEEN-ORIG": "theo bản gốc", "SEEN-EN": "theo bản dịch", "SEEN-2nd": "theo nguồn dẫn lại"}
_SURENESS = (Status.VERIFIED, Status.SECONDHAND, Status.UNVERIFIED)
_MONEY = frozenset({"VND", "percent"})
_WORD = re.compile(r"\w+")
_PERSON = Choice("Gặp người phụ trách", "handover")
_STEPS = {
    "screening": Choice("Kiểm tra xưởng của tôi", "start_screening"),
    "documents": Choice("Cần giấy tờ gì?", "ask_policy", {"topic": "papers_needed"}),
    "leads": Choice("Hồ sơ của tôi tới đâu?", "ask_status"),
    "person": _PERSON,
}


def render_topic(topic: Topic, day: date, law: Law, question_text: str = "", long: bool = False) -> Reply:
    """The answer of *topic* on *day*; *long* gives the text behind "Xem thêm".

    Before the topic's first version, or after its last, the reply says that nothing is held for that day.
    """
    try:
        version = topic.on(day)
    except NotInForce:
        return _nothing_held(topic, day)
    body = with_figures(version.more if long and version.more else version.answer, day, law)
    citations = _citations(version, day, law, long=long)
    note = dead_figure_note(question_text, topic, day, law) if question_text else None
    return Reply(
        text=_with_sources("\n".join(line for line in (note, body) if line), citations, law, long=long),
        choices=_choices(topic, version, long=long),
        outcome=_outcome(topic, version, law, question_text),
        topic=topic.id,
        citations=citations,
    )


NONE_OF_THESE = Choice("Ý khác", "nlu_fallback", {"none_of_these": True})
"""Under readings that are offered: it was something else."""


def render_clarify(topics: Sequence[Topic], *, missed: bool = False) -> Reply:
    """The two or three nearest topics as buttons, for a question that could mean any of them, or that was *missed*."""
    lead = "Xin lỗi, vừa rồi hiểu chưa đúng ý anh/chị." if missed else "Chưa rõ ý anh/chị."
    return Reply(
        text=f"{lead} Có phải anh/chị muốn hỏi một trong các việc sau?",
        choices=(
            *(Choice(topic.title, "ask_policy", {"topic": topic.id}) for topic in topics[:_NEAREST]),
            NONE_OF_THESE,
        ),
        outcome=Outcome.CLARIFY,
    )


def _nothing_held(topic: Topic, day: date) -> Reply:
    return Reply(
        text=f"{topic.title}: ở đây chưa có quy định áp dụng cho ngày {money.day(day)}, cần cán bộ xác nhận.",
        choices=(_PERSON,),
        outcome=Outcome.OUT_OF_SCOPE if topic.scope is Scope.NEIGHBOUR else Outcome.UNVERIFIED,
        topic=topic.id,
    )


def _with_sources(body: str, citations: tuple[Citation, ...], law: Law, *, long: bool) -> str:
    """*body* and a last line with as many sources as a screen holds, at least one; a *long* text outgrows it anyway."""
    texts = [
        f"{body}\nCăn cứ: {format_citations(citations[:count], law)}."
        for count in range(min(CITATIONS_SAID, len(citations)), 0, -1)
    ]
    if long and texts:
        return texts[0]
    return next((text for text in texts if len(text) <= SCREEN), texts[-1] if texts else body)


def with_figures(text: str, day: date, law: Law) -> str:
    """*text* with its figures; where one was not seen at the source, its line says so, or one last line for all."""
    lines = text.splitlines()
    figures = [[_reference(match) for match in FIGURE.finditer(line)] for line in lines]
    doubts = [next(filter(None, (_doubt(figure, day, law) for figure in found)), None) for found in figures]
    said = [FIGURE.sub(lambda match: _figure(_reference(match), day, law), line) for line in lines]
    stated = {doubt for found, doubt in zip(figures, doubts, strict=True) if found}
    if len(stated) == 1 and None not in stated and sum(map(bool, figures)) > 1 and TO_CONFIRM not in text:
        return "\n".join([*said, f"Các con số trên: {stated.pop()}."])
    return "\n".join(_doubted(line, doubt) for line, doubt in zip(said, doubts, strict=True))


def _doubted(line: str, doubt: str | None) -> str:
    if doubt is None or TO_CONFIRM in line:
        return line
    bare = line.rstrip(".;,")
    return f"{bare} ({doubt}){line[len(bare) :]}"


def _reference(match: re.Match[str]) -> Reference:
    return Reference(match["name"], date.fromisoformat(match["day"]) if match["day"] else None)


def _figure(reference: Reference, day: date, law: Law) -> str:
    parameter = law.parameter(reference.name)
    value = parameter.on(reference.day or day).value
    # The loader lets no unverified figure into a text, and only those may hold nothing.
    assert value is not None  # noqa: S101
    return money.figure(value, parameter.unit)


def _doubt(reference: Reference, day: date, law: Law) -> str | None:
    asked = reference.day or day
    if law.cite_figure(reference.name, asked).status is Status.VERIFIED:
        return None
    mark = law.provisions[law.parameter(reference.name).on(asked).provision].on(asked).mark
    return f"{_ORIGINS.get(mark, _ORIGINS['SEEN-2nd'])}, {TO_CONFIRM}"


def _citations(version: TopicVersion, day: date, law: Law, *, long: bool) -> tuple[Citation, ...]:
    """Where the figures stand, then the rules; a place cited twice is as sure as the less sure of the two."""
    found = [law.cite_figure(figure.name, figure.day or day) for figure in version.figures(long=long)]
    found += [law.cite(cited.name, cited.day or day) for cited in version.cites]
    places: dict[tuple[str, str, date], Citation] = {}
    for citation in found:
        place = (citation.document, citation.article, citation.in_force_from)
        held = places.setdefault(place, citation)
        places[place] = replace(held, status=max(held.status, citation.status, key=_SURENESS.index))
    return tuple(places.values())


def _outcome(topic: Topic, version: TopicVersion, law: Law, question_text: str) -> Outcome:
    if topic.scope is Scope.NEIGHBOUR:
        return Outcome.OUT_OF_SCOPE
    if not version.held:
        return Outcome.UNVERIFIED
    if version.unverified_about:
        return Outcome.UNVERIFIED if _names(question_text, version.unverified_about) else Outcome.ANSWERED
    says_money = any(law.parameter(figure.name).unit in _MONEY for figure in version.figures())
    if version.unverified and not says_money and asks_figure(question_text):
        return Outcome.UNVERIFIED
    return Outcome.ANSWERED


def _names(text: str, words: Sequence[str]) -> bool:
    said = f" {' '.join(re.findall(_WORD, fold(normalise(text))))} "
    return any(f" {' '.join(re.findall(_WORD, fold(word)))} " in said for word in words)


def _choices(topic: Topic, version: TopicVersion, *, long: bool) -> tuple[Choice, ...]:
    more = [Choice("Xem thêm", "ask_policy", {"topic": topic.id, "long": True})] if version.more and not long else []
    steps = [_step(step) for step in topic.next]
    related = [Choice(other.title, "ask_policy", {"topic": other.id}) for other in topic.related]
    return tuple((more + steps + related)[:CHOICES])


def _step(step: str) -> Choice:
    kind, _, programme = step.partition(":")
    return replace(_STEPS[kind], data={"need": [programme]}) if programme else _STEPS[kind]
