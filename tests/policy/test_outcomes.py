"""Which questions on a topic are about what is not held."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge.loader import load_topics
from bot.language import fold
from bot.programmes.loader import load_law
from bot.replies.policy import render_topic
from bot.replies.reply import Outcome

TODAY = date(2026, 11, 23)
LAW = load_law()
TOPICS = load_topics(LAW)


@pytest.mark.parametrize(
    ("topic", "question", "outcome"),
    [
        ("local_levels", "mức trần nghĩa là gì", Outcome.ANSWERED),
        ("local_levels", "có chắc được đủ mức tối đa không", Outcome.ANSWERED),
        ("local_levels", "mỗi tỉnh có mức khác nhau phải không", Outcome.ANSWERED),
        ("local_levels", "TP.HCM cho bao nhiêu", Outcome.UNVERIFIED),
        ("local_levels", "mức của khu vực Bình Dương bây giờ", Outcome.UNVERIFIED),
        ("local_levels", "tphcm có nghị quyết chưa", Outcome.UNVERIFIED),
        ("what_counts_as_machinery", "thế nào thì được coi là máy móc", Outcome.ANSWERED),
        ("what_counts_as_machinery", "mua cả cụm máy cùng loại có tính không", Outcome.ANSWERED),
        ("what_counts_as_machinery", "mua xe tải có được không", Outcome.UNVERIFIED),
        ("what_counts_as_machinery", "cất lại nhà xưởng thì sao", Outcome.UNVERIFIED),
        ("personal_data", "số điện thoại của tôi ai giữ", Outcome.ANSWERED),
        ("personal_data", "khai ra có lộ không", Outcome.ANSWERED),
    ],
)
def test_a_question_is_unverified_only_when_it_is_about_what_is_not_held(
    topic: str, question: str, outcome: Outcome
) -> None:
    for said in (question, fold(question)):
        assert outcome is render_topic(TOPICS[topic], TODAY, LAW, said).outcome


def test_the_answer_on_personal_data_rests_on_our_own_promise_and_no_law() -> None:
    reply = render_topic(TOPICS["personal_data"], TODAY, LAW, long=True)

    assert [citation.document for citation in reply.citations] == ["Cam kết dữ liệu của kênh Khuyến công"]
    assert "Căn cứ: Cam kết dữ liệu của kênh Khuyến công." in reply.text
    assert "Luật" not in reply.text
