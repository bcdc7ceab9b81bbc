"""What a change of the law means for those who were screened, and the campaign that follows from it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.campaigns.known import Assessor
from bot.campaigns.message import message_for
from bot.campaigns.suggest import Proposal, suggest
from bot.eligibility.assessment import Verdict
from bot.places import gazetteer
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import FOLDER, load_law
from bot.replies.campaign import render
from bot.replies.campaign_proposals import proposal_file, proposal_key, render_proposals
from bot.screening.interview import Interview
from tests.campaigns.centre import ELIGIBLE, Centre

EVE, TODAY = date(2025, 10, 14), date(2026, 11, 30)
"""Decree 235/2025 is in force from the day after."""
IN_TAY_NINH = {"new_unit": "Phường Trảng Bàng", "unit_type": "phuong", "province": "Tỉnh Tây Ninh"}
COMPANY = {"legal_form": "enterprise", "employees": 250, "annual_revenue": 10**11, "total_capital": 10**10}
NEW_LIMIT = """    - from: 2027-01-01
      value: {people}
      provision: nd80-5-3
      status: verified
"""


def facts_in(place: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**ELIGIBLE, "place": {"old": None, "new_unit": None, "province": None, **place}}


def fairs(found: tuple[Proposal, ...]) -> Proposal:
    return next(one for one in found if one.programme == "fair_domestic")


def changed_limit(folder: Path, people: int) -> Assessor:
    """The law as it would be when the limit of a medium enterprise became *people* with the year 2027."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "common" / "parameters.yml"
    head, name, tail = file.read_text("utf8").partition("medium_people:")
    value, rest = tail.split("\n\n", 1)
    file.write_text(f"{head}{name}{value}\n{NEW_LIMIT.format(people=people)}\n{rest}", "utf8")
    law = load_law(folder)
    programmes = load_programmes(law, folder)
    return Assessor(programmes, law, Interview(programmes, law, gazetteer()))


def test_a_change_of_law_proposes_whom_to_tell_by_which_article(centre: Centre) -> None:
    centre.person("1", facts=facts_in(IN_TAY_NINH))
    centre.person("2", facts=facts_in(IN_TAY_NINH), agreed=False)
    centre.person("3", facts={})

    found = suggest(centre.store, centre.assessor, centre.book.programmes, EVE, TODAY)
    one = fairs(found)
    said = render_proposals(found, EVE, centre.book.programmes, centre.book.law)

    assert (one.before, one.after, one.people, one.agreed) == (Verdict.NEEDS_OFFICER, Verdict.ELIGIBLE, 2, 1)
    assert one.criteria == ("place",)
    assert [citation.amended_by for citation in one.citations] == ["235/2025/NĐ-CP"]
    assert "▲ Hội chợ trong nước: cần cán bộ xem → có thể đủ điều kiện" in said
    assert "2 người, 1 người đồng ý nhận tin." in said
    assert "Điều kiện đổi: Nơi đặt xưởng thuộc địa bàn." in said
    assert "khoản 2 Điều 1 Nghị định 45/2012/NĐ-CP (sửa đổi bởi Nghị định 235/2025/NĐ-CP" in said
    assert "khuyencong campaign suggest --since 2025-10-14 --into dot-tin" in said


def test_the_campaign_that_follows_is_written_and_reaches_just_those(centre: Centre, tmp_path: Path) -> None:
    for chat, facts in (("1", facts_in(IN_TAY_NINH)), ("2", ELIGIBLE)):
        centre.person(chat, facts=facts)
    found = suggest(centre.store, centre.assessor, centre.book.programmes, EVE, TODAY)
    written = [one for one in found if one.better]
    assert written

    for one in written:
        file = tmp_path / f"{proposal_key(one)}.yml"
        file.write_text(proposal_file(one, centre.book.programmes), "utf8")
        kept = centre.book.draft(file)
        assert centre.book.preview(kept.campaign.key).count == 1

    said = render(message_for(centre.book.get("doi-fair-domestic-2025-10").campaign, TODAY, name="Hoa")).text
    assert "quy định về hỗ trợ hội chợ trong nước vừa có thay đổi" in said
    assert "nay có thể thuộc nhóm được hỗ trợ. Đây là kết quả sơ bộ, cán bộ sẽ xác nhận." in said


@pytest.mark.parametrize(("limit", "better"), [(300, True), (240, False)], ids=["raised", "still too low"])
def test_a_dated_figure_that_changes_counts_from_its_day(
    limit: int, better: bool, centre: Centre, tmp_path: Path
) -> None:
    centre.person("1", facts={**ELIGIBLE, **COMPANY})
    assessor, programmes = changed_limit(tmp_path / "programmes", limit), centre.book.programmes

    too_early = suggest(centre.store, assessor, programmes, date(2026, 11, 1), date(2026, 12, 31))
    found = suggest(centre.store, assessor, programmes, date(2026, 12, 31), date(2027, 1, 1))

    assert too_early == ()
    assert better == ("▲ Hội chợ trong nước: chưa đủ điều kiện → có thể đủ điều kiện" in told(centre, found))
    assert better == ("Nghị định 80/2021/NĐ-CP" in told(centre, found))


def told(centre: Centre, found: tuple[Proposal, ...]) -> str:
    return render_proposals(found, date(2026, 12, 31), centre.book.programmes, centre.book.law)


def test_who_loses_by_a_change_is_told_to_staff_and_gets_no_campaign(centre: Centre, tmp_path: Path) -> None:
    centre.person("1", facts={**ELIGIBLE, **COMPANY, "employees": 150})
    assessor = changed_limit(tmp_path / "programmes", 100)

    found = suggest(centre.store, assessor, centre.book.programmes, date(2026, 12, 31), date(2027, 1, 1))
    said, one = told(centre, found), fairs(found)

    assert (one.before, one.after) == (Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE)
    assert [one.programme for one in found if one.better] == []
    assert "▼ Hội chợ trong nước: có thể đủ điều kiện → chưa đủ điều kiện" in said
    assert "Điều kiện đổi: Quy mô vượt mức doanh nghiệp vừa." in said
    assert "--into" not in said
