"""Every sentence with a number, in topics and support kinds, has that number in a source it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.eligibility.citation import Status
from bot.eligibility.programme import Programme
from bot.knowledge.topic import FIGURE, Topic
from bot.policy.content import Content, load_content
from bot.replies import money
from bot.replies.policy import render_topic

TODAY = date(2026, 11, 23)
CONTENT: Content = load_content()
LAW = CONTENT.law
NUMBER = re.compile(r"\d+/\d{4}/[A-ZĐ]+\d*(?:-[A-ZĐ]+\d*)*|\d+/(?:QĐ|CT|NQ)-[A-ZĐ][A-ZĐa-z]*\d*")
CALLED = re.compile(r"(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Chỉ thị) \d+(?:/\d{4})?(?![\d/])")
PLACE_OR_TIME = re.compile(
    r"(?:Điều|khoản|Phụ lục|[Nn]ăm|giai đoạn) \d+[a-zđ]?(?:–\d{4})?|(?:19|20)\d{2}–(?:19|20)\d{2}|^\d{1,2}\. "
)
DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


def days(topic: Topic) -> list[date]:
    """The days on which the topic's words begin or end, and today."""
    ends = {version.end for version in topic.versions if version.end}
    return sorted(day for day in {TODAY, *ends, *(v.start for v in topic.versions)} if day <= TODAY)


def sentences(text: str) -> Iterator[str]:
    """Lines cut at full stops; a stop between digits or in TP.HCM is none."""
    for line in text.partition("Căn cứ: ")[0].splitlines():
        yield from (part for part in re.split(r"(?<=[^\dP])\. ", line) if re.search(r"\d", part))


def stated(topic: Topic, day: date, *, long: bool) -> dict[str, str]:
    """What the topic's own figures are said as on *day*, and the provision each stands in."""
    said: dict[str, str] = {}
    for figure in topic.on(day).figures(long=long):
        parameter = LAW.parameter(figure.name)
        dated = parameter.on(figure.day or day)
        assert dated.value is not None
        assert dated.status is not Status.UNVERIFIED
        said[money.figure(dated.value, parameter.unit)] = dated.provision
    return said


@pytest.mark.parametrize("topic", CONTENT.topics.values(), ids=CONTENT.topics)
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_a_sentence_with_a_number_traces_to_a_cited_source(topic: Topic, long: bool) -> None:
    for day in days(topic):
        reply = render_topic(topic, day, LAW, long=long)
        cited = {citation.document for citation in reply.citations}
        figures = stated(topic, day, long=long)
        for figure, provision in figures.items():
            assert LAW.provisions[provision].document in cited, figure
        for sentence in sentences(reply.text):
            rest = sentence
            for figure in sorted(figures, key=len, reverse=True):
                rest = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?!\d)", "", rest)
            for day_said in DAY.finditer(rest):
                spoken = date(int(day_said[3]), int(day_said[2]), int(day_said[1]))
                assert spoken in days_of(topic, day), (sentence, spoken)
            rest = PLACE_OR_TIME.sub("", DAY.sub("", CALLED.sub("", NUMBER.sub("", rest))))
            assert not re.search(r"\d", rest), sentence


def days_of(topic: Topic, day: date) -> set[date]:
    """The days that the topic may name: of the instruments it cites or names, and of its own versions."""
    version = topic.on(day)
    texts = f"{version.answer}\n{version.more}"
    named = {LAW.provisions[cite.name].document for cite in version.cites} | set(NUMBER.findall(texts))
    named |= {
        LAW.provisions[v.provision].document for f in version.figures(long=True) for v in LAW.parameter(f.name).values
    }
    amending = {w.amended_by for cite in version.cites for w in LAW.provisions[cite.name].wordings if w.amended_by}
    found: set[date] = {version.start} | ({version.end} if version.end else set())
    for number in named | amending:
        if instrument := LAW.instruments.get(number):
            found |= {d for d in (instrument.issued, instrument.in_force_from) if d}
            found |= {instrument.in_force_to + timedelta(days=1)} if instrument.in_force_to else set()
    for cite in version.cites:
        found |= {wording.in_force_from for wording in LAW.provisions[cite.name].wordings}
    for figure in version.figures(long=True):
        found |= {value.value for value in LAW.parameter(figure.name).values if isinstance(value.value, date)}
    return found


@pytest.mark.parametrize("kind", CONTENT.programmes.values(), ids=CONTENT.programmes)
def test_the_texts_of_a_support_kind_carry_no_figure_of_their_own(kind: Programme) -> None:
    words = [w for said in kind.words.values() for w in (said.met, said.not_met, said.officer, said.unknown)]
    words += [w for said in kind.words.values() for w in said.by_actual.values()]
    papers = [text for document in kind.documents for text in (document.name, document.why)]
    notes = [*kind.notes, *(note.note for note in kind.priority_notes)]

    for text in [kind.name, kind.short, kind.about, *words, *papers, *notes]:
        assert not re.search(r"\d", FIGURE.sub("", NUMBER.sub("", text))), text


def test_every_document_that_is_cited_or_named_is_in_the_register() -> None:
    titles = {instrument.title for instrument in LAW.instruments.values()}
    cited = {p.document for p in LAW.provisions.values()}
    amending = {w.amended_by for p in LAW.provisions.values() for w in p.wordings if w.amended_by}
    named = {
        number
        for topic in CONTENT.topics.values()
        for version in topic.versions
        for number in NUMBER.findall(f"{version.answer}\n{version.more}")
    }

    assert cited - titles - LAW.instruments.keys() == set()
    assert (amending | named) - LAW.instruments.keys() == set()


def test_every_instrument_says_what_the_register_must_hold() -> None:
    for instrument in LAW.instruments.values():
        assert instrument.number
        assert instrument.kind
        assert instrument.addresses
        assert instrument.status in set(Status)
        assert (
            instrument.in_force_from
            or instrument.in_force_to
            or instrument.issued
            or instrument.note
            or instrument.is_press
        )
        for other in (*instrument.amended_by, instrument.replaced_by):
            assert other is None or other in LAW.instruments
