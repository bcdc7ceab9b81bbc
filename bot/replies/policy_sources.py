"""The register of sources as a page: what is held, what rests on it, and what a person must still find out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.eligibility.citation import Status
from bot.eligibility.parameter import Parameter
from bot.eligibility.provision import Instrument, Provision
from bot.errors import NotInForce
from bot.knowledge.topic import Topic
from bot.policy.content import Content
from bot.policy.doubts import Doubt, find_doubts
from bot.policy.questions import Question, Whom
from bot.replies import money
from bot.replies.policy_desk import STATUSES, said_place, said_value

_WHOM = {
    Whom.DEPARTMENT: "Hỏi Sở Công Thương Thành phố Hồ Chí Minh",
    Whom.INSTRUMENT: "Đọc nguyên văn văn bản của Chính phủ, bộ",
    Whom.LAWYER: "Hỏi luật sư",
}
_HEAD = """\
# Nguồn của chính sách

Trang này do `khuyencong policy sources` làm ra, đừng sửa tay. Cách sửa một con số: `docs/how-to/change-a-figure.md`.
"""


def render_sources(content: Content, day: date) -> str:
    """The whole page for *day*, in Markdown: first what to ask and whom, then every source with what rests on it."""
    doubts = find_doubts(content, day)
    lines = [_HEAD, f"Tính đến {money.day(day)}.", "", *_counts(content, doubts), ""]
    lines += ["## Phải hỏi, phải đọc trước khi đưa vào dùng", ""]
    for whom, heading in _WHOM.items():
        lines += [f"### {heading}", ""]
        for number, question in enumerate((q for q in content.questions if q.whom is whom), 1):
            lines += [*_question(number, question, doubts, content, day), ""]
    lines += ["## Văn bản và nguồn", ""]
    for instrument in content.law.instruments.values():
        lines += [*_instrument(instrument, content, day), ""]
    return "\n".join(lines).rstrip() + "\n"


def _counts(content: Content, doubts: tuple[Doubt, ...]) -> Iterator[str]:
    unsure = sum(doubt.status is Status.SECONDHAND for doubt in doubts)
    unknown = len(doubts) - unsure
    yield (
        f"{money.number(len(content.law.instruments))} văn bản và nguồn, {money.number(len(content.law.provisions))} "
        f"điều khoản, {money.number(len(content.law.parameters))} con số. "
        f"{money.number(unsure)} mục {STATUSES[Status.SECONDHAND]}; {money.number(unknown)} mục {STATUSES[Status.UNVERIFIED]}."
    )


def _question(number: int, question: Question, doubts: tuple[Doubt, ...], content: Content, day: date) -> Iterator[str]:
    yield f"{number}. **{question.ask}**"
    yield f"   - Có câu trả lời thì: {question.then}"
    covered = [doubt for doubt in doubts if question.covers(doubt.name)]
    instruments = {id(doubt.what) for doubt in covered}
    covered = [doubt for doubt in covered if not _is_whole(doubt, instruments, content)]
    for status in (Status.UNVERIFIED, Status.SECONDHAND):
        said = [_doubt(doubt, content, day) for doubt in covered if doubt.status is status]
        if said:
            yield f"   - {STATUSES[status].capitalize()}: {'; '.join(dict.fromkeys(said))}."


def _is_whole(doubt: Doubt, instruments: set[int], content: Content) -> bool:
    """Whether a doubt about a whole instrument stands in the list already, under the instrument's own name."""
    what = doubt.what
    return isinstance(what, Provision) and not what.article and id(_document(what, content)) in instruments


def _doubt(doubt: Doubt, content: Content, day: date) -> str:
    what = doubt.what
    if isinstance(what, Parameter):
        return f"{what.label} (`{what.name}`)"
    if isinstance(what, Provision):
        return f"{said_place(what.document, what.article, content.law)} (`{what.id}`)"
    if isinstance(what, Instrument):
        return _name(what)
    return f"{doubt.wording} (`{what.id}`)"


def _instrument(instrument: Instrument, content: Content, day: date) -> Iterator[str]:
    yield f"### {_name(instrument)}"
    yield ""
    if not instrument.is_press:
        yield f"- Về: {instrument.title}"
    yield f"- {_life(instrument)}"
    yield f"- Trạng thái: {STATUSES[instrument.status]}"
    if instrument.note:
        yield f"- Ghi chú: {instrument.note}"
    yield f"- Địa chỉ: {' · '.join(f'<{address}>' for address in instrument.addresses)}"
    provisions = [p for p in content.law.provisions.values() if _document(p, content) is instrument]
    if provisions:
        yield f"- Điều khoản: {_joined(_provision(p, day) for p in provisions)}"
    ids = {provision.id for provision in provisions}
    figures = [p for p in content.law.parameters.values() if any(v.provision in ids for v in p.values)]
    if figures:
        yield f"- Con số: {_joined(_figure(figure, ids, day) for figure in figures)}"
    topics = sorted({topic.id for topic in content.topics.values() if _rests(topic, ids, content)})
    if topics:
        yield f"- Chủ đề: {_joined(f'`{topic}`' for topic in topics)}"
    kinds = [kind.short for kind in content.programmes.values() if ids & set(kind.provisions)]
    if kinds:
        yield f"- Nội dung hỗ trợ: {_joined(kinds)}"


def _life(instrument: Instrument) -> str:
    parts = [
        f"ban hành {money.day(instrument.issued)}" if instrument.issued else "",
        f"từ {money.day(instrument.in_force_from)}" if instrument.in_force_from else "chưa rõ ngày có hiệu lực",
        f"đến hết {money.day(instrument.in_force_to)}" if instrument.in_force_to else "",
        f"sửa bởi {', '.join(instrument.amended_by)}" if instrument.amended_by else "",
        f"thay bằng {instrument.replaced_by}" if instrument.replaced_by else "",
    ]
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _provision(provision: Provision, day: date) -> str:
    where = provision.article or "cả văn bản"
    try:
        status = STATUSES[provision.on(day).status]
    except NotInForce:
        status = "không còn hiệu lực"
    return f"{where} (`{provision.id}`, {status})"


def _figure(parameter: Parameter, ids: set[str], day: date) -> str:
    """A figure with the value that stands here on *day*, or with its last one that did."""
    here = [value for value in parameter.values if value.provision in ids]
    try:
        now = parameter.on(day)
    except NotInForce:
        now = None
    value = now if now in here else here[-1]
    past = "" if value is now else "trước đây "
    return f"{parameter.label} (`{parameter.name}`): {past}{said_value(parameter, value)}"


def _rests(topic: Topic, ids: set[str], content: Content) -> bool:
    for version in topic.versions:
        if any(cite.name in ids for cite in version.cites):
            return True
        figures = (content.law.parameters[figure.name] for figure in version.figures(long=True))
        if any(value.provision in ids for figure in figures for value in figure.values):
            return True
    return False


def _document(provision: Provision, content: Content) -> Instrument | None:
    """The instrument of a provision; a report's provisions name it by its title."""
    held = content.law.instruments
    return held.get(provision.document) or next((i for i in held.values() if i.title == provision.document), None)


def _name(instrument: Instrument) -> str:
    return instrument.name[:1].upper() + instrument.name[1:]


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
