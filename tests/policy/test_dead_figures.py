"""Figures of repealed texts that people still quote: seen, put right, and no uncertain figure stated instead."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.eligibility.citation import Status
from bot.knowledge.loader import load_topics
from bot.language import fold
from bot.programmes.loader import load_law
from bot.replies import money
from bot.replies.dead_figure import dead_figure_note
from bot.replies.policy import render_topic

TODAY = date(2026, 11, 23)
LAW = load_law()
TOPICS = load_topics(LAW)
UNKNOWN_NOW = "là của văn bản đã hết hiệu lực; mức hiện nay cần cán bộ xác nhận"
ENDED = "là mức cũ, nay không còn áp dụng"


def now(figure: str) -> str:
    return f"là mức cũ, nay là **{figure}**"


# The middle column of the comparison with the circular that ended in 2018, then old dates, sizes and taxes.
QUOTES = [
    ("demonstration_model", "mô hình trình diễn được hỗ trợ 500 triệu phải không", now("1 tỷ đồng")),
    ("demonstration_model", "Nghe nói làm mô hình được năm trăm triệu", now("1 tỷ đồng")),
    ("machinery", "nghe nói mua máy được tối đa 200 triệu", now("300 triệu đồng")),
    ("machinery", "máy móc được hai trăm triệu phải không anh", now("300 triệu đồng")),
    ("repealed_circular", "thông tư liên tịch ghi máy tối đa 200tr, còn đúng không", now("300 triệu đồng")),
    ("circular_64", "sau thông tư 64 máy vẫn tối đa 200 triệu đúng không", now("300 triệu đồng")),
    ("vote_organising_levels", "bình chọn khu vực mức chi 100 triệu đúng không", now("200 triệu đồng")),
    ("vote_organising_levels", "bình chọn cấp quốc gia tối đa 200 triệu phải không", now("400 triệu đồng")),
    ("typical_product_prize", "sản phẩm khu vực được thưởng 5 triệu phải không", UNKNOWN_NOW),
    ("typical_product_prize", "cấp quốc gia thưởng tới mười triệu đúng không", UNKNOWN_NOW),
    ("typical_product_benefits", "nghe nói đạt tiêu biểu được thưởng 10 triệu", UNKNOWN_NOW),
    ("trademark", "làm thương hiệu được 35 triệu phải không", UNKNOWN_NOW),
    ("trademark", "thương hiệu hỗ trợ 50% chi phí đúng không", UNKNOWN_NOW),
    ("trademark", "mức ba mươi lăm triệu làm thương hiệu còn không", UNKNOWN_NOW),
    ("consulting", "thuê tư vấn được hỗ trợ tối đa 35 triệu phải không", UNKNOWN_NOW),
    ("associations_clusters", "lập hội cấp vùng được 70 triệu đúng không", UNKNOWN_NOW),
    ("associations_clusters", "hiệp hội quốc gia tối đa 100 triệu phải không", UNKNOWN_NOW),
    ("associations_clusters", "hội ngành nghề được 30% chi phí đúng không", UNKNOWN_NOW),
    ("associations_clusters", "cụm liên kết tối đa 150 triệu đúng không", UNKNOWN_NOW),
    ("associations_clusters", "cụm liên kết được hỗ trợ 50% phải không", UNKNOWN_NOW),
    ("relocation", "di dời được hỗ trợ 50% lãi vay phải không", UNKNOWN_NOW),
    ("relocation", "lãi vay di dời tối đa 500 triệu đúng không", UNKNOWN_NOW),
    ("pollution_repair", "xử lý ô nhiễm ở cơ sở được 30% đúng không", UNKNOWN_NOW),
    ("pollution_repair", "xử lý nước thải tối đa 300 triệu phải không", UNKNOWN_NOW),
    ("cluster_pollution_planning", "xử lý ô nhiễm cụm được hỗ trợ 1.500 triệu phải không", UNKNOWN_NOW),
    ("cluster_pollution_planning", "xử lý ô nhiễm cụm tối đa 1,5 tỷ đúng không", UNKNOWN_NOW),
    ("cluster_pollution_planning", "quy hoạch chi tiết cụm tối đa 500 triệu đúng không", UNKNOWN_NOW),
    ("industrial_cluster", "hạ tầng cụm công nghiệp tối đa 3.000 triệu phải không", now("6 tỷ đồng")),
    ("industrial_cluster", "hạ tầng cụm được ba tỷ đúng không", now("6 tỷ đồng")),
    ("priorities", "địa bàn ưu tiên được mức gấp 1,5 lần phải không", UNKNOWN_NOW),
    ("de_an", "chi quản lý của cơ quan tối đa 1,5% đúng không", UNKNOWN_NOW),
    ("de_an", "đơn vị thực hiện được chi quản lý 2,5% phải không", UNKNOWN_NOW),
    ("cleaner_production", "đánh giá sản xuất sạch hơn tối đa 50 triệu phải không", UNKNOWN_NOW),
    ("dossier_and_dates", "hạn nộp về Sở trước ngày 20/5 phải không", ENDED),
    ("dossier_and_dates", "Sở gửi Cục trước ngày 15 tháng 6 đúng không", now("20/6")),
    ("dossier_and_dates", "quy định nộp 3 bộ hồ sơ phải không", now("2 bộ")),
    ("typical_product_validity", "giấy chứng nhận có giá trị tới hết năm thứ ba phải không", now("4")),
    ("sme_sizes", "doanh nghiệp vừa là tới 300 lao động phải không", ENDED),
    ("sme_sizes", "quy định ba trăm công nhân là doanh nghiệp vừa đúng không", ENDED),
    ("household_tax", "doanh thu dưới 500 triệu không phải nộp thuế đúng không", ENDED),
    ("household_tax", "nghe nói năm trăm triệu trở xuống khỏi hóa đơn điện tử", ENDED),
]


@pytest.mark.parametrize("accented", [True, False], ids=["accented", "unaccented"])
@pytest.mark.parametrize(("topic", "quote", "note"), QUOTES)
def test_a_dead_figure_is_put_right(topic: str, quote: str, note: str, accented: bool) -> None:
    reply = render_topic(TOPICS[topic], TODAY, LAW, quote if accented else fold(quote))

    assert note in reply.text.splitlines()[0]
    assert not unverified_in(topic, reply.text)


@pytest.mark.parametrize(
    ("topic", "quote"),
    [
        ("start_enterprise", "thành lập doanh nghiệp được 10 triệu đúng không"),
        ("effective_model", "mô hình hiệu quả tối đa 100 triệu phải không"),
        ("machinery", "máy được hỗ trợ 50% phải không"),
        ("machinery", "tối đa ba trăm triệu phải không"),
        ("vote_organising_levels", "bình chọn khu vực tối đa 200 triệu phải không"),
        ("fair_domestic", "hội chợ khác được 80% tiền gian hàng đúng không"),
        ("sme_sizes", "doanh nghiệp vừa vốn tới 100 tỷ đúng không"),
        ("local_levels", "có chắc chắn được 300 triệu không"),
        ("household_tax", "tới một tỷ không phải nộp thuế đúng không"),
        ("dossier_and_dates", "trước ngày 20/6 phải không"),
        ("typical_product_validity", "đến hết năm thứ tư phải không"),
        ("machinery", "máy này giá 200 triệu"),
        ("who_may_benefit", "xưởng có 300 thợ"),
    ],
)
def test_a_figure_that_still_holds_or_is_no_rule_is_left_alone(topic: str, quote: str) -> None:
    for said in (quote, fold(quote)):
        assert dead_figure_note(said, TOPICS[topic], TODAY, LAW) is None


def unverified_in(topic: str, text: str) -> set[str]:
    """What stands in *text* only because a parameter holds it that may not be stated today."""
    version = TOPICS[topic].on(TODAY)
    held = [law_value(name) for name in {*version.unverified, *TOPICS[topic].dead} & LAW.parameters.keys()]
    stated = {law_value(figure.name)[0] for figure in version.figures(long=True) if figure.day is None}
    forbidden = {said for said, status in held if said and status is Status.UNVERIFIED} - stated
    return {said for said in forbidden if re.search(rf"(?<![\d.,]){re.escape(said)}", text)}


def law_value(name: str) -> tuple[str, Status]:
    """A figure as it would be said today, empty when none is held, and its status."""
    parameter = LAW.parameter(name)
    dated = parameter.on(TODAY)
    return (money.figure(dated.value, parameter.unit) if dated.value is not None else ""), dated.status


def test_an_unverified_figure_in_a_text_would_be_seen() -> None:
    assert unverified_in("trademark", "Được 35 triệu đồng.") == {"35 triệu đồng"}
