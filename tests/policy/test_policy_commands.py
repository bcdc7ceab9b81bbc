"""`khuyencong policy`: what each command finds, and what it says of it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli_policy import policy_app
from bot.eligibility.citation import Status
from bot.knowledge.loader import FOLDER as TOPICS
from bot.policy.check import Inspection, inspect, summary
from bot.policy.content import Places, load_content
from bot.policy.difference import compare
from bot.policy.doubts import find_doubts
from bot.policy.questions import FILE as QUESTIONS
from bot.policy.questions import Whom
from bot.policy.stale import find_stale
from bot.programmes.loader import FOLDER as LAW
from bot.replies.policy_difference import render_difference
from bot.replies.policy_sources import render_sources

TODAY = date(2026, 11, 23)
CONTENT = load_content()
EVE, DAY = date(2025, 10, 14), date(2025, 10, 15)


def said(*words: str) -> tuple[int, str]:
    """The exit status and everything printed."""
    result = CliRunner().invoke(policy_app, list(words))
    return result.exit_code, result.output


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A copy of all content, to be broken."""
    shutil.copytree(LAW, tmp_path / "programmes", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(TOPICS, tmp_path / "topics")
    shutil.copy(QUESTIONS, tmp_path / "questions.yml")
    return Places(tmp_path / "programmes", tmp_path / "topics", tmp_path / "questions.yml")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf8")


def test_our_own_content_is_sound() -> None:
    assert inspect(TODAY).problems == ()
    counted = summary(CONTENT, TODAY)
    assert counted.topics == len(CONTENT.topics)
    assert sum(counted.figures.values()) <= len(CONTENT.law.parameters)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("programmes/law/instruments.yml", "amended_by: [235/2025/NĐ-CP]", "amended_by: [1/2099/NĐ-CP]"), "law/instruments.yml:10: 1/2099/NĐ-CP is not in the register"),
        (("programmes/law/provisions/tt28.yml", "amended_by: 64/2024/TT-BTC", "amended_by: 65/2024/TT-BTC"), "provisions/tt28.yml:7: 65/2024/TT-BTC is not in the register"),
        (("programmes/trademark/programme.yml", "topic: trademark", "topic: brand"), "trademark/programme.yml:4: there is no topic 'brand'"),
        (("topics/trademark.yml", "screening:trademark", "screening:brand"), "there is no support kind 'brand'"),
        (("topics/circular_64.yml", "Thông tư 64/2024/TT-BTC (ngày", "Thông tư 65/2024/TT-BTC (ngày"), "65/2024/TT-BTC is not in the register"),
        (("topics/trademark.yml", "unverified: [trademark.ceiling", "unverified: [machinery.ceiling"), "machinery.ceiling is no longer unverified"),
        (("questions.yml", "chủ đề local_levels", "chủ đề local_prices"), "nothing is called 'chủ đề local_prices'"),
        (("questions.yml", "    - showroom.*\n", ""), "nobody is asked about showroom.ceiling"),
        (("questions.yml", "whom: luat_su", "whom: hang_xom"), "whom must be one of"),
    ],
)  # fmt: skip
def test_what_only_shows_when_files_are_seen_together(
    places: Places, tmp_path: Path, change: tuple[str, str, str], problem: str
) -> None:
    file, old, new = change
    replace(tmp_path / file, old, new)

    problems = inspect(TODAY, places).problems

    assert any(problem in found for found in problems), problems


def test_a_figure_may_not_outlive_its_provision(places: Places) -> None:
    file = places.law / "law" / "provisions" / "tt28.yml"
    text = file.read_text("utf8")
    head, tail = text.split("tt28-8-4:", 1)
    file.write_text(head + "tt28-8-4:" + tail.replace("to: null", "to: 2026-12-31", 1), "utf8")

    assert any("tt28-8-4 ended before" in problem for problem in inspect(date(2027, 1, 1), places).problems)


def test_all_faults_are_seen_at_once_but_none_twice(places: Places) -> None:
    for topic in ("machinery", "trademark"):
        replace(places.topics / f"{topic}.yml", "scope: khuyen_cong", "scope: elsewhere")
    assert [problem.split(":")[0] for problem in inspect(TODAY, places).problems] == [
        "topics/machinery.yml",
        "topics/trademark.yml",
    ]

    replace(places.law / "machinery" / "parameters.yml", "unit: VND", "unit: USD")
    replace(places.law / "trademark" / "parameters.yml", "unit: VND", "unit: EUR")
    assert len(inspect(TODAY, places).problems) == 2

    replace(places.law / "law" / "provisions" / "tt28.yml", "status: verified", "status: sure")
    assert ["provisions/tt28.yml:8" in problem for problem in inspect(TODAY, places).problems] == [True]


def test_check_says_so_and_exits_with_one_on_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said("check", "--as-of", "2026-11-23")[0] == 0
    wrong = Inspection(CONTENT, ("law/instruments.yml:3: wrong",))
    monkeypatch.setattr("bot.policy.check.inspect", lambda day: wrong)
    assert said("check") == (1, "law/instruments.yml:3: wrong\n1 lỗi.\n")


def test_show_is_what_a_user_sees_with_its_buttons() -> None:
    status, text = said("show", "machinery", "--as-of", "2016-01-01")

    assert status == 0
    assert "không quá 200 triệu đồng" in text
    assert "[Gặp người phụ trách]" in text


@pytest.mark.parametrize(
    ("typed", "meant"), [("machine", "machinery"), ("nhãn hiệu", "trademark"), ("hoi cho nuoc ngoai", "fair_abroad")]
)
def test_an_unknown_topic_suggests_near_ones(typed: str, meant: str) -> None:
    status, text = said("show", typed)

    assert status == 2
    assert meant in text


def test_the_decree_of_2025_in_words() -> None:
    text = render_difference(compare(CONTENT, EVE, DAY), CONTENT)

    assert (
        "Nghị định 235/2025/NĐ-CP (Sửa đổi, bổ sung Nghị định 45/2012/NĐ-CP về khuyến công): có hiệu lực 15/10/2025"
        in text
    )
    assert "điểm a khoản 2 Điều 1 Nghị định 45/2012/NĐ-CP [nd45-1-2-a]" in text
    assert "xưởng ở phường · Tỉnh Đồng Nai\n    trước: cần cán bộ xem; sau: đạt" in text
    assert "xưởng ở phường · Thành phố Hồ Chí Minh" not in text
    assert "    + • Mới thêm: chuyển đổi số, tiêu dùng bền vững, nghệ nhân giữ nghề" in text
    assert "**" not in text


def test_the_circular_of_2018_in_figures() -> None:
    text = render_difference(compare(CONTENT, date(2018, 5, 10), date(2018, 5, 11)), CONTENT)

    assert "[machinery.ceiling]: trước 200 triệu đồng; sau 300 triệu đồng" in text
    assert "[trademark.ceiling]: trước 35 triệu đồng; sau 35 triệu đồng (chưa có nguồn, không nói ra)" in text
    assert "Thông tư liên tịch 26/2014/TTLT-BTC-BCT" in text
    assert "hết hiệu lực 10/05/2018, thay bằng 28/2018/TT-BTC" in text


@given(st.dates(date(2012, 1, 1), date(2028, 1, 1)), st.dates(date(2012, 1, 1), date(2028, 1, 1)))
@settings(max_examples=15, deadline=None)
def test_a_difference_is_empty_only_when_nothing_begins_or_ends_between(one: date, other: date) -> None:
    first, second = sorted((one, other))
    difference = compare(CONTENT, first, second)
    changed = any(first < p.wordings[0].in_force_from <= second for p in CONTENT.law.provisions.values())

    assert compare(CONTENT, first, first).topics == ()
    assert not changed or difference.provisions
    assert render_difference(difference, CONTENT)


def test_the_difference_as_rows() -> None:
    status, text = said("diff", "2025-10-15", "2025-10-14", "--jsonl")
    rows = [json.loads(line) for line in text.splitlines()]

    assert status == 0
    assert {row["kind"] for row in rows} == {"instrument", "provision", "figure", "outcome", "topic"}
    place = next(row for row in rows if row["kind"] == "outcome" and row["answers"].get("place.unit_type") == "phuong")
    assert (place["before"], place["after"]) == ("officer", "met")


def test_every_doubt_is_settled_by_a_question_and_each_question_says_what_to_do() -> None:
    for doubt in find_doubts(CONTENT, TODAY):
        assert any(question.covers(doubt.name) for question in CONTENT.questions), doubt.name
    assert {question.whom for question in CONTENT.questions} == set(Whom)
    assert all(question.then.endswith(".") and question.ask.endswith(("?", ".")) for question in CONTENT.questions)


def test_sources_list_every_instrument_and_every_doubt() -> None:
    page = render_sources(CONTENT, TODAY)

    for instrument in CONTENT.law.instruments.values():
        assert instrument.addresses[0] in page
    for doubt in find_doubts(CONTENT, TODAY):
        if doubt.status is Status.UNVERIFIED and not doubt.wording:
            assert f"`{doubt.name}`" in page
    assert "### Hỏi Sở Công Thương Thành phố Hồ Chí Minh" in page
    rows = [json.loads(line) for line in said("sources", "--jsonl", "--as-of", "2026-11-23")[1].splitlines()]
    assert len(rows) == len(find_doubts(CONTENT, TODAY))
    assert all(row["questions"] for row in rows)


def test_what_went_stale() -> None:
    checked = {figure.last_checked for figure in CONTENT.law.parameters.values()}
    newest = max(checked)

    assert find_stale(CONTENT, newest, 180).figures == ()
    assert len(find_stale(CONTENT, date(newest.year + 1, 12, 31), 180).figures) == len(CONTENT.law.parameters)
    assert "chưa kiểm lại" in said("stale", "--as-of", newest.isoformat())[1]
    status, text = said("stale", "--days", "0", "--as-of", "2028-01-01")
    assert status == 0
    assert "machinery.ceiling: Trần hỗ trợ máy móc, một cơ sở; kiểm lần cuối" in text


def test_a_topic_whose_last_version_ended_is_stale(places: Places) -> None:
    replace(places.topics / "fired_bricks.yml", "  - from: 2013-02-10\n", "  - from: 2013-02-10\n    to: 2026-10-31\n")

    assert [topic.id for topic in find_stale(load_content(places), TODAY, 10_000).topics] == ["fired_bricks"]


@pytest.mark.parametrize(
    "words", [("diff", "yesterday", "2025-10-15"), ("show", "machinery", "--as-of", "soon"), ("stale", "--days", "-1")]
)
def test_a_day_that_is_none_is_refused(words: tuple[str, ...]) -> None:
    assert said(*words)[0] == 2
