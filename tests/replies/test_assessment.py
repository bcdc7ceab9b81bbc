"""Results, questions and citations as people read them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.eligibility.assessment import Assessment
from bot.eligibility.facts import FACTS, read_facts
from bot.plain_yaml import read_yaml
from bot.programmes.assess_lines import assess_request
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import Law, load_law
from bot.replies.assessment import (
    fact_summary,
    question_choices,
    question_text,
    render_documents,
    render_partial,
    render_result,
    why_asked,
)
from bot.replies.citation import format_citation
from bot.replies.money import day_of_year, figure, money, money_range, percent

TODAY = date(2026, 11, 23)
BASES: dict[str, Any] = read_yaml(Path(__file__).parents[1] / "programmes" / "cases" / "bases.yml")
READY = BASES["du_dieu_kien"]
QUESTIONS = [
    "need", "legal_form", "registered", "activity", "trade_group", "place", "employees", "annual_revenue", "total_capital",
    "machine.price", "machine.condition", "machine.bought", "machine.line", "demonstration.cost",
    "demonstration.new_in_area", "demonstration.willing_to_show", "own_capital_ready", "prior_support_same_item",
    "owner_female", "owner_ethnic_minority", "exports", "cleaner_production_aim", "typical.self_made", "typical.series",
    "typical.copied", "typical.is_set", "typical.prior_certificate", "violations", "place.in_recognised_craft_village",
    "place.difficult_area", "place.in_industrial_park", "place.two_sites", "timing", "phone", "name", "consent",
]  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def programmes(law: Law) -> Programmes:
    return load_programmes(law)


def judged(programmes: Programmes, law: Law, need: list[str] | None = None, **changes: Any) -> tuple[Assessment, ...]:
    return assess_request({"id": 1, "facts": {**READY, **changes}, "need": need}, TODAY, programmes, law)


def said(programmes: Programmes, law: Law, name: str = "machinery", **changes: Any) -> str:
    [result] = judged(programmes, law, [name], **changes)
    return render_result(result, programmes[name], law)


@pytest.mark.parametrize(
    ("vnd", "text"),
    [
        (300_000_000, "300 triệu đồng"),
        (1_200_000_000, "1,2 tỷ đồng"),
        (1_000_000_000, "1 tỷ đồng"),
        (102_250_000, "102,25 triệu đồng"),
        (1_234_000_000, "1.234 triệu đồng"),
        (200_000_000_000, "200 tỷ đồng"),
        (1_234_567, "1.234.567 đồng"),
        (500_000, "500.000 đồng"),
        (0, "0 đồng"),
    ],
)
def test_money_is_short_and_loses_nothing(vnd: int, text: str) -> None:
    assert money(vnd) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (50, "percent", "50%"),
        (1.5, "percent", "1,5%"),
        (1.5, "times", "1,5 lần"),
        (200, "people", "200 người"),
        (date(2025, 10, 15), "date", "15/10/2025"),
        ("06-20", "day_of_year", "20/6"),
        (36, "count", "36"),
        (300_000_000, "VND", "300 triệu đồng"),
    ],
)
def test_a_figure_is_said_in_its_unit(value: Any, unit: str, text: str) -> None:
    assert figure(value, unit) == text


def test_ranges_and_shares() -> None:
    assert money_range(350_000_000, 400_000_000) == "350 triệu đến 400 triệu đồng"
    assert money_range(200_000_000, None) == "từ 200 triệu đồng trở lên"
    assert money_range(None, 5_000_000) == "không quá 5 triệu đồng"
    assert percent(80) == "80%"
    assert day_of_year("12-31") == "31/12"


@pytest.mark.parametrize(
    ("provision", "text"),
    [
        ("nd80-5-3", "khoản 3 Điều 5 Nghị định 80/2021/NĐ-CP"),
        (
            "tt28-8-4",
            "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC (sửa đổi bởi Thông tư 64/2024/TT-BTC, cần cán bộ xác nhận)",
        ),
        (
            "nd45-1-2",
            "khoản 2 Điều 1 Nghị định 45/2012/NĐ-CP (sửa đổi bởi Nghị định 235/2025/NĐ-CP, cần cán bộ xác nhận)",
        ),
        ("tt46-4-4-b", "điểm b khoản 4 Điều 4 Thông tư 46/2012/TT-BCT (cần cán bộ xác nhận)"),
        ("tt36-10-2", "khoản 2 Điều 10 Thông tư 36/2013/TT-BCT (sửa đổi bởi Thông tư 17/2018/TT-BCT)"),
        ("nq14", "Nghị quyết 14/2019/NQ-HĐND"),
        ("seed-2023", "bài báo về khuyến công Bình Dương năm 2023"),
    ],
)
def test_a_citation_is_said_with_its_doubt(provision: str, text: str, law: Law) -> None:
    assert format_citation(law.cite(provision, TODAY), law) == text


def test_a_good_result_says_ceiling_arithmetic_and_that_it_is_preliminary(programmes: Programmes, law: Law) -> None:
    text = said(programmes, law)

    assert text.splitlines()[0].endswith("**có thể đủ điều kiện, kết quả sơ bộ**.")
    assert "Tối đa **150 triệu đồng** (50% × 300 triệu = 150 triệu đồng): mức trần khuyến công quốc gia" in text
    assert "mức của địa phương có thể thấp hơn" in text
    assert "người quyết định là cơ quan có thẩm quyền" in text


def test_a_price_above_the_ceiling_is_said_so(programmes: Programmes, law: Law) -> None:
    text = said(programmes, law, machine={**READY["machine"], "price": 1_000_000_000})

    assert "Tối đa **300 triệu đồng** (50% × 1 tỷ = 500 triệu đồng, vượt trần 300 triệu đồng)" in text


def test_a_refusal_says_which_condition_and_what_would_change_it_first(programmes: Programmes, law: Law) -> None:
    lines = said(programmes, law, legal_form="unregistered").splitlines()

    assert lines[0].endswith("hiện **chưa đủ điều kiện**.")
    assert lines[1] == "❌ Cơ sở chưa đăng ký hộ kinh doanh hoặc hình thức khác [1]"
    assert lines[2].startswith("→ Đăng ký hộ kinh doanh")
    assert not any(line.startswith(("❓", "Tối đa")) for line in lines)


def test_a_size_that_is_too_big_is_said_with_both_numbers(programmes: Programmes, law: Law) -> None:
    text = said(programmes, law, legal_form="enterprise", employees=450)

    assert "❌ Quy mô vượt mức doanh nghiệp vừa: 450 lao động, được xét khi không quá 200 [1]" in text


def test_every_condition_line_points_to_an_article_that_is_listed(programmes: Programmes, law: Law) -> None:
    for changes in ({}, {"place": None}, {"legal_form": "unregistered"}, {"machine": {"line": True}}):
        text = said(programmes, law, **changes)
        lines = text.splitlines()
        used = {mark for line in lines if line[0] in "✅❌❓👤" for mark in re.findall(r"\[\d+\]$", line)}
        listed = {match for line in lines for match in re.findall(r"^\[\d+\]", line)}

        assert all(re.search(r"\[\d+\]$", line) for line in lines if line[0] in "✅❌❓👤")
        assert used <= listed


def test_what_was_never_asked_is_not_said_to_be_fine(programmes: Programmes, law: Law) -> None:
    text = said(programmes, law)

    assert "kỳ kế hoạch" not in text
    assert "vi phạm" not in text


def test_a_kind_without_a_sure_figure_says_so(programmes: Programmes, law: Law) -> None:
    text = said(programmes, law, "trademark")

    assert "Mức tiền cụ thể cần cán bộ xác nhận." in text
    assert "triệu" not in text


def test_no_result_ever_promises(programmes: Programmes, law: Law) -> None:
    for changes in (
        {},
        {"legal_form": "unregistered"},
        {"machine": {"line": True, "price": 5_000_000}},
        {"place": None},
    ):
        for result in judged(programmes, law, **changes):
            text = render_result(result, programmes[result.programme], law)

            assert not re.search(r"được duyệt|chắc chắn được|sẽ được hỗ trợ|cam đoan", text)
            assert unicodedata.is_normalized("NFC", text)
            assert len(text) < 3500


def test_a_running_result_gives_each_of_a_few_kinds_a_line(programmes: Programmes, law: Law) -> None:
    results = judged(programmes, law, ["machinery", "trademark"], own_capital_ready=None, machine={})

    assert render_partial(results, programmes) == (
        "Đến lúc này:\n❓ Máy móc: có thể được, còn 3 điều cần biết\n👤 Nhãn hiệu: cần cán bộ xem"
    )


def test_a_running_result_groups_many_kinds_by_verdict(programmes: Programmes, law: Law) -> None:
    lines = render_partial(judged(programmes, law), programmes).splitlines()

    assert len(lines) == 3
    assert lines[1].startswith("✅ Máy móc, mô hình trình diễn, sản xuất sạch hơn")
    assert lines[2] == "👤 Xử lý ô nhiễm: cần cán bộ xem"


def test_papers_are_listed_with_what_they_are_for(programmes: Programmes) -> None:
    for programme in programmes.values():
        lines = render_documents(programme).splitlines()[1:]

        assert len(lines) >= 3
        assert all(re.fullmatch(r"• .+: .+\.", line) for line in lines)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_short_and_can_be_explained(name: str, law: Law) -> None:
    text = question_text(name)

    assert len(text) <= 90
    assert text.count("?") <= 1
    assert not re.search(r"\bem\b", text)
    assert len(why_asked(name, TODAY, law).splitlines()[0]) > 20


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name in FACTS and name != "need"])
def test_a_button_gives_a_value_that_the_fact_takes(name: str) -> None:
    for title, value in question_choices(name):
        group, _, part = name.partition(".")
        raw = {group: {part: value}} if part else {name: value}

        assert read_facts(raw).get(name) == value
        assert len(title) <= 36


def test_need_offers_every_programme(programmes: Programmes) -> None:
    assert [value for _, value in question_choices("need")] == [[name] for name in programmes]


def test_why_asked_gives_the_article_and_the_figure(law: Law) -> None:
    text = why_asked("employees", TODAY, law)

    assert "không quá 200 người" in text
    assert "khoản 3 Điều 5 Nghị định 80/2021/NĐ-CP" in text


def test_what_was_heard_is_repeated_in_one_line() -> None:
    facts = read_facts(
        {
            "product": "làm gốm",
            "trade_group": "handicraft",
            "place": {"new_unit": "Xã Phú Giáo", "unit_type": "xa"},
            "employees": 8,
            "machine": {"price": 400_000_000, "bought": "deposit"},
            "registered": None,
        }
    )

    assert fact_summary(facts) == "Ghi nhận: làm gốm · xã Phú Giáo · 8 lao động · máy 400 triệu đồng · đã đặt cọc."
    assert fact_summary(facts, {"employees"}) == "Ghi nhận: 8 lao động."
    assert fact_summary(read_facts({})) == ""
