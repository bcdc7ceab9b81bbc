"""The screening's messages beside its questions: what was noted, corrections, partial and final results, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.eligibility.assessment import Assessment, Verdict
from bot.eligibility.citation import Status
from bot.eligibility.facts import Facts, read_facts
from bot.errors import NotInForce
from bot.programmes.assess_lines import result_json
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.replies.assessment import render_documents, render_partial, render_result
from bot.replies.citation import format_citation
from bot.replies.money import day_of_year
from bot.replies.questions import fact_summary, say_fact
from bot.replies.reply import Attachment, Choice, Outcome, Reply

PARTIAL_AFTER = 3
"""Answers between two partial results."""
SHOWN_IN_FULL = 2
"""Results that are spelled out with every condition; more are listed and opened by a button."""
OFFERED_NEXT = 12
"""Support kinds offered to somebody who did not know what to want."""
_SEND = Choice("Gửi cho cán bộ", "pass_lead")
_FIX = Choice("Sửa câu trả lời", "correct_answer")
_PAPERS = Choice("Cần giấy tờ gì?", "documents")
_DRAFT = Choice("Bản nháp đề nghị", "get_paper", {"paper": "draft_request"})
_SHEET = Choice("Tờ tóm tắt", "get_paper", {"paper": "summary"})
_CHECK = Choice("Kiểm tra xưởng của tôi", "start_screening")


def noted(facts: Mapping[str, Any]) -> Reply | None:
    """What was understood so far, in one line; None when there is nothing to repeat."""
    text = fact_summary(read_facts(facts))
    return Reply(text, (), Outcome.SCREENING) if text else None


def go_on_where_left(facts: Mapping[str, Any], number: int) -> Reply:
    """After some time: what was told before, to be confirmed in one go, and which question is open."""
    told = fact_summary(read_facts(facts)).replace("Ghi nhận:", "Lần trước anh/chị cho biết:", 1)
    ask = f"Anh/chị đang ở câu {number}, tiếp tục nhé? Có gì đã khác thì nhắn lại."
    return Reply(
        f"{told}\n{ask}" if told else ask,
        (Choice("Tiếp tục", "resume"), _FIX, Choice("Làm lại từ đầu", "start_over")),
        Outcome.SCREENING,
    )


def noted_besides(names: Sequence[str], facts: Mapping[str, Any]) -> Reply:
    """What was told when something else was asked for."""
    told = read_facts(facts)
    said = " · ".join(filter(None, (say_fact(name, told) for name in names)))
    return Reply(f"Ghi nhận: {said}." if said else "Đã ghi nhận.", (), Outcome.SCREENING)


def partial(results: Sequence[Assessment], programmes: Programmes) -> Reply:
    """Where each support kind stands while questions are open."""
    return Reply(
        render_partial(results, programmes),
        (),
        Outcome.SCREENING,
        assessment=tuple(map(result_json, results)),
    )


def results(found: Sequence[Assessment], programmes: Programmes, law: Law, day: date) -> list[Reply]:
    """The final result: each wanted support kind in full, or a list with a button for each when there are many."""
    as_json = tuple(map(result_json, found))
    # Who did not know what to want chooses now, among what is still possible.
    open_kinds = [programmes[result.programme] for result in found if result.verdict is Verdict.UNDECIDED]
    ahead = [Choice(kind.short, "start_screening", {"programmes": [kind.id]}) for kind in open_kinds[:OFFERED_NEXT]]
    if not ahead and len(found) > SHOWN_IN_FULL:
        ahead = [Choice(programmes[one.programme].short, "summary", {"programme": one.programme}) for one in found]
    steps = (*ahead, _SEND, _PAPERS, *(() if open_kinds else (_DRAFT,)), _FIX)
    if len(found) <= SHOWN_IN_FULL:
        texts = [render_result(result, programmes[result.programme], law) for result in found]
    else:
        texts = [render_partial(found, programmes).replace("Đến lúc này:", "Kết quả sơ bộ:", 1)]
    cited = [tuple(dict.fromkeys(finding.citation for finding in result.findings)) for result in found]
    replies = [
        Reply(text, (), Outcome.SCREENING, citations=cited[place] if len(texts) == len(cited) else ())
        for place, text in enumerate(texts)
    ]
    last = replies[-1]
    closing = (
        "Anh/chị chọn khoản muốn xem kỹ, hoặc gửi cho cán bộ nơi đặt xưởng xem và gọi lại."
        if ahead
        else "Anh/chị có muốn gửi kết quả này cho cán bộ nơi đặt xưởng xem rồi gọi lại không?"
        if any(result.verdict is not Verdict.NOT_ELIGIBLE for result in found)
        else "Cần hỏi kỹ hơn, anh/chị có thể gửi cho cán bộ xem trường hợp của mình."
    )
    if any(result.verdict is not Verdict.NOT_ELIGIBLE for result in found):
        closing = f"{_next_day(law, day)}{closing}"
    replies[-1] = Reply(f"{last.text}\n\n{closing}", steps, last.outcome, citations=last.citations, assessment=as_json)
    return replies


def _next_day(law: Law, day: date) -> str:
    """The day of the year that matters next, with its article; empty when none is in force or sure."""
    try:
        deadline = law.parameter("common.registration_deadline").on(day)
    except NotInForce:
        return ""
    if deadline.status is Status.UNVERIFIED or not isinstance(deadline.value, str):
        return ""
    cited = format_citation(law.cite(deadline.provision, day), law)
    return (
        "Anh/chị nên báo nhu cầu sớm: hằng năm Sở Công Thương gửi đăng ký kế hoạch trước ngày "
        f"**{day_of_year(deadline.value)}**, theo {cited}.\n"
    )


def one_result(found: Sequence[Assessment], programme: str, programmes: Programmes, law: Law) -> Reply | None:
    """One of several results in full; None when it is not among them."""
    result = next((one for one in found if one.programme == programme), None)
    if result is None:
        return None
    return Reply(
        render_result(result, programmes[programme], law),
        (_SEND, _PAPERS, _FIX),
        Outcome.SCREENING,
        citations=tuple(dict.fromkeys(finding.citation for finding in result.findings)),
        assessment=(result_json(result),),
    )


def documents(found: Sequence[Assessment], programmes: Programmes) -> Reply:
    """The papers for the support kinds that are still possible, each paper once."""
    possible = [result for result in found if result.verdict is not Verdict.NOT_ELIGIBLE] or list(found)
    if len(possible) == 1:
        return Reply(render_documents(programmes[possible[0].programme]), (_SEND, _DRAFT, _SHEET), Outcome.SCREENING)
    wanted: dict[str, str] = {}
    for result in possible:
        for document in result.documents:
            wanted.setdefault(document.name, document.why)
    lines = [f"• {name}: {reason}." for name, reason in list(wanted.items())[:10]]
    return Reply("\n".join(["Giấy tờ nên chuẩn bị:", *lines]), (_SEND, _DRAFT, _SHEET), Outcome.SCREENING)


def paper(document: Attachment) -> Reply:
    """A paper that was asked for, with what it is and what it is not."""
    if document.kind == "summary":
        return Reply(
            "Tờ tóm tắt một trang đây, in ra hoặc mở trên điện thoại cho cán bộ xem đều được.",
            (_SEND, _DRAFT),
            Outcome.SCREENING,
            document=document,
        )
    return Reply(
        "Bản nháp đề nghị đây, điền sẵn những gì anh/chị đã cho biết. Chưa biết có mẫu chính thức nào, nên cán bộ xem và "
        "sửa trước khi nộp. Chỗ chấm chấm là chỗ anh/chị ghi thêm.",
        (_SEND, _SHEET),
        Outcome.SCREENING,
        document=document,
    )


def corrected(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    results_before: Sequence[Assessment],
    results_after: Sequence[Assessment],
    programmes: Programmes,
) -> Reply:
    """What was changed, and what that changed in the result."""
    was, now = read_facts(before), read_facts(after)
    changed = [said for name in _changed(was, now) if (said := say_fact(name, now))]
    verb = "Đã sửa" if was.values.keys() & _changed(was, now) else "Ghi thêm"
    head = f"{verb}: {' · '.join(dict.fromkeys(changed)) or 'theo ý anh/chị'}."
    verdicts = {result.programme: result.verdict for result in results_before}
    moved = [result for result in results_after if verdicts.get(result.programme) is not result.verdict]
    if not moved:
        return Reply(f"{head} Kết quả đến lúc này không đổi.", (), Outcome.SCREENING)
    return Reply(
        f"{head}\n{render_partial(moved, programmes).replace('Đến lúc này:', 'Kết quả thay đổi:', 1)}",
        (),
        Outcome.SCREENING,
        assessment=tuple(map(result_json, results_after)),
    )


def _changed(was: Facts, now: Facts) -> list[str]:
    names = [name for name in now.values if now.values[name] != was.values.get(name)]
    return ["place" if name.startswith("place.") else name for name in names]


def what_to_correct(facts: Mapping[str, Any]) -> Reply:
    """A correction that does not say what to change."""
    told = fact_summary(read_facts(facts)) or "Chưa ghi nhận gì để sửa."
    return Reply(
        f"{told}\nAnh/chị muốn sửa gì? Nhắn kiểu: “sửa lao động thành 25”, “xưởng ở Dĩ An”.", (), Outcome.SCREENING
    )


def nothing_before() -> Reply:
    """Going back from the first question."""
    return Reply("Đây là câu đầu tiên rồi.", (), Outcome.SCREENING)


def contact_skipped() -> Reply:
    """The contact questions were broken off."""
    return Reply("Vâng, chưa gửi gì cho ai cả. Khi nào cần, nhắn “gặp người”.", (_CHECK,), Outcome.COMMAND)


def nothing_told() -> Reply:
    """A summary or a resume of nothing."""
    return Reply("Anh/chị chưa cho biết gì về xưởng. Bắt đầu kiểm tra nhé?", (_CHECK,), Outcome.SCREENING)


def summary(facts: Mapping[str, Any], found: Sequence[Assessment], programmes: Programmes) -> Reply:
    """What was told, and how it stands."""
    return Reply(
        f"{fact_summary(read_facts(facts))}\n{render_partial(found, programmes)}",
        (_FIX,),
        Outcome.SCREENING,
        assessment=tuple(map(result_json, found)),
    )


def paused() -> Reply:
    """Later; nothing is lost."""
    return Reply(
        "Vâng, để khi khác. Các câu đã trả lời vẫn còn, nhắn “tiếp tục” là làm tiếp.",
        (Choice("Tiếp tục", "resume"),),
        Outcome.COMMAND,
    )


def started_over() -> Reply:
    """The draft is gone; from the first question."""
    return Reply("Bắt đầu lại từ đầu.", (), Outcome.SCREENING)
