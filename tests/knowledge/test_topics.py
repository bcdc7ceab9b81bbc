"""Every topic of ours: short enough, cited, dated, and without a figure that the law does not hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import pytest

from bot.eligibility.citation import Status
from bot.errors import NotInForce
from bot.knowledge.loader import load_topics
from bot.knowledge.topic import Scope, Topic
from bot.programmes.loader import Law, load_law
from bot.replies import money
from bot.replies.policy import render_topic
from bot.replies.reply import Outcome

TODAY = date(2026, 11, 23)
DECREE_235 = date(2025, 10, 15)
LAW = load_law()
TOPICS = load_topics(LAW)
HEDGE = "cần cán bộ|cán bộ cần xem|phải hỏi Sở Công Thương"
# Names that hold digits: documents, articles, years, list marks.
NAMES = re.compile(
    r"\d+(?:/\d{4})?/[A-ZĐ]+[\d-]*[A-ZĐ-]*\d*|(?:Nghị định|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Chỉ thị) \d+(?:/\d{4})?(?![\d/])"
    r"|(?:Điều|khoản|Phụ lục) \d+\w?|(?:[Nn]ăm|giai đoạn) \d{4}(?:–\d{4})?|\d{4}–\d{4}|^\d+\. ",
    re.MULTILINE,
)


def every_day(topic: Topic) -> list[date]:
    """The first and last day of each version, and today."""
    days = {TODAY} | {version.start for version in topic.versions}
    return sorted(days | {version.end for version in topic.versions if version.end})


def figures(law: Law, day: date) -> set[str]:
    """Everything that a parameter may be said as on *day* or was before."""
    said: set[str] = {money.day(known) for known in law.days}
    for parameter in law.parameters.values():
        values = [v for v in parameter.values if v.status is not Status.UNVERIFIED and v.in_force_from <= day]
        said |= {money.figure(value.value, parameter.unit) for value in values if value.value is not None}
    return said


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_a_topic_fits_a_screen_and_is_cited(topic: Topic) -> None:
    for day in (day for day in every_day(topic) if day <= TODAY):
        reply = render_topic(topic, day, LAW)
        assert len(reply.text) <= 600, (day, len(reply.text), reply.text)
        assert unicodedata.is_normalized("NFC", reply.text)
        assert "{" not in reply.text
        if topic.scope is Scope.KHUYEN_CONG:
            assert reply.citations
            assert "Căn cứ: " in reply.text.splitlines()[-1]
        assert all(citation.status is not Status.UNVERIFIED for citation in reply.citations)
        assert all(citation.in_force_from <= day for citation in reply.citations)
        assert len(set(reply.citations)) == len(reply.citations)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_every_number_said_is_held(topic: Topic) -> None:
    for day in (day for day in every_day(topic) if day <= TODAY):
        held = sorted(figures(LAW, day), key=len, reverse=True)
        for long in (False, True):
            rest = render_topic(topic, day, LAW, long=long).text.partition("Căn cứ: ")[0]
            for figure in held:
                rest = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?![\d%])", "", rest)
            assert not re.findall(r"\S*\d\S*", NAMES.sub("", rest))


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_an_unsure_answer_sends_to_a_person(topic: Topic) -> None:
    version = topic.on(TODAY)
    if version.unverified or not version.held:
        assert re.search(HEDGE, version.answer)
        assert "person" in topic.next


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_the_tone_is_ours(topic: Topic) -> None:
    for version in topic.versions:
        text = f"{version.answer}\n{version.more}"
        assert "được duyệt" not in text
        assert "!" not in text
        assert not re.search(r"\b(?:em|bạn|quý khách)\b", text, re.IGNORECASE)
        assert text.count("**") % 2 == 0


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_a_topic_has_enough_wordings(topic: Topic) -> None:
    assert len(topic.questions) >= 10
    folded = [question.casefold() for question in topic.questions]
    assert len(set(folded)) == len(folded)


def test_no_question_stands_in_two_topics() -> None:
    owners: dict[str, set[str]] = {}
    for topic in TOPICS.values():
        for text in (*topic.questions, *topic.phrases):
            owners.setdefault(text.casefold().strip(" ?."), set()).add(topic.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("topic", "before", "after"),
    [
        ("place_rule", "phường của thành phố loại", "đặc khu của **thành phố trực thuộc"),
        ("who_may_benefit", "dịch vụ khuyến công", "liên hiệp hợp tác xã"),
        ("trades", "xử lý ô nhiễm", "công nghệ cao"),
        ("activities", "cụm liên kết", "chuyển đổi số"),
        ("priorities", "Sản xuất sạch hơn xét theo", "phụ nữ"),
        ("digital_transformation", "bán hàng trực tuyến", "nội dung mới"),
    ],
)
def test_the_decree_of_2025_changes_the_answer_on_its_day(topic: str, before: str, after: str) -> None:
    old = render_topic(TOPICS[topic], DECREE_235 - timedelta(days=1), LAW)
    new = render_topic(TOPICS[topic], DECREE_235, LAW)
    assert before in old.text
    assert after not in old.text
    assert after in new.text
    assert all(citation.amended_by != "235/2025/NĐ-CP" for citation in old.citations)
    assert any(citation.amended_by == "235/2025/NĐ-CP" for citation in new.citations)


@pytest.mark.parametrize(
    ("topic", "day", "said", "unsaid"),
    [
        ("machinery", date(2018, 5, 10), "200 triệu đồng", "300 triệu đồng"),
        ("machinery", date(2018, 5, 11), "300 triệu đồng", "200 triệu đồng"),
        ("demonstration_model", date(2018, 5, 10), "500 triệu đồng", "1 tỷ đồng"),
        ("demonstration_model", date(2018, 5, 11), "1 tỷ đồng", "500 triệu đồng"),
        ("trademark", date(2018, 5, 10), "35 triệu đồng", "chưa có nguồn"),
        ("trademark", date(2018, 5, 11), "chưa có nguồn chính thức", "35 triệu"),
        ("industrial_cluster", date(2018, 5, 10), "3 tỷ đồng", "6 tỷ đồng"),
        ("industrial_cluster", date(2018, 5, 11), "6 tỷ đồng", "3 tỷ đồng"),
        ("technology_line", TODAY, "450 triệu đồng", "300 triệu đồng"),
        ("start_enterprise", TODAY, "10 triệu đồng** một doanh nghiệp", "30%"),
    ],
)
def test_a_figure_is_that_of_the_day(topic: str, day: date, said: str, unsaid: str) -> None:
    text = render_topic(TOPICS[topic], day, LAW).text
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_before_the_first_version_nothing_is_said(topic: Topic) -> None:
    day = topic.versions[0].start - timedelta(days=1)
    with pytest.raises(NotInForce):
        topic.on(day)
    reply = render_topic(topic, day, LAW)
    assert f"chưa có quy định áp dụng cho ngày {money.day(day)}" in reply.text
    assert reply.citations == ()
    assert reply.outcome in (Outcome.UNVERIFIED, Outcome.OUT_OF_SCOPE)
