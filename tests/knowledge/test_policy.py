"""Policy replies: outcome, doubts, former figures, buttons."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.eligibility.citation import Status
from bot.knowledge.loader import load_topics
from bot.programmes.loader import load_law
from bot.replies.dead_figure import dead_figure_note
from bot.replies.policy import render_clarify, render_topic
from bot.replies.reply import Choice, Outcome

TODAY = date(2026, 11, 23)
LAW = load_law()
TOPICS = load_topics(LAW)


@pytest.mark.parametrize(
    ("topic", "question", "outcome"),
    [
        ("machinery", "mua máy được bao nhiêu", Outcome.ANSWERED),
        ("machinery", "có hỗ trợ máy không", Outcome.ANSWERED),
        ("trademark", "đăng ký nhãn hiệu được hỗ trợ không", Outcome.ANSWERED),
        ("trademark", "dang ky nhan hieu duoc bao nhieu tien", Outcome.UNVERIFIED),
        ("trademark", "mức hỗ trợ thương hiệu", Outcome.UNVERIFIED),
        ("showroom", "showroom được mấy trăm triệu", Outcome.UNVERIFIED),
        ("training", "dạy nghề được mấy phần trăm", Outcome.UNVERIFIED),
        ("relocation", "di dời được hỗ trợ bao nhiêu", Outcome.UNVERIFIED),
        ("relocation", "di dời có được giúp không", Outcome.ANSWERED),
        ("cleaner_production", "sản xuất sạch hơn được bao nhiêu", Outcome.ANSWERED),
        ("industrial_cluster", "hạ tầng cụm công nghiệp được bao nhiêu", Outcome.ANSWERED),
        ("what_counts_as_machinery", "mua xe tải có được không", Outcome.UNVERIFIED),
        ("ocop", "ocop được bao nhiêu tiền", Outcome.OUT_OF_SCOPE),
        ("bank_loans", "vay vốn ở đâu", Outcome.OUT_OF_SCOPE),
    ],
)
def test_the_outcome_follows_what_is_asked_and_held(topic: str, question: str, outcome: Outcome) -> None:
    assert outcome is render_topic(TOPICS[topic], TODAY, LAW, question).outcome


def test_the_ceiling_is_cited_in_the_wording_of_the_day() -> None:
    reply = render_topic(TOPICS["machinery"], TODAY, LAW)
    first = reply.citations[0]
    assert ("28/2018/TT-BTC", "khoản 4 Điều 8", date(2018, 5, 11), Status.VERIFIED) == (
        first.document,
        first.article,
        first.in_force_from,
        first.status,
    )
    assert "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in reply.text
    assert reply.topic == "machinery"


def test_a_secondhand_figure_says_so_in_its_line() -> None:
    line = render_topic(TOPICS["start_enterprise"], TODAY, LAW).text.splitlines()[0]
    assert "10 triệu đồng" in line
    assert "cần cán bộ xác nhận" in line


def test_a_place_cited_for_a_sure_rule_and_an_unsure_figure_is_unsure() -> None:
    cited = render_topic(TOPICS["effective_model"], TODAY, LAW).citations
    assert [c.status for c in cited if c.article == "khoản 2 Điều 8"] == [Status.SECONDHAND]


def test_the_long_text_and_its_button() -> None:
    short = render_topic(TOPICS["machinery"], TODAY, LAW)
    more = Choice("Xem thêm", "ask_policy", {"topic": "machinery", "long": True})
    assert more == short.choices[0]
    long = render_topic(TOPICS["machinery"], TODAY, LAW, long=True)
    assert more not in long.choices
    assert "450 triệu đồng" in long.text
    assert "450 triệu đồng" not in short.text


def test_the_next_steps_are_buttons() -> None:
    choices = render_topic(TOPICS["machinery"], TODAY, LAW).choices
    assert Choice("Kiểm tra xưởng của tôi", "start_screening", {"need": ["machinery"]}) in choices
    assert Choice("Gặp người phụ trách", "handover") in choices
    assert len(choices) <= 5


def test_every_button_leads_somewhere() -> None:
    for topic in TOPICS.values():
        for choice in render_topic(topic, TODAY, LAW).choices:
            assert choice.title
            if choice.intent == "ask_policy":
                assert choice.data["topic"] in TOPICS


def test_clarify_offers_two_or_three() -> None:
    reply = render_clarify([TOPICS["used_machine"], TOPICS["already_bought"], TOPICS["machinery"], TOPICS["de_an"]])
    assert Outcome.CLARIFY is reply.outcome
    assert [c.data["topic"] for c in reply.choices[:3]] == ["used_machine", "already_bought", "machinery"]
    assert reply.choices[3].title == "Ý khác"


@pytest.mark.parametrize(
    ("text", "topic", "note"),
    [
        ("nghe nói hỗ trợ máy 200 triệu phải không", "machinery", "mức cũ, nay là **300 triệu đồng**"),
        ("may duoc ho tro toi da 200tr ha", "machinery", "mức cũ, nay là **300 triệu đồng**"),
        ("mô hình trình diễn mức 500 triệu đúng không", "demonstration_model", "nay là **1 tỷ đồng**"),
        ("hạ tầng cụm công nghiệp mức trần 3 tỷ", "industrial_cluster", "nay là **6 tỷ đồng**"),
        ("nhãn hiệu được hỗ trợ 35 triệu phải không", "trademark", "đã hết hiệu lực; mức hiện nay cần cán bộ"),
        ("thuê tư vấn tối đa 35 triệu", "consulting", "đã hết hiệu lực"),
        ("doanh nghiệp vừa là dưới 300 lao động phải không", "sme_sizes", "nay không còn áp dụng"),
        ("doanh thu trên 500 triệu phải đóng thuế đúng không", "household_tax", "nay không còn áp dụng"),
        ("hạn nộp trước ngày 20/5 phải không", "dossier_and_dates", "nay không còn áp dụng"),
        ("sở nộp trước 15/6 đúng không", "dossier_and_dates", "mức cũ, nay là **20/6**"),
    ],
)
def test_a_former_figure_is_put_right_first(text: str, topic: str, note: str) -> None:
    reply = render_topic(TOPICS[topic], TODAY, LAW, text)
    assert note in reply.text.splitlines()[0]
    assert "35 triệu" not in reply.text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("mua máy 200 triệu thì sao", "machinery"),
        ("máy giá 200 triệu", "machinery"),
        ("hỗ trợ tối đa 300 triệu phải không", "machinery"),
        ("công ty 300 người xin được không", "sme_sizes"),
        ("mua máy được bao nhiêu", "machinery"),
        ("hỗ trợ máy 123 triệu phải không", "machinery"),
    ],
)
def test_a_price_or_a_living_figure_is_left_alone(text: str, topic: str) -> None:
    assert dead_figure_note(text, TOPICS[topic], TODAY, LAW) is None


@given(st.text(max_size=80) | st.from_regex(r"mức \d{1,9}[.,]?\d{0,4} (triệu|tỷ|%|người)", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_a_reply(text: str) -> None:
    for topic in ("machinery", "trademark", "dossier_and_dates", "ocop"):
        assert render_topic(TOPICS[topic], TODAY, LAW, text).text
